"""Who of the office deals with a file, and who takes no part in it."""

from datetime import datetime

from valedor.casefile import timeline
from valedor.casefile.actors import By
from valedor.casefile.models import Case
from valedor.casefile.stages import give_to
from valedor.foundation.refusals import refuse_if
from valedor.handling.alarms import raise_alarm
from valedor.handling.models import Alarm
from valedor.handling.standing import viewer_for
from valedor.people.models import Account
from valedor.review.office import rules
from valedor.review.office.actions.common import begun, in_the_office
from valedor.review.office.facts import Deliberated, OfficeRecused, TakenUp
from valedor.review.office.queries import FileState


@in_the_office
def take_up(file: Case, *, by: By, at: datetime) -> Case:
    """Somebody of the office deals with the file from here on. Raises ``Refused``."""
    fs = begun(file, at=at)
    refuse_if(rules.why_not_take(fs, viewer_for(file, by)))
    assert by.account is not None  # noqa: S101 -- refused above
    _give(fs, by.account, by=by, at=at)
    return fs.file


@in_the_office
def recuse(file: Case, *, reasons: str, by: By, at: datetime) -> Case:
    """Step back from a file for a tie or a doubt; a substitute who has none goes on. Raises
    ``Refused``.
    """
    fs = begun(file, at=at)
    refuse_if(rules.why_not_recuse(fs, viewer_for(file, by), reasons=reasons))
    assert by.account is not None  # noqa: S101 -- refused above
    fs.file.recused = [*fs.file.recused, by.account.pk]
    Case.objects.filter(pk=file.pk).update(recused=fs.file.recused)
    kept_out = {*fs.file.recused, *fs.handled, *fs.parties}
    others = (one.account for one in fs.appointments if one.account_id not in kept_out)
    goes_on = fs.file.holder_id is not None and fs.file.holder_id not in kept_out
    substitute = None if goes_on else next(others, None)
    if not goes_on and substitute is None:
        give_to(fs.file, holder_id=None, team_id=fs.file.team_id)
    fact = OfficeRecused(account=by.account.pk, name=by.account.name)
    timeline.record(fs.file, fact, by=by, at=at, body=reasons)
    if substitute is not None:
        _give(fs, substitute, by=by, at=at)
    elif not goes_on:
        raise_alarm(fs.file, Alarm.Cause.NOBODY_ELIGIBLE, at=at)
    return fs.file


@in_the_office
def note(file: Case, *, text: str, by: By, at: datetime) -> None:
    """What the office deliberates: for itself alone. Raises ``Refused``."""
    fs = begun(file, at=at)
    refuse_if(rules.why_not_note(fs, viewer_for(file, by), text=text))
    timeline.record(fs.file, Deliberated(), by=by, at=at, body=text)


def _give(fs: FileState, account: Account, *, by: By, at: datetime) -> None:
    give_to(fs.file, holder_id=account.pk, team_id=fs.file.team_id)
    fact = TakenUp(account=account.pk, name=account.name)
    timeline.record(fs.file, fact, by=by, at=at)
