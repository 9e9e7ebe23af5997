"""The forms of guidance: a sheet in four languages, and how long impressions are kept."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy, pgettext_lazy

from valedor.design.words_form import WordsForm
from valedor.knowledge.guidance_rules import LONGEST_KEPT, SHORTEST_KEPT
from valedor.knowledge.sheets import PARTS, Sheet


class KeepForm(forms.Form):
    """For how long impressions are kept."""

    use_required_attribute = False

    days = forms.IntegerField(
        label=gettext_lazy("Days for which an impression is kept"),
        min_value=SHORTEST_KEPT,
        max_value=LONGEST_KEPT,
        help_text=gettext_lazy("It goes sooner where the case is closed."),
    )


class SheetForm(WordsForm):
    """A sheet in four languages."""

    told: ClassVar = {
        "brief": gettext_lazy("Three lines beside the form"),
        "do": pgettext_lazy("guidance", "Do"),
        "avoid": pgettext_lazy("guidance", "Do not"),
        "ask": pgettext_lazy("guidance", "Ask"),
    }

    def __init__(self, *args: Any, sheet: Sheet, spoken: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for part in PARTS:
            rows = 3 if part == "brief" else 6
            text = getattr(sheet, part)
            self.add_words(part, str(self.told[part]), text, spoken=spoken, rows=rows)
