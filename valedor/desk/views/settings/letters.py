"""Wordings of letters and of the privacy notice: a change is a new version."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_safe

from valedor.design.words_form import WordsForm
from valedor.desk.pages import StaffRequest, staff_page
from valedor.foundation.moments import now
from valedor.foundation.multilingual import LANGUAGES
from valedor.people.permissions import Permission
from valedor.procedures.actions.letters import current_letter, draft_letter, publish_letter
from valedor.procedures.actions.notices import publish_privacy_notice
from valedor.procedures.letter_templates import render, shipped_letters, why_not_publish
from valedor.procedures.letter_wording import WordingError, places_of
from valedor.procedures.models import LetterTemplate
from valedor.procedures.vocabulary_tables import vocabulary

from .shell import Listing, ListRow, entity_or_404, form_page, listing, save


class LetterForm(WordsForm):
    """A letter in four languages."""

    def __init__(self, *args: Any, letter: LetterTemplate, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.add_words("subject", pgettext("of a letter", "Subject"), letter.subject)
        self.add_words("body", _("Text"), letter.body, rows=14)


@require_safe
@staff_page(Permission.CONFIGURE)
def letters(request: StaffRequest, key: str) -> HttpResponse:
    """Every letter that the house writes."""
    entity = entity_or_404(key)
    current = {name: current_letter(entity, name) for name in shipped_letters()}
    rows = [
        ListRow(
            url=reverse("desk:settings:letter", args=[key, name]),
            cells=[
                str(letter.subject) if letter else name,
                name,
                _("version %(number)s") % {"number": letter.number} if letter else "",
                _("the entity's own") if letter and letter.entity_id else _("as shipped"),
            ],
        )
        for name, letter in current.items()
    ]
    table = Listing(
        columns=[_("Letter"), _("Key"), _("Version"), _("Wording")],
        rows=rows,
        empty=_("No letter yet"),
        empty_words=_("The shipped wordings are published by: valedor migrate"),
    )
    return listing(request, "desk:settings:letters", entity.name, table, entity=entity)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(Permission.CONFIGURE)
def letter(request: StaffRequest, key: str, letter_key: str) -> HttpResponse:
    """One letter: edit, look, publish."""
    entity = entity_or_404(key)
    current = current_letter(entity, letter_key)
    if current is None or letter_key not in shipped_letters():
        raise Http404
    form = LetterForm(request.POST or None, letter=current)
    is_preview = "preview" in request.POST
    done = None
    if not is_preview:
        done = save(
            request,
            form,
            lambda at: publish_letter(
                entity,
                letter_key,
                subject=form.words("subject"),
                body=form.words("body"),
                by=request.user,
                at=at,
            ),
            reverse("desk:settings:letter", args=[key, letter_key]),
        )
    shown, refusal = current, None
    if form.is_bound and form.is_valid():
        shown = draft_letter(
            entity,
            letter_key,
            subject=form.words("subject"),
            body=form.words("body"),
            at=now(),
        )
        refusal = why_not_publish(shown) if is_preview else None
    shipped = shipped_letters()[letter_key]
    more = {
        "previews": _previews(shown),
        "is_preview": is_preview,
        "refusal": str(refusal) if refusal else "",
        "places": sorted(name for names in shipped.places.values() for name in names),
        "contents": [str(vocabulary("content")[name]) for name in sorted(shipped.contents)],
        "number": current.number,
    }
    return done or form_page(
        request, "desk:settings:letters", str(current.subject), form, entity=entity,
        submit=_("Publish as the next version"), template="desk/settings/letter.html", more=more,
        cancel_url=reverse("desk:settings:letters", args=[key]),
        lede=_("Letters already written keep their version. All four languages are needed."),
    )  # fmt: skip


def _previews(letter: LetterTemplate) -> list[dict[str, str]]:
    names = dict(settings.LANGUAGES)
    previews = []
    for language in LANGUAGES:
        if not letter.subject.get(language) or not letter.body.get(language):
            continue
        preview = {"code": language, "language": str(names[language]), "wrong": ""}
        try:
            text = f"{letter.subject[language]}\n{letter.body[language]}"
            subject, body = render(letter_of(letter), language, _sample(text))
            preview |= {"subject": subject, "body": body}
        except WordingError as error:
            preview["wrong"] = str(error)
        previews.append(preview)
    return previews


def letter_of(letter: LetterTemplate) -> LetterTemplate:
    """The same letter with its texts as the renderer reads them, saved or not."""
    field = LetterTemplate._meta.get_field("subject")
    letter.subject = field.to_python(letter.subject)
    letter.body = field.to_python(letter.body)
    return letter


def _sample(text: str) -> dict[str, Any]:
    """Every place filled with its own name, every list with one row."""
    places = places_of(text)
    values: dict[str, Any] = {}
    for within, names in places.items():
        filled = {name: f"‹{name}›" for name in names}
        values = {**values, **filled}
        if within:
            values[within] = [filled]
    for within in places:
        if within:
            values[within] = [{name: f"‹{name}›" for name in places[within]}]
    return values


class NoticeForm(WordsForm):
    """The privacy notice in the languages of the entity."""

    def __init__(self, *args: Any, text: dict[str, str], spoken: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.add_words("text", _("Privacy notice"), text, spoken=spoken, rows=14)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(Permission.CONFIGURE)
def notice(request: StaffRequest, key: str) -> HttpResponse:
    """What people are told about their data."""
    entity = entity_or_404(key)
    last = entity.privacy_notices.order_by("number").last()
    form = NoticeForm(
        request.POST or None, text=dict(last.text) if last else {}, spoken=entity.languages
    )
    done = save(
        request,
        form,
        lambda at: publish_privacy_notice(entity, form.words("text"), by=request.user, at=at),
        reverse("desk:settings:notice", args=[key]),
    )
    about = (
        _("Version %(number)s is shown beside the form. Each case keeps the one it was shown.")
        % {"number": last.number}
        if last
        else _("None has been published yet, and the form may not go without: write it here.")
    )
    return done or form_page(
        request, "desk:settings:notice", entity.name, form, entity=entity, lede=about,
        submit=_("Publish as the next version"),
    )  # fmt: skip
