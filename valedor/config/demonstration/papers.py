"""Paper in the demonstration: letters and a fax that wait to be filed, some that were printed,
delivered, and one that the post brought back.
"""

import tomllib
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet

from valedor.casefile.access import cases_visible_to
from valedor.casefile.actors import staff
from valedor.casefile.models import Case, Letter
from valedor.casefile.viewing import the_house, viewer_of, viewing
from valedor.channels.post import imitation
from valedor.channels.post.actions.print_letters import print_letters
from valedor.channels.post.actions.prove import prove
from valedor.channels.post.actions.take_back import take_back
from valedor.channels.post.models import Scan
from valedor.channels.post.reading import read_scan
from valedor.channels.post.scanning import keep_scan, open_scan
from valedor.config.demonstration.house import FOLDER, Household
from valedor.foundation.refusals import Refused
from valedor.handling.actions.answered import letter_refused
from valedor.people.models import Account, Entity, Role


def happen(household: Household, *, until: datetime) -> None:
    """All of it, at both houses."""
    told = tomllib.loads((FOLDER / "papers.toml").read_text("utf-8"))
    for key, entity in household.entities.items():
        agent = household.of(key, Role.AGENT)[0]
        with viewing(viewer_of(agent)):
            _print_some(entity, agent, until=until)
            _post_says(entity, agent, until=until)
        for row in told[key]["scan"]:
            _scan(row, entity, agent, until=until)


def _print_some(entity: Entity, agent: Account, *, until: datetime) -> None:
    """What waited some days ago was printed then; the rest waits."""
    at = until - timedelta(days=3)
    old = Case.objects.filter(entity=entity, received_at__lt=at - timedelta(days=20))
    try:
        print_letters(entity, by=agent, at=at, cases=old)
    except Refused:  # So few stories were told that nothing waited.
        return


def _post_says(entity: Entity, agent: Account, *, until: datetime) -> None:
    """The newest letter that was posted comes back; the ones before it are proved."""
    posted = list(_posted(entity, agent, before=until - timedelta(days=2))[:6])
    for number, letter in enumerate(posted):
        at = min(_posted_at(letter) + timedelta(days=3), until - timedelta(hours=30))
        if number == 0:
            at = until - timedelta(hours=20)
            take_back(letter, returned=Letter.Returned.MOVED, by=staff(agent), at=at)
            letter_refused(letter.case, letter=Letter.objects.get(pk=letter.pk), at=at)
        elif number % 2 and at > _posted_at(letter):
            name = letter.recipient.name if letter.recipient else ""
            prove(letter, by=staff(agent), at=at, proof=name)


def _posted(entity: Entity, agent: Account, *, before: datetime) -> QuerySet[Letter]:
    found = Letter.objects.filter(
        entity=entity,
        case__in=cases_visible_to(viewer_of(agent)),
        case__closed_at=None,
        state=Letter.State.ACCEPTED,
        channel=Case.Channel.LETTER,
        accepted_at__lt=before,
    )
    return found.select_related("case", "recipient").order_by("-accepted_at")


def _posted_at(letter: Letter) -> datetime:
    assert letter.accepted_at is not None  # noqa: S101 -- as it was asked for
    return letter.accepted_at


def _scan(row: Mapping[str, Any], entity: Entity, agent: Account, *, until: datetime) -> None:
    """A stack, a letter or a fax comes in, is opened and read as the worker does."""
    at, language = until - timedelta(hours=row["hours_ago"]), row["language"]
    is_fax = row["channel"] == Case.Channel.FAX
    content = (
        imitation.fax_of(row["sheets"][0], language, at=at)
        if is_fax
        else imitation.scan_of(
            [imitation.SEPARATOR if text == "---" else text for text in row["sheets"]],
            language,
            at=at,
        )
    )
    with viewing(the_house(entity.pk)):
        scan = keep_scan(
            content,
            entity=entity,
            name=row["name"],
            media_type="image/tiff" if is_fax else "application/pdf",
            channel=row["channel"],
            received_at=at - timedelta(hours=row.get("lay_hours", 0)),
            at=at,
            by=None if is_fax else agent,
        )
    if scan is None:
        return
    open_scan(scan.pk, at=at)
    with viewing(the_house(entity.pk)):
        letters = list(Scan.objects.filter(entity=entity, reading=Scan.Reading.WAITING))
    for letter in letters:
        read_scan(letter.pk)
