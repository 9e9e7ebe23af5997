"""More time for the opinion, where the rules of the office allow it: with reasons, told to both."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from valedor.casefile import limits, timeline
from valedor.casefile.actors import By
from valedor.casefile.models import Case, Deadline, Instance
from valedor.foundation.refusals import refuse_if
from valedor.foundation.spoken_dates import day_in_words
from valedor.handling.standing import viewer_for
from valedor.procedures.letter_facts import law_in_words
from valedor.review.office import addressing, letters, rules
from valedor.review.office.actions.common import begun, in_the_office
from valedor.review.office.facts import OfficeExtended
from valedor.review.office.models import Hearing
from valedor.review.office.queries import FileState


@in_the_office
def extend(file: Case, *, length: int, reason: str, by: By, at: datetime) -> Deadline:
    """Extend the time for the opinion by ``length``, in the unit of its clock. Both sides are told
    of the new day and why.

    Raises ``Refused``: where no regime allows it, and by the clock, beyond its limit or after the
    due day.
    """
    fs = begun(file, at=at)
    refuse_if(rules.why_not_extend(fs, viewer_for(file, by), at=at, length=length, reason=reason))
    instance = Instance.objects.get(case=file, kind=Instance.Kind.OMBUDSMAN)
    moved = limits.happen(fs.file, instance, "extended", by=by, at=at, length=length, reason=reason)
    extended = min(moved, key=lambda one: one.due_at or at)
    title = gettext_lazy("Our opinion takes longer")
    words = _in_words(extended, file.language, reason)
    letter = letters.say(fs.file, fs.house, title, words, by=by, at=at)
    fact = OfficeExtended(
        length=length,
        unit=extended.unit,
        due_on=extended.due_on.isoformat() if extended.due_on else "",
        letter=letter.pk if letter else None,
    )
    entry = timeline.record(fs.file, fact, by=by, at=at, body=words)
    letters.keep(fs.file, entry, letter, at=at)
    _tell_the_company(fs, extended, reason, by=by, at=at)
    return extended


def _in_words(extended: Deadline, language: str, reason: str) -> str:
    """The new day, why, and by which rule."""
    with override(language):
        if extended.due_on is None:  # The clock stands still: its day comes when it runs again.
            said = _("The time for the opinion is extended.")
        else:
            said = _("The opinion takes longer: you have it by %(day)s at the latest.") % {
                "day": day_in_words(extended.due_on, language)
            }
        law = law_in_words(extended.procedure_version_id, extended.clock, language)
        return said + "\n\n" + _("Why: %(reason)s (%(law)s)") % {"reason": reason, "law": law}


def _tell_the_company(
    fs: FileState, extended: Deadline, reason: str, *, by: By, at: datetime
) -> None:
    """Only where the office has told it of the matter before: a delay is no first word."""
    about = fs.proceeding.about
    if about is None or not Hearing.objects.filter(file=fs.file).exists():
        return
    words = _in_words(extended, fs.house.entity.default_language, reason)
    addressing.address(
        about, fs.file, Hearing.What.NOTICE, of=extended.pk, text=words, by=by, at=at
    )
