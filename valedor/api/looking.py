"""What every read of the desk shares: who looks, at which page of theirs, and what may be asked."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from valedor.acts.other_houses import LISTS_OF_THE_HOUSE
from valedor.api import schemas
from valedor.api.asking import token_of_call
from valedor.api.authentication import Bearer, not_permitted
from valedor.api.faults import Fault
from valedor.api.problems import AtFault
from valedor.casefile.viewing import Viewer, viewing
from valedor.foundation import moments
from valedor.people.models import Entity
from valedor.people.permissions import Permission
from valedor.programs.models import ApiToken
from valedor.programs.tokens import viewer_of

Keyed = TypeVar("Keyed", bound=Entity)
LIST_PROBLEMS: dict[int, Any] = dict.fromkeys((400, 401, 403, 404), schemas.ProblemDocument)
ONE_PROBLEMS: dict[int, Any] = dict.fromkeys((401, 403, 404), schemas.ProblemDocument)


def as_person(*permissions: Permission) -> Bearer:
    """A token that acts as a person whom the page would be shown."""
    return Bearer(ApiToken.Scope.ACT, permissions)


@contextmanager
def looking(request: HttpRequest, page: str, *parameters: str) -> Iterator[tuple[Viewer, datetime]]:
    """Whoever looks at a page of the desk, and when. A parameter that it does not know is refused,
    never left out.
    """
    token = token_of_call(request)
    viewer = viewer_of(token)
    if viewer.only_teams and page in LISTS_OF_THE_HOUSE:
        raise not_permitted()
    refuse_unknown(request, parameters)
    with viewing(viewer), timezone.override(token.entity.timezone):
        yield viewer, moments.now()


def refuse_unknown(request: HttpRequest, known: Sequence[str]) -> None:
    """A misspelt parameter would answer another question than was asked."""
    for name in request.GET:
        if name not in known:
            words = _("There is no parameter “%(name)s”; there are: %(known)s.") % {
                "name": name[:60],
                "known": ", ".join(known) or "—",
            }
            raise AtFault(400, Fault("query", name[:60], "parameter_unknown", words))


def one_of(request: HttpRequest, name: str, words: Sequence[str]) -> str:
    """A parameter that is one of some words; the first of them where it is left out."""
    asked = request.GET.get(name) or words[0]
    if asked not in words:
        said = _("“%(field)s” has to be %(expected)s.") % {
            "field": name,
            "expected": _("one of these: %(words)s") % {"words": ", ".join(words)},
        }
        raise AtFault(400, Fault("query", name, "filter_unreadable", said))
    return asked


def chosen(entities: Sequence[Keyed], key: str) -> Keyed | None:
    """The entity that is asked for, the first where none is; none where there is none. Raises
    ``Http404``.
    """
    if not key:
        return entities[0] if entities else None
    for one in entities:
        if one.key == key:
            return one
    raise Http404


def local(at: datetime | None, entity: Entity) -> datetime | None:
    """A moment with the offset of an entity."""
    return at.astimezone(ZoneInfo(entity.timezone)) if at else None


def there(at: datetime, entity: Entity) -> datetime:
    """The same of a moment that there always is."""
    return at.astimezone(ZoneInfo(entity.timezone))
