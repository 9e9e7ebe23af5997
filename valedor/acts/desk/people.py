"""People under more than one record: they are one, or two after all."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from valedor.acts import persons as reading
from valedor.acts.desk.areas import number_of
from valedor.acts.desk.desk_act import Desk, DeskForm
from valedor.acts.persons import Known
from valedor.casefile.viewing import Viewer
from valedor.foundation.refusals import Refusal
from valedor.people.actions.merge_persons import merge_persons, unmerge_persons
from valedor.people.models import Person, PersonMerge
from valedor.people.permissions import Permission

NOT_PERMITTED = Refusal("not_permitted", gettext_lazy("Your role does not let you merge people."))


class MergeForm(DeskForm):
    """Which record stays, which counts as that one, and how that is known."""

    known = forms.CharField(
        label=gettext_lazy("Somebody we know"),
        help_text=gettext_lazy(
            "Their e-mail, telephone or identity number, or the reference of a case of theirs."
        ),
        max_length=200,
    )
    kept = forms.ChoiceField(
        label=gettext_lazy("The record that stays"),
        widget=forms.RadioSelect(),
        error_messages={"required": gettext_lazy("Choose the record that stays.")},
    )
    absorbed = forms.ChoiceField(
        label=gettext_lazy("The record that counts as that one"),
        widget=forms.RadioSelect(),
        error_messages={"required": gettext_lazy("Choose the other record.")},
    )
    reason = forms.CharField(
        label=gettext_lazy("How do you know that they are the same person?"),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=1000,
        error_messages={
            "required": gettext_lazy("Say how you know that they are the same person.")
        },
    )

    def __init__(self, *args: Any, found: Sequence[Known] | None = None, **kwargs: Any) -> None:
        self.found = found
        super().__init__(*args, **kwargs)

    def prepare(self) -> None:
        """What a page has looked for already is not asked."""
        viewer, found = self.situation.viewer, self.found
        if found is None:
            found = reading.known_as(viewer, str(self.data.get("known") or ""))
        else:
            del self.fields["known"]
        apart = [one for one in found if one.counts_as is None and corrects(viewer, one)]
        self.people: dict[str, Person] = {str(one.person.pk): one.person for one in apart}
        choices = [(str(one.person.pk), in_words(one)) for one in apart]
        for name in ("kept", "absorbed"):
            self.fields[name].choices = choices  # type: ignore[attr-defined]

    def clean_kept(self) -> Person:
        """The record itself."""
        return self.people[self.cleaned_data["kept"]]

    def clean_absorbed(self) -> Person:
        """The record itself."""
        return self.people[self.cleaned_data["absorbed"]]


def do_merge(desk: Desk, given: Mapping[str, Any]) -> str:
    merge_persons(
        given["kept"],
        absorbed=given["absorbed"],
        reason=given["reason"],
        by=desk.account,
        at=desk.at,
    )
    return _("They are one person now.")


def no_list(_desk: Desk) -> list[tuple[str, str]]:
    """Merges are found by looking for somebody, not listed."""
    return []


def why_not_part(desk: Desk) -> Refusal | None:
    merge = merge_of(desk)
    kept = reading.person_known(desk.viewer, merge.kept_id)
    if kept is None:
        raise Http404
    return None if corrects(desk.viewer, kept) else NOT_PERMITTED


def merge_of(desk: Desk) -> PersonMerge:
    """The one that the address names. Raises ``Http404``."""
    merge = reading.merge_with(number_of(desk))
    if merge is None:
        raise Http404
    return merge


def do_part(desk: Desk, given: Mapping[str, Any]) -> str:
    unmerge_persons(merge_of(desk), by=desk.account, at=desk.at)
    return _("They are two people again.")


def corrects(viewer: Viewer, one: Known) -> bool:
    """Whether a case of theirs lies where a role of this viewer's corrects cases."""
    theirs = viewer.entities_where(Permission.CORRECT)
    return any(case.entity_id in theirs for case in one.cases)


def in_words(one: Known) -> str:
    """A name, and the cases that tell it from another."""
    cases = ", ".join(case.reference for case in one.cases[:3])
    return f"{one.person.name or _('Without a name')} ({cases})"
