"""Cases in every stage with something open in each, for whoever tries to post where they may not.

Each thing has a name that begins with “the”; addresses and what is posted mention it by that name.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db.models import F

from tests.architecture.disputed import of_the_disputed
from tests.architecture.visitors import Visitors, let_in, signed_in, visitors_of, with_token
from tests.cast import (
    FRIDAY,
    Cast,
    a_body,
    a_case,
    a_consent,
    a_submission,
    acting,
    days,
    hours,
    letters_leave,
    the_cast,
    under,
)
from valedor.announcing.actions.set_webhook import set_webhook
from valedor.announcing.models import Announcement, Subscription
from valedor.bodies.actions.join import join as join_a_body
from valedor.bookings.actions.book import book
from valedor.bookings.actions.set_service import set_service
from valedor.casefile.actions.note_scan import note_scan
from valedor.casefile.actors import COMPLAINANT, staff
from valedor.casefile.documents import keep_file
from valedor.casefile.models import Case, Entry, Grievance, Kind, Letter, RawMessage, Stage
from valedor.casefile.seats import OFFICE_FILE, Seat
from valedor.casefile.viewing import viewer_of
from valedor.channels.chat.actions.begin import begin
from valedor.channels.chat.actions.set_desk import set_chat_desk
from valedor.channels.email.actions.set_mailbox import set_mailbox
from valedor.channels.models import Call, Chat, Mail, PublicMessage
from valedor.channels.post.scanning import keep_scan
from valedor.channels.sms.actions.set_gateway import set_gateway
from valedor.channels.social.actions.answer import agree
from valedor.channels.social.actions.note import note_public_message
from valedor.channels.social.links import signed
from valedor.channels.telephone.actions.promise_call import promise_call
from valedor.channels.telephone.actions.set_line import set_line
from valedor.channels.telephone.actions.take_call import begin_by_hand
from valedor.channels.web_form.registering import Origin
from valedor.channels.web_form.tokens import new_token
from valedor.foundation import chain
from valedor.foundation.access_codes import digest_of
from valedor.handling.actions.accept_answer import accept_answer
from valedor.handling.actions.add_document import add_document
from valedor.handling.actions.ask import ask
from valedor.handling.actions.ask_area import ask_area
from valedor.handling.actions.assess import assess
from valedor.handling.actions.check_identity import send_identity_code
from valedor.handling.actions.find import find
from valedor.handling.actions.give_part import give_part
from valedor.handling.actions.merge import merge
from valedor.handling.actions.offer_redress import offer_redress
from valedor.handling.actions.pass_on import pass_on
from valedor.handling.actions.recuse import recuse
from valedor.handling.actions.relate import relate
from valedor.handling.actions.request_cure import request_cure
from valedor.handling.actions.respond import respond
from valedor.handling.actions.take import take
from valedor.handling.models import AreaNotice, Draft, Finding, Redress, Repetition
from valedor.incidents.collective.actions.declare import declare
from valedor.incidents.collective.actions.gather import join
from valedor.incidents.duty.actions.set_plan import set_duty_plan
from valedor.incidents.models import CallOut
from valedor.intake.importing.models import ImportedFile, ImportReject
from valedor.intake.submission import PersonGiven
from valedor.knowledge.tests.shelf import an_article
from valedor.orders.actions.advance import confirm, prepare
from valedor.orders.actions.place import place_order
from valedor.orders.actions.set_product import set_product
from valedor.orders.models import Order, Product
from valedor.participants.actions.let_in import let_in as let_somebody_in
from valedor.participants.rules import Invited
from valedor.people.actions.closures import add_closure
from valedor.people.actions.entities import change_entity
from valedor.people.models import (
    Absence,
    Account,
    Configuration,
    ContactPoint,
    OfficeRequest,
    Person,
    PersonMerge,
    Role,
    RoleGrant,
    Team,
)
from valedor.portal.posts import token_for
from valedor.procedures.actions.targets import set_target
from valedor.procedures.models import RedressOption
from valedor.programs.models import ApiToken
from valedor.programs.tokens import issue_token, revoke_token
from valedor.review.office.actions.admit import admit
from valedor.review.office.actions.bring import bring_first_hand
from valedor.review.office.addressing import address
from valedor.review.office.models import Hearing, Proceeding, Statement
from valedor.review.office.recommendations.actions import answer
from valedor.review.office.recommendations.models import Recommendation
from valedor.review.office.report.actions import draft as draft_report
from valedor.review.tests.office_cast import a_recommendation, the_office

POSTED_AT = days(4)
NOWHERE = Origin(
    raw_id=0, address="", language="en", privacy_notice_id=None, received_at=FRIDAY,
    is_past_rate=False,
)  # fmt: skip
"""When everything is posted: the Tuesday after Ana complained."""

__all__ = ["POSTED_AT", "PostWorld", "the_post_world"]


@dataclass
class PostWorld:
    """What addresses and posts mention by name, and who comes."""

    cast: Cast
    names: dict[str, Any]
    visitors: Visitors

    def named(self, value: Any) -> Any:
        """What a name stands for; anything else as it is."""
        if isinstance(value, list):
            return [self.named(one) for one in value]
        return self.names.get(value, value) if isinstance(value, str) else value


def the_post_world() -> PostWorld:
    """Everything, made by the actions themselves where an action makes it."""
    cast = the_cast()
    ivan, omar = cast.join("ivan"), cast.join("omar", Role.HANDLER, cast.complex_team)
    # Ivan answers for the area, too: what it is asked about his cases goes to somebody else.
    RoleGrant.objects.create(
        account=ivan, role=Role.AREA, team=cast.billing.team, granted_at=FRIDAY
    )
    cases = _cases(cast)
    other = a_case(cast)
    names: dict[str, Any] = {}
    with acting(cast):
        names |= _of_the_open_case(cast, cases["open"], ivan, omar)
        names |= _of_the_others(cast, cases)
        names |= of_the_disputed(cast, cases)
    names |= {f"the {name} case": case.reference for name, case in cases.items()}
    names |= {f"the form of the {name} case": token_for(it) for name, it in cases.items()}
    names |= {"the form of another case": token_for(other)}
    names |= {f"the person of the {name} case": it.complainant_id for name, it in cases.items()}
    kept, absorbed = cases["new"].complainant, cases["decided"].complainant
    assert kept is not None
    assert absorbed is not None
    with acting(cast):
        names["the merge"] = PersonMerge.objects.create(
            kept=kept,
            absorbed=absorbed,
            by=cast.bruno,
            at=FRIDAY,
            reason="One address.",
        ).pk
    names |= _of_the_house(cast)
    names |= _of_the_office(cast, cases["open"])
    with acting(cast):
        Case.objects.filter(pk__in=[case.pk for case in cases.values()]).exclude(
            pk=cases["open"].pk
        ).update(recused=[ivan.pk])
    before = let_in(*cases.values())
    with acting(cast):
        _change_codes(cases)
        for case in cases.values():
            case.refresh_from_db()
    visitors = visitors_of(cast, list(cases.values()), other, ivan, **_strangers(cast))
    visitors.enter = {**visitors.enter, "former_complainant": before}
    names |= _of_accounts(cast)
    Configuration.objects.update(number=F("number") + 1)
    return PostWorld(cast, names, visitors)


def _of_the_office(cast: Cast, case: Case) -> dict[str, Any]:
    """A file of the ombudsman that is being heard, and what the office asks the company."""
    before = cast.besos.regimes, cast.besos.facts
    office = the_office(cast)
    type(cast.besos).objects.filter(pk=cast.besos.pk).update(regimes=before[0], facts=before[1])
    submission = a_submission(cast, person=PersonGiven(name="Mar"))
    file = bring_first_hand(submission, by=COMPLAINANT, at=days(1)).file
    admit(file, by=office.by, at=days(2))
    with acting(cast):
        Proceeding.objects.filter(case=file).update(about=case)
        asked = Statement.objects.create(
            case=file, entity=cast.besos, side="company", question="Why?", asked_at=days(2)
        )
        hearing = address(
            case, file, Hearing.What.STATEMENT, of=asked.pk, text="Why twice?", by=office.by,
            at=days(2), answer_by=days(400),
        )  # fmt: skip
        point = Grievance.objects.filter(case=file)[0]
        draft = Draft.objects.create(
            case=file, entity=cast.besos, seats=int(Seat.OMBUDSMAN), account=cast.felix,
            form="word", content={"text": "We ha"}, saved_at=days(2),
        )  # fmt: skip
        person = PersonGiven(name="Nil", postal_address="Carrer Major 1")
        paper = a_submission(cast, person=person, answer_channel="letter")
        waiting = bring_first_hand(paper, by=COMPLAINANT, at=days(2)).file
        letter = Letter.objects.get(case=waiting)
        raw = RawMessage.objects.create(
            entity=cast.besos, seats=int(OFFICE_FILE), channel=Case.Channel.WEB_FORM,
            media_type="text/plain", content=b"x", state=RawMessage.State.HELD,
            trouble="unreadable", received_at=days(2),
        )  # fmt: skip
    draft_report(
        cast.besos, 2025, opening=dict.fromkeys(cast.besos.languages, "A year."), closing={},
        by=office.felix, at=days(2),
    )  # fmt: skip
    return {
        "the recommendation": a_recommendation(cast).pk,
        "the recommendation that was answered": _answered(cast).pk,
        "the file": file.reference,
        "the point of the file": point.pk,
        "the draft of the office": draft.pk,
        "the letter of the office": letter.pk,
        "the held message to the office": raw.pk,
        "the hearing": hearing.pk,
        "the appointment": office.appointment.pk,
        "the holder of the office": str(office.felix.pk),
    }


def _answered(cast: Cast) -> Recommendation:
    return answer(
        a_recommendation(cast, title="Trucar abans"), answer="not_followed", text="No.",
        by=cast.carla, at=days(2),
    )  # fmt: skip


# ------------------------------------------------------------------ cases
def _cases(cast: Cast) -> dict[str, Case]:
    """One for each thing that can be done only then. Bruno holds those that somebody holds."""
    found = {
        "new": a_case(cast),
        "enquiry": a_case(cast, kind=Kind.ENQUIRY),
        "thanks": a_case(cast, kind=Kind.THANKS, grievances=()),
        "later": a_case(cast, received_at=hours(1)),
        "merged": a_case(cast, received_at=hours(1)),
        "booked": _booked(cast, THURSDAY_NINE),
        "begun": _booked(cast, MONDAY_NINE),
        "ordered": _ordered(cast),
        "worded order": a_case(cast, kind=Kind.ORDER),
        "confirmed": _ordered(cast, confirm),
        "prepared": _ordered(cast, confirm, prepare),
        "marked": a_case(cast),
        "incomplete": a_case(cast),
        "assessed": a_case(cast, stage=Stage.ASSESSED),
        "protected": a_case(cast, stage=Stage.ASSESSED),
        "open": a_case(cast, stage=Stage.INVESTIGATION),
        "decided": a_case(cast, stage=Stage.DECIDED),
        "offered": a_case(cast, stage=Stage.DECIDED),
        "written": a_case(cast, stage=Stage.DECIDED, submission=_by_post(cast)),
        "answered": a_case(cast, stage=Stage.ANSWERED),
        "held": a_case(cast, stage=Stage.ANSWERED_NOT_SENT),
        "agreed": a_case(cast, stage=Stage.ANSWERED),
        "closed": a_case(cast, stage=Stage.CLOSED),
        "notified": a_case(cast, stage=Stage.ANSWERED),
        "heard": a_case(cast, stage=Stage.ANSWERED),
        "advised": a_case(cast, stage=Stage.ANSWERED),
        "done": a_case(cast, stage=Stage.ANSWERED),
    }
    before = cast.besos.regimes, cast.besos.facts
    under(cast, "eu-gdpr", personal_data_request=True)
    found["extendable"] = a_case(cast, stage=Stage.ASSESSED, kind=Kind.DATA_REQUEST)
    type(cast.besos).objects.filter(pk=cast.besos.pk).update(regimes=before[0], facts=before[1])
    Configuration.objects.update(number=F("number") + 1)
    return found


def _ordered(cast: Cast, *steps: Callable[..., Order]) -> Case:
    """A new connection, which comes along so many steps."""
    words = dict.fromkeys(("es", "ca", "en"), "New connection")
    set_product(cast.besos, "connection", name=words, by=None, at=FRIDAY)
    submission = a_submission(cast, kind=Kind.ORDER)
    product = Product.objects.get(key="connection")
    case = place_order(submission, product=product, at=FRIDAY).registration.case
    for step in steps:
        step(case, by=staff(cast.bruno), at=hours(1))
    return case


MONDAY_NINE = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
THURSDAY_NINE = datetime(2026, 11, 26, 8, 0, tzinfo=UTC)


def _booked(cast: Cast, starts_at: datetime) -> Case:
    """A time at the counter, which is open on Mondays and Thursdays."""
    words = dict.fromkeys(("es", "ca", "en"), "Counter")
    hours = ["mon 09:00-14:00", "thu 09:00-14:00"]
    service = set_service(
        cast.besos, "counter", name=words, place=words, hours=hours, by=None, at=FRIDAY
    )
    submission = a_submission(cast, kind=Kind.BOOKING)
    return book(submission, service=service, starts_at=starts_at, at=FRIDAY).registration.case


def _by_post(cast: Cast) -> Any:
    """Ana without an e-mail address: her letters are printed."""
    return a_submission(
        cast,
        person=PersonGiven(name="Ana Puig", postal_address="Carrer Major 1, 08001 Barcelona"),
        answer_channel=Case.Channel.LETTER,
    )


def _of_the_open_case(cast: Cast, case: Case, ivan: Account, omar: Account) -> dict[str, Any]:
    """Under investigation, complex, with every kind of thing open. Ivan is recused from it."""
    by, lead, at = staff(cast.bruno), staff(cast.carla), hours(10)
    assess(case, severity=2, difficulty="complex", by=by, at=at, give_out=False)
    case.refresh_from_db()
    if case.holder_id != cast.bruno.pk:
        take(case, by=lead, at=at)
        Case.objects.filter(pk=case.pk).update(holder=cast.bruno, team=cast.attention)
    recuse(case, account=ivan, reason="A cousin.", by=lead, at=at)
    line = Entry.objects.filter(case=case).order_by("sequence")[:1]
    found = find(case, text="Twice.", side=Finding.Side.COMPANY, entries=line, by=by, at=at)
    part = give_part(case, member=cast.bruno, task="Read the meter.", by=by, at=at)
    question = ask(case, text="Which month?", by=by, at=at)
    trap = add_document(case, file=keep_file("trap.exe", [b"trap"]), by=COMPLAINANT, at=at)
    note_scan(trap, found="Trap", at=at)
    asked = ask_area(case, area=cast.billing, text="Was it charged twice?", by=by, at=at)
    options = {one.key: one for one in RedressOption.objects.filter(entity=cast.besos)}
    small = offer_redress(case, option=options["apology"], text="Sorry.", by=by, at=at)
    large = offer_redress(
        case, option=options["refund"], amount=Decimal(900), currency="EUR", by=by, at=at
    )
    assert large.state == Redress.State.AWAITING_APPROVAL
    letter = Letter.objects.filter(case=case).order_by("pk")[0]
    return {
        "the finding": found.pk,
        "the line": Entry.objects.filter(case=case).order_by("sequence")[0].pk,
        "the part": part.pk,
        "the question": question.pk,
        "the document in quarantine": trap.pk,
        "the question to the area": asked.pk,
        "the promise": small.pk,
        "the large promise": large.pk,
        "the letter": letter.pk,
        "the point": Grievance.objects.filter(case=case).order_by("ordinal")[0].ordinal,
        "the recused colleague": ivan.pk,
        "the colleague": omar.pk,
        "the handler": cast.bruno.pk,
        "the team": cast.attention.pk,
        "the area": cast.billing.pk,
        "the subject": cast.water_cut.pk,
    }


def _of_the_others(cast: Cast, cases: dict[str, Case]) -> dict[str, Any]:
    """What is offered, agreed, incomplete, marked, to be printed, and told to the area."""
    by, at = staff(cast.bruno), hours(10)
    options = {one.key: one for one in RedressOption.objects.filter(entity=cast.besos)}
    offered = cases["offered"]
    asked_for = offer_redress(
        offered,
        option=options["refund"],
        amount=Decimal(10),
        currency="EUR",
        needs_acceptance=True,
        by=by,
        at=at,
    )
    plain = offer_redress(offered, option=options["repair"], text="A new meter.", by=by, at=at)
    respond(offered, by=by, at=at)
    letters_leave(offered, at)
    Redress.objects.filter(pk=plain.pk).update(state=Redress.State.ACCEPTED)
    request_cure(cases["incomplete"], missing=["The bill"], by=by, at=at)
    Case.objects.filter(pk=cases["marked"].pk).update(is_marked_abuse=True)
    Case.objects.filter(pk=cases["protected"].pk).update(is_protected=True)
    Case.objects.filter(pk=cases["answered"].pk).update(facts={"matter_billing": True})
    Letter.objects.filter(case=cases["held"], kind="response").update(
        next_attempt_at=POSTED_AT + timedelta(seconds=20)
    )
    accept_answer(cases["agreed"], by=COMPLAINANT, at=at)
    written = cases["written"]
    respond(written, by=by, at=at)
    paper = Letter.objects.filter(case=written, state=Letter.State.WAITING).order_by("-pk")[0]
    notice = AreaNotice.objects.create(
        case=cases["closed"],
        entity=cast.besos,
        area=cast.billing,
        complained_of="Charged twice.",
        done="Paid back.",
        by=cast.bruno,
        at=at,
    )
    known = ContactPoint.objects.get(person=cases["assessed"].complainant_id, kind="email")
    just_now = POSTED_AT - timedelta(minutes=1)
    send_identity_code(cases["assessed"], contact_point=known, by=by, at=just_now)
    relation = relate(cases["open"], other=cases["assessed"], by=by, at=at)
    a_consent(cases["new"], cast.bruno)
    begun = Draft.objects.create(
        case=cases["open"],
        entity=cases["open"].entity,
        account=cast.bruno,
        form="question",
        content={"text": "Which"},
        saved_at=at,
    )
    repeated = Repetition.objects.create(
        case=cases["later"],
        entity=cases["later"].entity,
        other=cases["new"],
        signs=["email"],
        at=at,
    )
    joined = merge(
        cases["merged"],
        into=cases["assessed"],
        reason="One bill.",
        is_one_person=True,
        by=by,
        at=at,
    )
    thanks = pass_on(cases["thanks"], area=cast.billing, text="Well done.", by=by, at=at)
    chat = begin(cases["open"], text="Good morning.", language="en", at=at)
    _public_message(cast, at, cases["open"])
    promised = promise_call(
        cases["open"], line=None, number="600 100 200", wished_at=POSTED_AT, by=COMPLAINANT, at=at
    )
    plan = set_duty_plan(cast.besos, cast.complex_team, by=None, at=FRIDAY)
    made = dict.fromkeys(("ca", "es", "en"), "No water")
    incident, gathered = (
        declare(
            cast.besos,
            title=made,
            words=made,
            began_at=FRIDAY,
            expected_end_at=days(2),
            places=["Raval"],
            by=cast.bruno,
            at=at,
        )
        for _number in range(2)
    )
    join(gathered, cases["enquiry"], by=cast.bruno, at=at)
    Person.objects.filter(cases=cases["enquiry"]).update(place="Raval")
    called = CallOut.objects.create(
        case=cases["open"], entity=cast.besos, plan=plan, begun_at=at, next_at=at
    )
    taken = begin(cases["assessed"], text="Good morning.", language="en", at=at)
    Chat.objects.filter(pk=taken.pk).update(taken_by=cast.bruno, taken_at=at)
    return {
        "the taken chat": taken.pk,
        "the relation": relation.pk,
        "the known address": known.pk,
        "the case merge": joined.pk,
        "the repetition": repeated.pk,
        "the draft of the handler": begun.pk,
        "the call-out": called.pk,
        "the incident": incident.pk,
        "the incident's line": incident.lines.get().pk,
        "the gathered incident": gathered.pk,
        "the open case itself": cases["open"].pk,
        "the chat": chat.pk,
        "the public message": signed(_public_message(cast, at)),
        "the fresh form": str(new_token()),
        "the promised call": promised.pk,
        "the offer": asked_for.pk,
        "the agreed redress": plain.pk,
        "the letter on paper": paper.pk,
        "the notice": notice.pk,
        "the product": Product.objects.get(key="connection").pk,
        "the account of carla": f"staff-{cast.carla.pk}",
        "the thanks to the area": thanks.pk,
        "the participant": let_somebody_in(
            cases["open"],
            Invited(
                name="Joan Pi",
                role="companion",
                scope="read",
                language="ca",
                email="joan@example.org",
            ),
            by=COMPLAINANT,
            at=at,
        ).participant.pk,
    }


def _public_message(cast: Cast, at: datetime, case: Case | None = None) -> PublicMessage:
    """One whose author is asked; for a case, one that they agreed to."""
    message = note_public_message(
        cast.besos,
        network="Mastodon",
        address="https://mastodon.example/1",
        author="@ana",
        text="Nobody comes.",
        kind=Kind.COMPLAINT,
        language="en",
        seen_at=at,
        case=case,
        viewer=viewer_of(cast.bruno),
        by=cast.bruno,
        at=at,
    )
    if case is not None:
        agree(message, person=PersonGiven(), origin=NOWHERE, secret="", at=at)
    return message


def _change_codes(cases: dict[str, Case]) -> None:
    """Every case gets a new access code: who came with the old one is let in no more."""
    digest = digest_of("ABCDEFGHJKMN", key=settings.SECRET_KEY)
    Case.objects.filter(pk__in=[case.pk for case in cases.values()]).update(
        access_code_digest=digest
    )


# ------------------------------------------------------------------ the house
def _of_the_house(cast: Cast) -> dict[str, Any]:
    """What is not of one case: held posts, rejected rows, targets, closed days."""
    by = cast.join("second_admin", Role.ADMINISTRATOR)
    words = {"es": "Nuestro plazo", "ca": "El nostre termini", "en": "Ours"}
    with acting(cast):
        salt = chain.draw_salt()
        raw = RawMessage.objects.create(
            entity=cast.besos,
            channel=Case.Channel.WEB_FORM,
            content=b"\xff",
            salt=salt,
            salted_digest=chain.salted_digest(salt, {"sha256": "0"}),
            received_at=FRIDAY,
            state=RawMessage.State.HELD,
        )
        file = ImportedFile.objects.create(
            entity=cast.besos,
            name="old.csv",
            mapping="spreadsheet",
            source="old",
            sha256="0" * 64,
            begun_at=FRIDAY,
        )
        reject = ImportReject.objects.create(
            entity=cast.besos, file=file, record=1, line=2, content=b"?", reason="No date.",
            rejected_at=FRIDAY,
        )  # fmt: skip
        scan = keep_scan(
            b"%PDF-1.7", entity=cast.besos, name="letter.pdf", media_type="application/pdf",
            channel=Case.Channel.LETTER, received_at=FRIDAY, at=FRIDAY,
        )  # fmt: skip
        assert scan is not None
        RawMessage.objects.filter(pk=scan.pk).update(state=RawMessage.State.HELD)
    target = set_target(
        cast.besos, "respond", name=words, length=10, unit="calendar_days", by=by, at=FRIDAY
    )
    closure = add_closure(cast.besos, date(2027, 9, 24), name=words, by=by, at=FRIDAY)
    box = set_mailbox(cast.besos, "besos-box", address="box@besos.example", by=by, at=FRIDAY)
    with acting(cast):
        spam = RawMessage.objects.create(
            entity=cast.besos,
            channel=Case.Channel.EMAIL,
            content=b"Subject: x\r\n\r\nx\r\n",
            salt=salt,
            salted_digest=chain.salted_digest(salt, {"sha256": "0"}),
            received_at=FRIDAY,
            state=RawMessage.State.HELD,
            trouble="spam",
        )
        Mail.objects.create(raw=spam, entity=cast.besos, seats=3, mailbox=box, subject="x")
    set_gateway(cast.besos, "main", sender="600 900 100", by=by, at=FRIDAY)
    set_chat_desk(cast.besos, by=by, at=FRIDAY)
    change_entity(cast.besos, embedding_sites=["https://shop.example"], by=by, at=FRIDAY)
    told = {
        key: set_webhook(
            cast.besos, key, address="https://systems.example/", events=["case.erased"], by=by,
            at=FRIDAY,
        )
        for key in ("billing", "paused")
    }  # fmt: skip
    Subscription.objects.filter(key="paused").update(paused_at=FRIDAY, paused_why="silent")
    given_up = Announcement.objects.create(
        subscription=told["billing"], event="case.erased", body="{}", state="failed"
    )
    line = set_line(cast.besos, "faults", name="Avaries", number="900 106 240", by=by, at=FRIDAY)
    with acting(cast):
        call = begin_by_hand(
            cast.besos, line=line, number="600 100 200", viewer=viewer_of(cast.bruno),
            by=cast.bruno, at=FRIDAY,
        )  # fmt: skip
        Call.objects.filter(pk=call.pk).update(taken_by=None)
        abandoned = Call.objects.create(
            entity=cast.besos, line=line, name_at_switch="c1", caller="+34600100300",
            state=Call.State.ABANDONED, abandoned_at=days(3), last_event_at=days(3),
        )  # fmt: skip
    article = an_article(cast.besos, "hours", shelf="hours", by=by)
    office = a_body("the-office", kind="adr_entity", by=by)
    a_body("the-board", by=by)
    joined = join_a_body(cast.besos, "the-board", valid_from=date(2026, 1, 1), by=by, at=FRIDAY)
    issue_token("old system", cast.besos, ["cases:register"], by=None, at=FRIDAY)
    return {
        "the article": article.pk,
        "the token": ApiToken.objects.get(name="old system").pk,
        "the telephone line": f"line {line.pk}",
        "the call": call.pk,
        "the abandoned call": abandoned.pk,
        "the event given up": given_up.pk,
        "the scan": scan.pk,
        "the held post": raw.pk,
        "the held spam": spam.pk,
        "the rejected row": reject.pk,
        "the body": office.pk,
        "the adhesion": joined.pk,
        "the target": target.pk,
        "the closed day": closure.pk,
        "the category": cast.water_cut.pk,
    }


def _of_accounts(cast: Cast) -> dict[str, Any]:
    office = Team.objects.create(key="office", name={"en": "Office"}, purpose="ombudsman")
    office.entities.set([cast.besos])
    RoleGrant.objects.create(
        account=cast.felix, role=Role.OMBUDSMAN, team=office, granted_at=FRIDAY
    )
    question = OfficeRequest.objects.create(
        step=OfficeRequest.Step.GRANT_ROLE,
        account=Account.objects.create_account(username="vera", name="Vera"),
        role=Role.OMBUDSMAN_CLERK,
        team=office,
        asked_by=cast.others["second_admin"],
        asked_at=FRIDAY,
    )
    grant = RoleGrant.objects.get(account=cast.others["omar"], ended_at=None)
    absence = Absence.objects.create(
        account=cast.others["nuria"],
        from_on=date(2026, 12, 7),
        to_on=date(2026, 12, 11),
        recorded_at=FRIDAY,
    )
    return {
        "the question to the office": question.pk,
        "the role of omar": grant.pk,
        "the absence": absence.pk,
    }


# ------------------------------------------------------------------ who else comes
def _strangers(cast: Cast) -> dict[str, Any]:
    """Who looks like somebody with rights, and has them elsewhere, no more, or not yet."""
    two_hats = cast.join("zoe", Role.LEAD, cast.elsewhere)
    grant = RoleGrant.objects.create(account=two_hats, role=Role.AUDITOR, granted_at=FRIDAY)
    grant.entities.set([cast.besos])
    gone = cast.join("olga", Role.LEAD)
    enter_gone = signed_in(gone)
    Account.objects.filter(pk=gone.pk).update(is_active=False)
    revoked = with_token(cast.besos, "revoked", "cases:read", "cases:write", "cases:register")
    revoke_token("revoked", by=None, at=FRIDAY)
    return {
        "two_hats": signed_in(two_hats),
        "former_colleague": enter_gone,
        "without_second_factor": signed_in(cast.join("pau", Role.LEAD), second_factor=False),
        "revoked": revoked,
        "writer_elsewhere": with_token(
            cast.ipe, "elsewhere_all", "cases:read", "cases:write", "cases:register"
        ),
    }
