"""What the organisation knows, written: articles and sheets of guidance, version by version."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.db import transaction
from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from valedor.acts.desk.desk_act import Desk, DeskForm
from valedor.acts.forms.article import ArticleForm
from valedor.acts.forms.guidance import KeepForm, SheetForm
from valedor.acts.reading.knowledge import (
    Opened,
    entities_read_by,
    entities_written_by,
    open_article,
)
from valedor.foundation.refusals import Refusal, refuse_if
from valedor.knowledge import rules
from valedor.knowledge.actions.keep_impressions import keep_impressions
from valedor.knowledge.actions.publish_article import publish_article
from valedor.knowledge.actions.publish_sheet import publish_sheet
from valedor.knowledge.actions.save_article import save_article
from valedor.knowledge.actions.withdraw_article import withdraw_article
from valedor.knowledge.impressions import days_kept
from valedor.knowledge.queries import article_with_key
from valedor.knowledge.sheets import PARTS, Sheet, sheet_of
from valedor.people.models import Entity

KEY_TAKEN = Refusal("key_taken", gettext_lazy("There is an article with this key: choose another."))


# ------------------------------------------------------------------ articles
class _Published(forms.Form):
    publish = forms.BooleanField(
        label=gettext_lazy("Publish it"),
        help_text=gettext_lazy("Otherwise it is saved, and nobody but its writers sees it."),
        required=False,
    )


class NewArticleForm(ArticleForm, _Published):
    """One more article."""

    grows: ClassVar[str] = ""

    def __init__(self, situation: Desk, *data: Any) -> None:
        self.situation = situation
        super().__init__(*data, offered=entities_written_by(situation.viewer), version=None)

    def clean(self) -> dict[str, Any]:
        """As the action takes it."""
        given = dict(super().clean() or {})
        return given if self.errors else given | {"said": self.said()}


class NextVersionForm(ArticleForm, _Published):
    """The next version: what is left out stays as the last one says it."""

    grows: ClassVar[str] = ""
    keeps_what_is_left_out: ClassVar[bool] = True
    key = None  # type: ignore[assignment]  # It is the address, and stays.

    def __init__(self, situation: Desk, *data: Any) -> None:
        self.situation = situation
        opened = written_by(situation)
        super().__init__(
            *data, offered=entities_written_by(situation.viewer), version=opened.latest
        )

    def clean(self) -> dict[str, Any]:
        """As the action takes it."""
        given = dict(super().clean() or {})
        return given if self.errors else given | {"said": self.said()}


@transaction.atomic
def do_write(desk: Desk, given: Mapping[str, Any]) -> str:
    refuse_if(KEY_TAKEN if article_with_key(given["key"]) else None)
    return _saved(desk, given["key"], given)


def written_by(desk: Desk) -> Opened:
    """The article that the address names, for whoever writes it. Raises ``Http404``."""
    opened = open_article(desk.viewer, desk.thing, desk.at)
    if not opened.may_write:
        raise Http404
    return opened


def why_not_write(desk: Desk) -> Refusal | None:
    """Nothing stands against it; what others write is not there to be written."""
    written_by(desk)
    return None


@transaction.atomic
def do_write_on(desk: Desk, given: Mapping[str, Any]) -> str:
    return _saved(desk, written_by(desk).article.key, given)


def _saved(desk: Desk, key: str, given: Mapping[str, Any]) -> str:
    """Saved and, where asked, published: both or neither."""
    version = save_article(key, by=desk.account, at=desk.at, **given["said"])
    desk.made = f"articles/{key}"
    if given["publish"] and version.published_at is None:
        publish_article(version.article, by=desk.account, at=desk.at)
        return _("It is published.")
    return _("It is saved.")


def why_not_publish(desk: Desk) -> Refusal | None:
    opened = open_article(desk.viewer, desk.thing, desk.at)
    if not opened.may_write:
        return _not_theirs(desk, opened)
    latest, languages = opened.latest, set[str]()
    for entity in latest.entities.all():
        languages |= set(entity.languages)
    return rules.why_not_publish(
        title=latest.title,
        body=latest.body,
        languages=sorted(languages),
        is_published=latest.published_at is not None and opened.article.withdrawn_at is None,
    )


def _not_theirs(desk: Desk, opened: Opened) -> Refusal | None:
    """Whoever only reads it is told so."""
    led = [one.pk for one in entities_written_by(desk.viewer)]
    said_for = {entity.pk for entity in opened.latest.entities.all()}
    return rules.why_not_edit(by=desk.account, roles=(), led=led, entities=said_for)


def do_publish(desk: Desk, given: Mapping[str, Any]) -> str:
    publish_article(written_by(desk).article, by=desk.account, at=desk.at)
    return _("It is published.")


def why_not_withdraw(desk: Desk) -> Refusal | None:
    opened = open_article(desk.viewer, desk.thing, desk.at)
    if not opened.may_write:
        return _not_theirs(desk, opened)
    return rules.why_not_withdraw(is_withdrawn=opened.article.withdrawn_at is not None)


def do_withdraw(desk: Desk, given: Mapping[str, Any]) -> str:
    withdraw_article(written_by(desk).article, by=desk.account, at=desk.at)
    return _("It is withdrawn: shown to nobody.")


# ------------------------------------------------------------------ guidance
class WordingForm(SheetForm):
    """The entity's own wording of a sheet; what is left out stays as it is."""

    grows: ClassVar[str] = ""

    def __init__(self, situation: Desk, *data: Any) -> None:
        self.situation = situation
        entity, sheet = sheet_at(situation)
        super().__init__(*data, sheet=sheet, spoken=entity.languages)

    def clean(self) -> dict[str, Any]:
        """With each part as one text."""
        given = dict(super().clean() or {})
        return given | {"said": {part: self.words(part) for part in PARTS}}


def sheet_at(desk: Desk) -> tuple[Entity, Sheet]:
    """The sheet that the address names, as ``besos:manner-impatient``. Raises ``Http404``."""
    entity_key, _colon, sheet_key = desk.thing.partition(":")
    entity = _written_at(desk, entity_key)
    sheet = sheet_of(entity, sheet_key)
    if sheet is None:
        raise Http404
    return entity, sheet


def why_not_word(desk: Desk) -> Refusal | None:
    """Nothing stands against it; what others write is not there to be written."""
    sheet_at(desk)
    return None


def do_word(desk: Desk, given: Mapping[str, Any]) -> str:
    entity, sheet = sheet_at(desk)
    made = publish_sheet(entity, sheet.key, by=desk.account, at=desk.at, **given["said"])
    desk.made = f"guidance/{entity.key}/{sheet.key}"
    return _("It is shown now.") if made else _("It is so already: nothing was changed.")


class KeepingForm(DeskForm):
    """For how many days."""

    days = KeepForm.base_fields["days"]

    def prepare(self) -> None:
        entity = read_at(self.situation)
        self.fields["days"].initial = days_kept(entity.pk)


def entities_read(desk: Desk) -> list[tuple[str, str]]:
    """The entities whose guidance its author reads."""
    return [(one.key, one.name) for one in entities_read_by(desk.viewer)]


def read_at(desk: Desk) -> Entity:
    """The entity that the address names. Raises ``Http404``."""
    for one in entities_read_by(desk.viewer):
        if one.key == desk.thing:
            return one
    raise Http404


def why_not_keep(desk: Desk) -> Refusal | None:
    entity = read_at(desk)
    if entity in entities_written_by(desk.viewer):
        return None
    return rules.why_not_edit(by=desk.account, roles=(), led=(), entities={entity.pk})


def do_keep(desk: Desk, given: Mapping[str, Any]) -> str:
    keep_impressions(read_at(desk), days=given["days"], by=desk.account, at=desk.at)
    return _("Noted.")


def _written_at(desk: Desk, key: str) -> Entity:
    for one in entities_written_by(desk.viewer):
        if one.key == key:
            return one
    raise Http404
