"""Why not: writing the report of a year, and publishing it. Pure."""

from collections.abc import Collection, Mapping
from datetime import date

from django.utils.translation import gettext_lazy as _

from valedor.casefile.viewing import Viewer
from valedor.foundation.refusals import Refusal
from valedor.people.permissions import Permission
from valedor.review.office.models import Appointment
from valedor.review.office.queries import is_declared
from valedor.review.office.report.models import YearReport

LONGEST_WORDS = 20_000


def why_not_draft(
    viewer: Viewer, entity_id: int, report: YearReport | None, *, seen: str | None = None
) -> Refusal | None:
    """The office writes what introduces and closes its report, until it is published. ``seen`` is
    the mark of the words that somebody began with (``YearReport.mark``).
    """
    if not viewer.within(entity_id).may(Permission.WORK_IN_OFFICE):
        return Refusal("not_permitted", _("Your role does not let you work in the office."))
    if report is not None and report.published_at is not None:
        return Refusal("published", _("The report is published: it is not changed any more."))
    if seen is not None and seen != (report.mark if report is not None else ""):
        return Refusal(
            "saved_meanwhile",
            _("A colleague saved other words meanwhile. Yours stand below: look at the page of the "
              "report in another window before you keep them instead."),
        )  # fmt: skip
    return None


def why_not_publish(
    viewer: Viewer,
    entity_id: int,
    report: YearReport | None,
    appointments: Collection[Appointment],
    *,
    year: int,
    today: date,
    languages: Collection[str],
) -> Refusal | None:
    """Published by whoever holds the office, once the year is over and the introduction stands in
    every language of the entity.
    """
    if refusal := why_not_draft(viewer, entity_id, report):
        return refusal
    if not viewer.within(entity_id).may(Permission.GIVE_OPINION):
        return Refusal("not_permitted", _("Only whoever holds the office publishes its report."))
    own = next((one for one in appointments if one.account_id == viewer.account_id), None)
    if own is None:
        return Refusal("not_appointed", _("You do not hold the office today."))
    if not is_declared(own, on=today):
        return Refusal("not_declared", _("Declare your ties first: it is renewed each year."))
    if today.year <= year:
        return Refusal("year_goes_on", _("The year is not over: its report can be drafted only."))
    opening = report.opening if report is not None else {}
    closing = report.closing if report is not None else {}
    lacking = [one for one in languages if _lacks(opening, closing, one)]
    if lacking:
        return Refusal(
            "words_missing",
            _("Write the introduction in every language first, and the closing words in all or in "
              "none; this lacks: %(languages)s."),
            {"languages": ", ".join(lacking)},
        )  # fmt: skip
    return None


def _lacks(opening: Mapping[str, str], closing: Mapping[str, str], language: str) -> bool:
    has_closing = any(text.strip() for text in closing.values())
    return not opening.get(language, "").strip() or (
        has_closing and not closing.get(language, "").strip()
    )
