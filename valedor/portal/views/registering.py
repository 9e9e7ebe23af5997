"""What forms share by which somebody books or orders: each registers one case, and once.

What is sent is kept raw before anything reads it; a form that comes back brings along what it held;
one that is sent twice leads to the case that it became.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from valedor.casefile.models import Case, RawMessage
from valedor.casefile.seats import EVERYONE, Seat
from valedor.channels.web_form import held as holding
from valedor.channels.web_form import inbound
from valedor.channels.web_form.inbound import Kept
from valedor.channels.web_form.left_over import mark
from valedor.channels.web_form.multipart import Unreadable
from valedor.channels.web_form.reading import Post, read_post
from valedor.channels.web_form.registering import sent_again
from valedor.channels.web_form.tokens import FormToken, new_token, read_token
from valedor.foundation import rows
from valedor.intake import attempts
from valedor.intake.models import Attempt
from valedor.portal import admission, receipts
from valedor.procedures.house_rules import HouseRules
from valedor.telling import spoken

Also = Callable[[Case], Iterable[rows.Statement]]


@dataclass(frozen=True)
class Sent:
    """A form that was posted, kept and read. ``token`` is the form's own, if it is one of ours."""

    house: HouseRules
    kept: Kept
    post: Post
    token: FormToken | None
    language: str
    at: datetime

    @property
    def is_meant(self) -> bool:
        """Whether it was sent to be done, by its button or by Enter, and not to be read in another
        language.
        """
        return self.post.text("step") in {"", "send"}

    @property
    def typed(self) -> dict[str, str]:
        """What was typed, for a form that is not judged yet."""
        return {name: self.post.text(name) for name in self.post.fields}

    def already(self) -> Case | None:
        """The case that this very form became before; what was sent now lies in it, too."""
        if self.token is None or not self.is_meant:
            return None
        return sent_again(self.house.entity.pk, self.kept.raw_id, self.token.secret)

    def hold(self) -> FormToken:
        """Keep what came for when the form comes again, under its token or a new one."""
        token = self.token or new_token()
        return holding.hold(self.house.entity.pk, self.post, self.kept.raw_id, token, at=self.at)

    def registered(
        self, token: FormToken, register: Callable[[dict[str, Any], Also], Case]
    ) -> Case:
        """Register it: ``register`` is given what the case is told of where it comes from, and
        what else is written with it. Raises ``Refused``.
        """
        held = holding.held_of(self.house.entity.pk, token, at=self.at)
        notice = self.house.privacy_notice
        origin = {
            "language": self.language,
            "received_at": self.at,
            "is_marked_abuse": self.kept.is_past_rate,
            "privacy_notice_id": notice.pk if notice else None,
            "raw_id": self.kept.raw_id,
            "token": token.secret,
        }

        def also(case: Case) -> list[rows.Statement]:
            noted = attempts.noting(Attempt.What.SUBMISSION, self.kept.address, at=self.at)
            return [noted, *(holding.becoming(held, case.pk) if held else [])]

        try:
            return register(origin, also)
        except IntegrityError:  # The same form, at the same moment.
            before = self.already()
            if before is None:
                raise
            return before

    def receipt(self, case: Case) -> HttpResponse:
        """Where whoever sent it is let in."""
        key = self.house.entity.key
        secret = self.token.secret if self.token else ""
        response = redirect("portal:received", entity_key=key, reference=case.reference)
        receipts.remember(response, key, case, secret)
        if receipts.registered_from(case, secret).access_code:  # Not once it was replaced.
            admission.let_in(response, case, via="receipt", at=self.at)
        return response


def keep_and_read(
    request: HttpRequest, house: HouseRules, what: str, *, at: datetime, seats: Seat = EVERYONE
) -> Sent:
    """Keep what is posted, then read it. ``what`` names the form for whoever reads it later;
    ``seats`` are those who may see it.

    Raises ``OSError`` where it could not be kept, ``Unreadable`` where it is kept and no form.
    """
    language, notice = spoken.language(), house.privacy_notice
    told = {"language": language, "privacy_notice": notice.pk if notice else None, what: True}
    kept = inbound.keep(request, house.entity.pk, at=at, told=told, seats=seats)
    try:
        post = read_post(kept.arrived.content, kept.arrived.media_type, kept.arrived.cuts)
    except Unreadable:
        mark(kept.raw_id, house.entity.pk, RawMessage.State.HELD, "unreadable")
        raise
    return Sent(house, kept, post, read_token(post.text("token")), language, at)
