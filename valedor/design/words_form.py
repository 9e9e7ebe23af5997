"""Texts in several languages: a field for each on a page, one object of them for a program."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _

from valedor.foundation.multilingual import LANGUAGES

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise as StrOrPromise


class WordsForm(forms.Form):
    """A form with texts in four languages: a field for each, gathered again by ``words``."""

    told: ClassVar[Mapping[str, "StrOrPromise"]] = {}
    """The texts by their names, with what they are called: a program sends each as an object with
    a value for every language."""

    def add_words(
        self,
        name: str,
        label: str,
        initial: Mapping[str, str] | None = None,
        *,
        spoken: Sequence[str] = LANGUAGES,
        rows: int = 0,
    ) -> None:
        """One field a language, those that the entity speaks first."""
        order = [*spoken, *(language for language in LANGUAGES if language not in spoken)]
        names = dict(settings.LANGUAGES)
        for language in order:
            self.fields[f"{name}_{language}"] = forms.CharField(
                label=_("%(label)s (%(language)s)") % {"label": label, "language": names[language]},
                required=False,
                strip=False,
                initial=(initial or {}).get(language, ""),
                widget=forms.Textarea(attrs={"rows": rows, "lang": language})
                if rows
                else forms.TextInput(attrs={"lang": language}),
            )

    def words(self, name: str) -> dict[str, str]:
        """What was written, without the languages left empty."""
        found = {
            language: str(self.cleaned_data.get(f"{name}_{language}") or "").replace("\r\n", "\n")
            for language in LANGUAGES
        }
        return {language: text for language, text in found.items() if text.strip()}
