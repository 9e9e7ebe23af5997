"""A case of the company that was answered and went to the ombudsman, and what others brought
straight there: in every field that the office or a person writes behind the wall lies a word of its
own, which stands nowhere else in the world.
"""

import hashlib
from dataclasses import dataclass, field
from datetime import datetime, timedelta, tzinfo
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import F
from django.test import Client

from tests.architecture.visitors import Visitors, let_in, signed_in, visitors_of, with_token
from tests.cast import FRIDAY, Cast, a_case, a_submission, acting, again, days, the_cast
from valedor.announcing.actions.set_webhook import set_webhook
from valedor.announcing.events import Event
from valedor.casefile.actors import COMPLAINANT, staff
from valedor.casefile.documents import keep_file
from valedor.casefile.models import Case, Document, Entry, Grievance, Letter, RawMessage, Stage
from valedor.channels.email.actions.set_mailbox import set_mailbox
from valedor.channels.models import Mailbox
from valedor.channels.telephone.actions.set_line import set_line
from valedor.channels.tests.mail_room import a_mail, take_in
from valedor.channels.web_form.tokens import new_token
from valedor.handling.models import Decision
from valedor.incidents.collective.actions.declare import declare
from valedor.incidents.collective.models import Incident
from valedor.intake.submission import PersonGiven
from valedor.people.models import Account, Configuration, Role, RoleGrant
from valedor.portal.posts import token_for
from valedor.programs.models import ApiToken
from valedor.programs.tokens import PREFIX, digest_of
from valedor.review.office.actions.admit import admit, ask_missing, refuse
from valedor.review.office.actions.appoint import declare as declare_ties
from valedor.review.office.actions.bring import bring_first_hand
from valedor.review.office.actions.hear import (
    answer_hearing,
    ask,
    note_evidence,
    say,
    write,
)
from valedor.review.office.actions.opine import (
    ConclusionGiven,
    apply_principles,
    conclude,
    hold_proved,
    withdraw,
)
from valedor.review.office.actions.settle import propose
from valedor.review.office.actions.take import note, recuse, take_up
from valedor.review.office.models import Hearing, Offer, Proceeding, Statement
from valedor.review.tests.office_cast import Office, the_office

LOOKED_AT = days(8)
"""When everybody comes: three days after the first file was brought."""

Side = Statement.Side
TELEPHONE = "600 713 248"
OF_THE_OFFICE_ALONE = (
    "deliberation", "expert", "question to an expert", "answer of an expert", "fact", "shown by",
    "principles", "reasons of a conclusion", "what to do", "recusal", "tie",
)  # fmt: skip


class Then(datetime):
    """A clock that stands still, when everybody comes or when something is brought."""

    at = LOOKED_AT

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
        return cls.at.astimezone(tz)


@dataclass
class Canaries:
    """The words that nobody but the office and whoever wrote them may meet, by where they lie."""

    words: dict[str, str] = field(default_factory=dict)

    def word(self, where: str) -> str:
        """The word of a field: letters and digits alone, so that every index keeps it whole."""
        self.words[where] = "qz" + hashlib.sha256(where.encode()).hexdigest()[:14]
        return self.words[where]

    def known(self, where: str, value: str) -> None:
        """Something that the house drew itself: a reference, a code."""
        self.words[where] = value

    def within(self, text: str) -> set[str]:
        """Where those words lie that stand in a text, as they are or as bytes are spelt out."""
        folded = text.casefold()
        return {
            where
            for where, word in self.words.items()
            if word.casefold() in folded or word.encode().hex() in folded
        }


@dataclass
class CanaryWorld:
    """The house before the office has anything, and what is hidden in it afterwards."""

    cast: Cast
    office: Office
    case: Case
    incident: Incident
    mailbox: Mailbox
    visitors: Visitors
    canaries: Canaries = field(default_factory=Canaries)
    files: dict[str, Case] = field(default_factory=dict)
    hearing: Hearing | None = None

    # -------------------------------------------------------------- what is brought
    def hide(self) -> None:
        """Everything that can lie behind the wall; nothing of it is addressed to the company."""
        Then.at = days(5)
        self.files["brought"], self.files["first-hand"] = self._brought(), self._first_hand()
        Then.at = LOOKED_AT
        self._heard(self.files["brought"])
        self._answered_by_mail(self.files["brought"])
        self._drafted(self.files["brought"])
        self._completed(self.files["first-hand"])
        self.files["on paper"] = self._on_paper()
        self.files["refused"], self.files["withdrawn"] = self._over()
        self._stepped_back()
        for name, file in self.files.items():
            self.canaries.known(f"reference of the file {name}", file.reference)

    def _brought(self) -> Case:
        word = self.canaries.word
        client = Client()
        let_in(self.case)(client)
        sent = client.post(
            f"/besos/case/{self.case.reference}/ombudsman",
            {
                "token": token_for(self.case),
                "text": f"Nobody looked at it. {word('text of the person')}",
                "point": word("point of the person"),
                "file": SimpleUploadedFile(
                    f"{word('name of evidence')}.txt", word("evidence").encode(), "text/plain"
                ),
            },
        )
        assert sent.status_code == 200, sent.content
        with acting(self.cast):
            file = Proceeding.objects.get(about=self.case).case
        self.canaries.known("access code", sent.context["access_code"])
        return file

    def _heard(self, file: Case) -> None:
        word, by, until = self.canaries.word, self.office.by, days(40)
        take_up(file, by=by, at=days(5))
        note(file, text=word("deliberation"), by=staff(self.office.nil), at=days(5))
        admit(file, text=word("word at admission"), by=by, at=days(5))
        expert = ask(
            file, side=Side.THIRD, whom=word("expert"), text=word("question to an expert"),
            is_official=True, answer_by=until, by=by, at=days(5),
        )  # fmt: skip
        note_evidence(file, statement=expert, text=word("answer of an expert"), by=by, at=days(6))
        ask(
            file, side=Side.COMPLAINANT, text=word("question to the person"), answer_by=until,
            by=by, at=days(6),
        )  # fmt: skip
        bill = keep_file(f"{word('name of a document')}.txt", [word("document").encode()])
        say(
            file, text=word("statement of the person"), by=COMPLAINANT, at=days(6),
            documents=[bill],
        )  # fmt: skip
        write(file, text=word("letter to the person"), by=by, at=days(6))

    def _answered_by_mail(self, file: Case) -> None:
        word = self.canaries.word
        with acting(self.cast):
            letter = Letter.objects.filter(case=file).latest("pk")
        mail = a_mail(
            word("text of a mail"), sender="Ana Puig <ana@example.org>",
            subject=word("subject of a mail"), In_Reply_To=letter.message_id,
            Message_ID=f"<{word('name of a mail')}@example.org>",
        )  # fmt: skip
        mail.add_attachment(
            word("content of an attachment"), filename=f"{word('name of an attachment')}.txt"
        )
        take_in(self.mailbox, mail, at=days(7))

    def _drafted(self, file: Case) -> None:
        word, by = self.canaries.word, self.office.by
        with acting(self.cast):
            document = Document.objects.filter(case=file).order_by("pk")[0]
            point = Grievance.objects.filter(case=file).order_by("pk")[0]
        hold_proved(
            file, text=word("fact"), shown_by=word("shown by"), document=document, by=by, at=days(7)
        )
        apply_principles(file, text=word("principles"), binds=False, by=by, at=days(7))
        conclude(
            file,
            given=ConclusionGiven(
                grievance=point,
                outcome=Decision.Outcome.UPHELD,
                reasons=word("reasons of a conclusion"),
                to_do=word("what to do"),
                do_by=days(60).date(),
            ),
            by=by,
            at=days(7),
        )

    def _first_hand(self) -> Case:
        """On the page of the office, by somebody whom the company does not know."""
        word = self.canaries.word
        sent = Client().post(
            "/besos/ombudsman/bring",
            {
                "token": str(new_token()),
                "kind": "complaint",
                "text": f"First-hand: {word('text brought first-hand')}",
                "name": f"Mar {word('name of somebody')}",
                "email": f"{word('e-mail of somebody')}@example.org",
                "postal_address": f"Carrer {word('address of somebody')} 1, Raval",
            },
        )
        assert sent.status_code == 200, sent.content
        file: Case = sent.context["case"]
        self.canaries.known("access code first-hand", sent.context["access_code"])
        return file

    def _completed(self, file: Case) -> None:
        word, by = self.canaries.word, self.office.by
        ask_missing(file, text=word("what is missing"), send_by=days(30).date(), by=by, at=days(5))
        say(file, text=word("what was missing"), by=COMPLAINANT, at=days(6))
        admit(file, by=by, at=days(6))

    def _on_paper(self) -> Case:
        """Somebody with a telephone and an identity number, who is answered on paper."""
        word = self.canaries.word
        submission = a_submission(
            self.cast,
            narrative=word("narrative on paper"),
            grievances=(word("point on paper"),),
            subject=word("subject on paper"),
            answer_channel=Case.Channel.LETTER,
            person=PersonGiven(
                name=word("name on paper"),
                telephone=TELEPHONE,
                postal_address=f"{word('address on paper')} 2, Raval",
                identity_number=word("identity number"),
                place="Raval",
            ),
        )
        return bring_first_hand(submission, by=COMPLAINANT, at=days(6)).file

    def _over(self) -> tuple[Case, Case]:
        word = self.canaries.word
        refused, withdrawn = (
            bring_first_hand(
                a_submission(self.cast, narrative=word(f"narrative {what}")),
                by=COMPLAINANT,
                at=days(5),
            ).file
            for what in ("refused", "withdrawn")
        )
        refuse(
            refused, ground=Proceeding.Refusal.NOT_OURS, reasons=word("reasons of a refusal"),
            by=self.office.by, at=days(6),
        )  # fmt: skip
        withdraw(withdrawn, by=COMPLAINANT, at=days(6))
        return refused, withdrawn

    def _stepped_back(self) -> None:
        """A clerk from one file, with the reason."""
        word = self.canaries.word
        recuse(
            self.files["brought"], reasons=word("recusal"), by=staff(self.office.nil), at=days(7)
        )

    # -------------------------------------------------------------- what passes
    def address(self) -> None:
        """The company is asked and answers: from here on it knows that there is this one file."""
        file = self.files["brought"]
        del self.canaries.words["reference of the file brought"]
        ask(
            file, side=Side.COMPANY, text="Why twice?", answer_by=days(40), by=self.office.by,
            at=days(7),
        )  # fmt: skip
        with acting(self.cast):
            self.hearing = Hearing.objects.get()
        answer_hearing(
            again_as_house(self.cast, self.case), hearing=self.hearing, text="By mistake.",
            by=staff(self.cast.bruno), at=days(7),
        )  # fmt: skip
        propose(
            file, side=Side.COMPLAINANT, option="refund", text="The second bill back.",
            amount=Decimal("38.20"), currency="EUR", answer_by=days(40), by=COMPLAINANT,
            at=days(8),
        )  # fmt: skip

    # -------------------------------------------------------------- what addresses name
    def numbers(self) -> dict[str, list[int]]:
        """The numbers of what lies in the files, by what an address calls it."""
        files = [file.pk for file in self.files.values()]
        with acting(self.cast):
            of_files = {"case__in": files}
            return {
                "document_id": _some(Document.objects.filter(**of_files)),
                "letter_id": _some(Letter.objects.filter(**of_files)),
                "raw_id": _some(RawMessage.objects.filter(**of_files)),
                "entry_id": _some(Entry.objects.filter(**of_files)),
                "item": [
                    *_some(Statement.objects.filter(**of_files)),
                    *_some(Grievance.objects.filter(**of_files)),
                    *_some(Offer.objects.filter(**of_files)),
                    1,
                ],
                "person_id": [
                    one.complainant_id or 0 for name, one in self.files.items() if name != "brought"
                ],
            }


def _some(found: Any) -> list[int]:
    """A handful of them."""
    return list(found.order_by("-pk").values_list("pk", flat=True)[:2])


def again_as_house(cast: Cast, case: Case) -> Case:
    """A case as the database has it now."""
    with acting(cast):
        return again(case)


def the_canary_world() -> CanaryWorld:
    """A case that was answered, an incident where some of the others live, a webhook that is told
    of everything, and whoever may come.
    """
    cast = the_cast()
    office = the_office(cast)
    case, other = a_case(cast, stage=Stage.ANSWERED), a_case(cast)
    set_webhook(
        cast.besos, "systems", address="https://systems.example/", events=list(Event.values),
        by=None, at=FRIDAY,
    )  # fmt: skip
    set_line(cast.besos, "faults", name="Avaries", number="900 106 240", by=None, at=FRIDAY)
    words = dict.fromkeys(("ca", "es", "en"), "No water")
    with acting(cast):
        incident = declare(
            cast.besos, title=words, words=words, began_at=FRIDAY, expected_end_at=days(20),
            places=["Raval"], by=cast.bruno, at=FRIDAY + timedelta(hours=1),
        )  # fmt: skip
    ivan = cast.join("ivan")
    with acting(cast):
        Case.objects.filter(pk=case.pk).update(recused=[ivan.pk])
    visitors = visitors_of(cast, [case], other, ivan)
    visitors.enter = {**visitors.enter, **_of_the_other_house(cast), **_programs(cast)}
    Configuration.objects.update(number=F("number") + 1)
    mailbox = set_mailbox(cast.besos, "box", address="box@besos.example", by=None, at=FRIDAY)
    world = CanaryWorld(cast, office, case, incident, mailbox, visitors)
    # That a substitute has a tie is public, and no file; which it is, nobody reads.
    standing_in = office.appointment.substitutes.get()
    tie = world.canaries.word("tie")
    declare_ties(standing_in, ties=tie, by=office.olga, at=days(2))
    Configuration.objects.update(number=F("number") + 1)
    return world


def _of_the_other_house(cast: Cast) -> dict[str, Any]:
    """Every role of the company at the entity that the files are not of."""
    found: dict[str, Any] = {}
    for role in (Role.AGENT, Role.LEAD, Role.APPROVER, Role.AREA):
        found[f"{role}_elsewhere"] = signed_in(cast.join(f"{role}_ipe", role, cast.elsewhere))
    auditor = Account.objects.create_account(username="auditor_ipe", name="Auditor")
    grant = RoleGrant.objects.create(account=auditor, role=Role.AUDITOR, granted_at=FRIDAY)
    grant.entities.set([cast.ipe])
    found["auditor_elsewhere"] = signed_in(auditor)
    return found


def _programs(cast: Cast) -> dict[str, Any]:
    """A token for every scope, and one that acts as each role of the company."""
    found: dict[str, Any] = {
        f"token_{scope}": with_token(cast.besos, f"of {scope}", scope)
        for scope in ApiToken.Scope.values
        if scope != ApiToken.Scope.ACT
    }
    accounts = {
        "agent": cast.others["nuria"],
        "lead": cast.carla,
        "approver": cast.hugo,
        "area": cast.ines,
        "auditor": cast.gia,
        "administrator": cast.others["admin"],
        "elsewhere": cast.dario,
    }
    for name, account in accounts.items():
        typed = f"{PREFIX}as_{name}"
        ApiToken.objects.create(
            name=f"as {name}",
            entity=cast.ipe if name == "elsewhere" else cast.besos,
            account=account,
            scopes=[ApiToken.Scope.READ, ApiToken.Scope.ACT],
            digest=digest_of(typed),
            issued_at=days(4),
            last_used_at=days(4),
            expires_at=days(400),
        )
        found[f"acting_{name}"] = _bearing(typed)
    return found


def _bearing(typed: str) -> Any:
    return lambda _client: {"authorization": f"Bearer {typed}"}


def company_accounts(world: CanaryWorld) -> dict[str, Account]:
    """Everybody of the company, at either entity."""
    cast = world.cast
    return {
        "handler": cast.bruno,
        "lead": cast.carla,
        "approver": cast.hugo,
        "area": cast.ines,
        "auditor": cast.gia,
        "handler elsewhere": cast.dario,
        **{
            account.username: account
            for account in Account.objects.exclude(
                pk__in=[world.office.felix.pk, world.office.olga.pk, world.office.nil.pk]
            )
        },
    }
