"""Guidance as it stands beside a form: three lines each of what helps, the rest behind."""

from datetime import datetime
from typing import Any

from django.contrib.sessions.backends.base import SessionBase
from django.urls import reverse

from valedor.casefile.models import Case, Kind
from valedor.casefile.viewing import Viewer
from valedor.foundation.multilingual import MultilingualText
from valedor.knowledge.actions.note_impression import note_impression
from valedor.knowledge.models import Manner
from valedor.knowledge.sheets import CATEGORY, KIND, MANNER, SPEECH, Sheet, sheets_of
from valedor.people.models import Entity

_NOTICED = "manners"
MOST_NOTICED, LONGEST_TOKEN = 5, 200
MANNERS = [(str(one.value), one.label) for one in Manner]


def sheets_beside(
    entity: Entity, *, manner: str = "", speech: str = "", kind: str = "", category: str = ""
) -> list[dict[str, Any]]:
    """The sheets for a talk, in the order in which they help: who, how, about what."""
    keys = []
    if manner in Manner.values:
        keys.append(f"{MANNER}-{manner}")
    if kind in Kind.values:
        keys.append(f"{KIND}-{kind}")
    if category:
        keys.append(f"{CATEGORY}-{category}")
    keys.append(f"{SPEECH}-{speech or 'telephone'}")
    found = sheets_of(entity, keys)
    return [drawn(found[key], entity) for key in keys if key in found and found[key].brief]


def drawn(sheet: Sheet, entity: Entity) -> dict[str, Any]:
    """A sheet in the reader's language, its lines apart."""
    return {
        "key": sheet.key,
        "title": sheet.title,
        "number": sheet.number,
        "url": reverse("desk:sheet", args=[entity.key, sheet.key]),
        "brief": lines_of(sheet.brief),
        "do": lines_of(sheet.do),
        "avoid": lines_of(sheet.avoid),
        "ask": lines_of(sheet.ask),
    }


def lines_of(text: MultilingualText) -> list[str]:
    """A line each thought."""
    return [line for line in str(text).splitlines() if line.strip()]


def remember_manner(session: SessionBase, token: str, manner: str) -> None:
    """Keep what was noticed while a contact is written down, under the token of its form."""
    if not token or len(token) > LONGEST_TOKEN:
        return
    noticed = {key: value for key, value in session.get(_NOTICED, {}).items() if key != token}
    if manner in Manner.values:
        noticed[token] = manner
    session[_NOTICED] = dict(list(noticed.items())[-MOST_NOTICED:])


def remembered(session: SessionBase, token: str) -> str:
    """What was noticed under the token of a form that is shown again."""
    return str(session.get(_NOTICED, {}).get(token, ""))


def note_remembered(
    session: SessionBase, token: str, case: Case, *, viewer: Viewer, at: datetime
) -> None:
    """Note it with the contact, which is registered now, and keep it there no longer."""
    noticed = dict(session.get(_NOTICED, {}))
    manner = noticed.pop(token, "")
    if manner:
        session[_NOTICED] = noticed
        note_impression(case, manner, viewer=viewer, at=at)
