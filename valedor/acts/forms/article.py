"""The form of an article: where it stands, for whom, and what it says in four languages."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy, pgettext_lazy

from valedor.design.words_form import WordsForm
from valedor.knowledge.actions.save_article import ArticleFields
from valedor.knowledge.models import ArticleVersion, Shelf
from valedor.people.models import Entity


class ArticleForm(WordsForm):
    """A wording. ``key`` is asked once: it is the address, and stays."""

    use_required_attribute = False
    told: ClassVar = {
        "title": pgettext_lazy("of an article", "Title"),
        "body": gettext_lazy("Text"),
        "keywords": gettext_lazy("Also sought as"),
    }

    key = forms.CharField(
        label=gettext_lazy("Key"),
        max_length=40,
        help_text=gettext_lazy("Part of its address: small letters, digits and hyphens. It stays."),
    )
    shelf = forms.ChoiceField(label=gettext_lazy("Shelf"), choices=Shelf.choices)
    entities = forms.MultipleChoiceField(
        label=gettext_lazy("For whom it is said"), widget=forms.CheckboxSelectMultiple()
    )
    valid_from = forms.DateField(
        label=gettext_lazy("Shown from"),
        required=False,
        help_text=gettext_lazy("Empty: from the moment it is published."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    valid_until = forms.DateField(
        label=gettext_lazy("Shown until"),
        required=False,
        help_text=gettext_lazy(
            "The last day. A month before it, the article is listed for renewal."
        ),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(
        self, *args: Any, offered: list[Entity], version: ArticleVersion | None, **kwargs: Any
    ) -> None:
        if version is not None:
            kwargs["initial"] = {
                "shelf": version.shelf,
                "entities": [entity.key for entity in version.entities.all()],
                "valid_from": version.valid_from,
                "valid_until": version.valid_until,
            }
        elif len(offered) == 1:
            kwargs["initial"] = {"entities": [offered[0].key]}
        super().__init__(*args, **kwargs)
        self._offered = {entity.key: entity for entity in offered}
        self.fields["entities"].choices = [  # type: ignore[attr-defined]
            (entity.key, entity.name) for entity in offered
        ]
        if version is not None:
            self.fields.pop("key", None)
        spoken = list(dict.fromkeys(one for entity in offered for one in entity.languages))
        said = (version.title, version.body, version.keywords) if version else ({}, {}, {})
        for name, text, rows in zip(self.told, said, (0, 10, 0), strict=True):
            self.add_words(name, str(self.told[name]), text, spoken=spoken, rows=rows)

    def said(self) -> ArticleFields:
        """What the action is told."""
        given = self.cleaned_data
        return {
            "shelf": given["shelf"],
            "entities": [self._offered[key] for key in given["entities"]],
            "title": self.words("title"),
            "body": self.words("body"),
            "keywords": self.words("keywords"),
            "valid_from": given["valid_from"],
            "valid_until": given["valid_until"],
        }
