"""Posts that were kept and never answered, because a process ended in between: read again.

Registering under the form's own token cannot happen twice, so that this may run at any time.
"""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import IntegrityError

from valedor.casefile.actors import COMPLAINANT
from valedor.casefile.arrivals import content_of
from valedor.casefile.models import Case, RawMessage
from valedor.casefile.viewing import the_house, viewing
from valedor.channels.web_form import held as holding
from valedor.channels.web_form.arriving import cuts_told
from valedor.channels.web_form.first_hand import FirstHandForm, submission_of
from valedor.channels.web_form.multipart import Unreadable
from valedor.channels.web_form.questions import ComplaintForm
from valedor.channels.web_form.reading import Post, read_post
from valedor.channels.web_form.registering import Origin, register, sent_again
from valedor.channels.web_form.tokens import FormToken, new_token, read_token
from valedor.foundation.refusals import Refused
from valedor.procedures.house_rules import HouseRules, house_rules
from valedor.review.office.actions.bring import bring_first_hand

WAITS = timedelta(minutes=2)
GIVEN_UP = timedelta(hours=1)
AT_ONCE = 100
FIRST_HAND = "first_hand"
# What their envelopes call the forms of one page, which Enter sends as well as their button.
_ONE_PAGE = {"booking", "order", FIRST_HAND}


def read_left_over(at: datetime) -> int:
    """Read what has waited for longer than any request takes; how many posts that were."""
    with viewing(the_house()):
        waiting = list(
            RawMessage.objects.filter(
                state=RawMessage.State.ARRIVED,
                channel=Case.Channel.WEB_FORM,
                received_at__lt=at - WAITS,
            ).order_by("received_at")[:AT_ONCE]
        )
    for raw in waiting:
        _read(raw, at)
    return len(waiting)


def hold_unread(at: datetime) -> int:
    """Posts of other channels whose program ended before it read them wait for a person.

    How many that were.
    """
    with viewing(the_house()):
        left = RawMessage.objects.filter(
            state=RawMessage.State.ARRIVED, received_at__lt=at - GIVEN_UP
        ).exclude(channel__in=[Case.Channel.WEB_FORM, Case.Channel.EMAIL])
        return left.update(state=RawMessage.State.HELD, trouble="left unread")


def _read(raw: RawMessage, at: datetime) -> None:
    try:
        post = read_post(content_of(raw), raw.media_type, cuts_told(raw.envelope))
    except Unreadable:
        mark(raw.pk, raw.entity_id, RawMessage.State.HELD, "unreadable")
        return
    except FileNotFoundError:
        mark(raw.pk, raw.entity_id, RawMessage.State.HELD, "missing from the disk")
        return
    if raw.envelope.get("case"):
        # Written on the page of a case: what it was to do only a person can tell now.
        mark(raw.pk, raw.entity_id, RawMessage.State.HELD, "left unread")
        return
    token = read_token(post.text("token")) or new_token()
    step = post.text("step")
    if step != "send" and (step or not _ONE_PAGE & raw.envelope.keys()):
        holding.hold(raw.entity_id, post, raw.pk, token, at=at)
        return
    _register(raw, post, at)


def _register(raw: RawMessage, post: Post, at: datetime) -> None:
    token = read_token(post.text("token")) or new_token()
    house = house_rules(raw.entity_id)
    if raw.envelope.get(FIRST_HAND):
        _bring(raw, post, token, house, at)
        return
    on = raw.received_at.astimezone(ZoneInfo(house.entity.timezone)).date()
    form = ComplaintForm(house, post.fields, on=on, ask=_asked(post))
    if not form.is_valid():
        mark(raw.pk, raw.entity_id, RawMessage.State.HELD, "incomplete")
        return
    origin = Origin(
        raw_id=raw.pk,
        address=raw.envelope.get("address", ""),
        language=raw.envelope.get("language", house.entity.default_language),
        privacy_notice_id=raw.envelope.get("privacy_notice"),
        received_at=raw.received_at,
        is_past_rate=False,
    )
    register(form, post, token, origin, held=holding.held_of(raw.entity_id, token, at=at), at=at)


def _bring(raw: RawMessage, post: Post, token: FormToken, house: HouseRules, at: datetime) -> None:
    """To the ombudsman, behind the wall, as the page would have done."""
    form = FirstHandForm(post.fields)
    if not form.is_valid():
        mark(raw.pk, raw.entity_id, RawMessage.State.HELD, "incomplete")
        return
    submission = submission_of(
        form,
        house,
        language=raw.envelope.get("language", house.entity.default_language),
        received_at=raw.received_at,
        privacy_notice_id=raw.envelope.get("privacy_notice"),
        raw_id=raw.pk,
        token=token.secret,
    )
    held = holding.held_of(raw.entity_id, token, at=at)
    try:
        bring_first_hand(
            submission, by=COMPLAINANT, at=raw.received_at,
            also=lambda file: holding.becoming(held, file.pk) if held else [],
        )  # fmt: skip
    except Refused:
        mark(raw.pk, raw.entity_id, RawMessage.State.HELD, "left unread")
    except IntegrityError:
        if sent_again(raw.entity_id, raw.pk, token.secret) is None:
            raise


def _asked(post: Post) -> list[tuple[str, str]]:
    return [(name.removeprefix("fact_"), "") for name in post.fields if name.startswith("fact_")]


def mark(raw_id: int, entity_id: int, state: RawMessage.State, trouble: str) -> None:
    """Say of a kept post what became of it."""
    with viewing(the_house(entity_id)):
        RawMessage.objects.filter(pk=raw_id).update(state=state, trouble=trouble)
