"""Why not contest an answer."""

from django.utils.translation import gettext_lazy as _

from valedor.casefile.models import Entry, Instance
from valedor.casefile.viewing import Viewer
from valedor.foundation.refusals import Refusal
from valedor.handling.queries import CaseState
from valedor.handling.rules import why_not_for_person


def why_not_contest(
    state: CaseState,
    viewer: Viewer,
    *,
    reasons: str | None = None,
    actor: str = Entry.Actor.COMPLAINANT,
) -> Refusal | None:
    """One second look by the house; after it the person is shown the doors outside.

    A closed case can be contested too: its end takes no right away.
    """
    if refusal := why_not_for_person(state, viewer, actor=actor):
        return refusal
    if state.instance.kind != Instance.Kind.COMPANY:
        if state.response is None:
            return Refusal("second_look_runs", _("Someone else is already looking at it again."))
        return Refusal(
            "looked_twice",
            _("We have looked at this twice. You can turn to the bodies named in our answer."),
        )
    if state.response is None or state.response.sent_at is None:
        return Refusal("not_answered", _("This case has not been answered yet."))
    if state.is_served_with_a_word:
        return Refusal(
            "not_decided", _("Nothing was decided here. Tell us what went wrong as a complaint.")
        )
    if reasons is not None and not reasons.strip():
        return Refusal("reasons_missing", _("Tell us with what you do not agree, and why."))
    return None
