"""What is about to be sent, as a list to look through."""

from django.utils.translation import gettext as _

from valedor.channels.web_form.questions import ComplaintForm
from valedor.design.parts import Fact

_SHOWN_APART = {"narrative", "file", "help_words"}


def summary_of(form: ComplaintForm) -> list[Fact]:
    """Every answer given in a valid form, but for the long texts. Empty ones are left out."""
    facts = []
    for name, field in form.fields.items():
        value = form.cleaned_data.get(name)
        if name in _SHOWN_APART or value in (None, "", False):
            continue
        facts.append(Fact(name=str(field.label or ""), value=_in_words(form, name, value)))
    if form.cleaned_data.get("help_words"):
        facts.append(
            Fact(
                name=str(form.fields["help_words"].label or ""),
                value=form.cleaned_data["help_words"],
            )
        )
    return facts


def _in_words(form: ComplaintForm, name: str, value: object) -> str:
    if value is True:
        return _("Yes")
    if name == "category":
        category = form.chosen_category
        return str(category.name) if category else _("Something else")
    choices = dict(getattr(form.fields[name], "choices", ()))
    return str(choices.get(value, value))


def carried(form: ComplaintForm) -> list[tuple[str, str]]:
    """The answers as hidden fields, so that nothing typed depends on what we hold."""
    names = [name for name in form.fields if name != "file"]
    pairs = [(name, str(form.data.get(name) or "")) for name in names]
    return [(name, value) for name, value in pairs if value] + [
        ("point", point) for point in form.points
    ]
