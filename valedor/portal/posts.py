"""What is posted on a page of a case: kept raw before anything reads it, and held with its files.

A form that cannot be taken yet (something is missing in it, the rules say no, another language was
chosen) comes back whole: its words on the page, its files with us until it is sent.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from django.core import signing
from django.http import HttpRequest
from django.utils.translation import gettext as _

from valedor.casefile.models import Case, RawMessage
from valedor.casefile.seats import EVERYONE, OFFICE_FILE
from valedor.casefile.viewing import the_house, viewing
from valedor.channels.web_form import held as holding
from valedor.channels.web_form import inbound
from valedor.channels.web_form.left_over import mark
from valedor.channels.web_form.multipart import Unreadable
from valedor.channels.web_form.questions import TROUBLES
from valedor.channels.web_form.reading import Post, read_post
from valedor.channels.web_form.tokens import GOOD_FOR, FormToken, new_token
from valedor.foundation import rows
from valedor.intake.models import HeldFile, HeldSubmission
from valedor.intake.submission import KeptFile, RefusedFile
from valedor.portal import access
from valedor.procedures.house_rules import HouseRules

_SALT = "valedor case form"


def token_for(case: Case, token: FormToken | None = None) -> str:
    """What a form of this case carries: that the page was ours, and that it is sent once."""
    form = token or new_token()
    return signing.dumps([case.pk, form.secret, form.held_id, form.files], salt=_SALT)


def _token_of(text: str, case: Case) -> FormToken | None:
    try:
        case_id, secret, held_id, files = signing.loads(text, salt=_SALT, max_age=GOOD_FOR)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return FormToken(str(secret), int(held_id), int(files)) if case_id == case.pk else None


@dataclass(frozen=True)
class Posted:
    """A post on a case that lies safely with us.

    ``is_ours`` says that it came from a page of this case; ``held`` is what the steps before it
    left with us.
    """

    raw_id: int
    entity_id: int
    at: datetime
    post: Post = field(default_factory=Post)
    token: FormToken = field(default_factory=new_token)
    is_ours: bool = False
    held: HeldSubmission | None = None

    @property
    def text(self) -> str:
        """What was typed."""
        return self.post.text("text").strip()

    @property
    def is_step(self) -> bool:
        """Whether the form is only to come back: in another language, or without a file."""
        return self.is_ours and self.post.text("step") not in {"", "send"}

    @property
    def brings_files(self) -> bool:
        """Whether files came with this step or lie with us from an earlier one."""
        return bool(self.post.files or self.post.refused or any(holding.files_of(self.held)))

    def trouble(self) -> str:
        """What stands against taking it as it came, as a sentence; empty when nothing does."""
        if not self.is_ours:
            return not_ours()
        if self.token.files and self.held is None:
            return _("Your files were kept for two days and are gone now: add them once more.")
        trouble = self.post.troubles.get("text")
        return str(TROUBLES[trouble]) if trouble else ""

    def files(self) -> tuple[list[KeptFile], list[RefusedFile]]:
        """Every file of the form, of this step and those before; and what was refused.

        Raises ``OSError`` where the disk does not take one.
        """
        kept, refused = holding.as_given(self.held)
        return (
            [*kept, *holding.store_files(self.post.files)],
            [*refused, *self.post.refused],
        )

    def hold(self) -> "Posted":
        """Keep this step until the form is sent: its files, and the post itself.

        Raises ``OSError`` where the disk does not take a file.
        """
        token = FormToken(self.token.secret) if self.held is None else self.token
        token = holding.hold(self.entity_id, self.post, self.raw_id, token, at=self.at)
        held = holding.held_of(self.entity_id, token, at=self.at)
        step = self.post.text("step")
        if held is not None and step.startswith("take_out_") and step[9:].isdecimal():
            holding.take_out(held, int(step[9:]))
        return replace(self, token=token, held=held)

    def files_shown(self) -> tuple[Sequence[HeldFile], Sequence[HeldFile]]:
        """The files that lie with us for this form, and those that were refused."""
        return holding.files_of(self.held)

    def join(self, case: Case) -> None:
        """Make the post, and the steps before it, a part of the case, once.

        Raises ``SentBefore`` for a form that was sent before.
        """
        with viewing(the_house(self.entity_id)):
            access.join_post(self.raw_id, case, secret=self.token.secret)
            if self.held is not None:
                rows.send(holding.becoming(self.held, case.pk))


def not_ours() -> str:
    """Said when a form comes without its token: opened too long ago, or made elsewhere."""
    return _("This page was open for too long. What you wrote is still here: send it once more.")


def keep(
    request: HttpRequest,
    house: HouseRules,
    case: Case,
    *,
    at: datetime,
    to_the_office: bool = False,
) -> Posted:
    """Keep the post, then read it. Outside any transaction, so that nothing takes it back. What
    goes ``to_the_office`` is behind the wall from its first byte.

    Raises ``OSError`` where the disk does not take it.
    """
    entity_id = house.entity.pk
    seats = OFFICE_FILE if to_the_office or case.is_of_the_office else EVERYONE
    told = {"case": case.reference}
    kept = inbound.keep(request, entity_id, at=at, told=told, seats=seats)
    try:
        post = read_post(kept.arrived.content, kept.arrived.media_type, kept.arrived.cuts)
    except Unreadable:
        mark(kept.raw_id, entity_id, RawMessage.State.HELD, "unreadable")
        return Posted(kept.raw_id, entity_id, at)
    token = _token_of(post.text("token"), case)
    if token is None:
        mark(kept.raw_id, entity_id, RawMessage.State.HELD, "not from a page of the case")
        return Posted(kept.raw_id, entity_id, at, post)
    held = holding.held_of(entity_id, token, at=at)
    return Posted(kept.raw_id, entity_id, at, post, token, is_ours=True, held=held)
