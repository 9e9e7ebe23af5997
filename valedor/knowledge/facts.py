"""What knowledge leaves on the timeline of a case."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from valedor.casefile.facts import Fact
from valedor.casefile.seats import Seat


@dataclass(frozen=True, kw_only=True)
class ArticleUsed(Fact, kind="article.used", seats=Seat.COMPANY):
    """Somebody of the house put an article into what they write: which one, and which wording."""

    sentence = _("Put the article “%(title)s”, version %(version)s, into an answer.")
    icon = "note"

    title: dict[str, str]
    article: str
    version: int
