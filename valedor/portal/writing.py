"""What the person posts on the page of their case: kept raw, read, and joined to the file."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import timedelta

from django.core import signing
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _

from valedor.casefile.documents import FileRefused, Kept
from valedor.casefile.models import Case, RawMessage, Stage
from valedor.casefile.viewing import the_house, viewing
from valedor.channels.web_form import inbound
from valedor.channels.web_form.held import store_files
from valedor.channels.web_form.left_over import mark
from valedor.channels.web_form.multipart import Unreadable
from valedor.channels.web_form.questions import TROUBLES
from valedor.channels.web_form.reading import Post, read_post
from valedor.foundation.refusals import Refusal
from valedor.handling.actions.add_document import add_document, refuse_document
from valedor.handling.actions.cure import cure
from valedor.handling.actions.receive_message import receive_message
from valedor.intake.submission import KeptFile, RefusedFile
from valedor.portal import access, receipts
from valedor.portal.inside import Inside

GOOD_FOR = timedelta(days=7)
_SALT = "valedor case form"


def token_for(case: Case) -> str:
    """What a form of this case carries: that the page was ours, and that it is sent once."""
    return signing.dumps([case.pk, get_random_string(24)], salt=_SALT)


def not_ours() -> str:
    """Said when a form comes without its token: opened too long ago, or made elsewhere."""
    return _("This page was open for too long. What you wrote is still here: send it once more.")


@dataclass(frozen=True)
class Written:
    """A post on a case that lies safely with us. ``secret`` is empty for one not of our page."""

    raw_id: int
    post: Post
    secret: str
    entity_id: int

    @property
    def is_ours(self) -> bool:
        """Whether it came from a page of this case."""
        return bool(self.secret)

    @property
    def text(self) -> str:
        """What was typed."""
        return self.post.text("text").strip()

    def trouble(self) -> str:
        """What had to be done to the text to keep it, as a sentence; empty when nothing had."""
        trouble = self.post.troubles.get("text")
        return str(TROUBLES[trouble]) if trouble else ""

    def join(self, case: Case) -> None:
        """Make the post a part of the case, once.

        Raises ``IntegrityError`` for a form that was sent before.
        """
        with viewing(the_house(self.entity_id)):
            access.join_post(self.raw_id, case, secret=self.secret)


def keep(place: Inside) -> Written:
    """Keep the post, then read it."""
    entity_id = place.house.entity.pk
    told = {"case": place.case.reference}
    kept = inbound.keep(place.request, entity_id, at=place.at, told=told)
    try:
        post = read_post(kept.arrived.content, kept.arrived.media_type, kept.arrived.cuts)
    except Unreadable:
        mark(kept.raw_id, entity_id, RawMessage.State.HELD, "unreadable")
        return Written(kept.raw_id, Post(), "", entity_id)
    written = Written(kept.raw_id, post, _secret_of(post, place.case), entity_id)
    if not written.is_ours:
        mark(kept.raw_id, entity_id, RawMessage.State.HELD, "not from a page of the case")
    return written


def _secret_of(post: Post, case: Case) -> str:
    try:
        case_id, secret = signing.loads(post.text("token"), salt=_SALT, max_age=GOOD_FOR)
    except (signing.BadSignature, ValueError, TypeError):
        return ""
    return str(secret) if case_id == case.pk else ""


def take_message(place: Inside, written: Written) -> list[str]:
    """Words and files become part of the case; what could not be taken, as sentences.

    Raises ``Refused``, and ``IntegrityError`` for a form sent before.
    """
    kept = store_files(written.post.files)
    with viewing(the_house(place.house.entity)):
        written.join(place.case)
        if written.text or not kept or written.post.text("is_complete"):
            raw = access.post_kept(written.raw_id)
            receive_message(
                place.case,
                text=written.text or _("(Files only.)"),
                channel=Case.Channel.WEB_FORM,
                by=place.by,
                at=place.at,
                raw=raw,
            )
            if place.case.stage == Stage.INCOMPLETE and written.post.text("is_complete"):
                cure(place.case, by=place.by, at=place.at)
        return file_all(place, kept, written.post.refused)


def file_all(place: Inside, kept: Sequence[KeptFile], refused: Sequence[RefusedFile]) -> list[str]:
    """Add files to the case, and the names of those that were refused; these as sentences."""
    for file in kept:
        add_document(place.case, file=Kept(**asdict(file)), by=place.by, at=place.at)
    sentences = []
    for one in refused:
        sentence = receipts.reason_in_words(one.reason)
        refusal = FileRefused(Refusal(one.reason, sentence), name=one.name, size=one.size)
        refuse_document(place.case, refused=refusal, by=place.by, at=place.at)
        sentences.append(f"{one.name}: {sentence}")
    return sentences
