"""What becomes of what everybody posts everywhere: the table that ``test_posts.py`` walks.

An address that takes posts, and an act of the desk, that is not in it fails the test. Names that
begin with “the” stand for what ``post_world.py`` made.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.architecture.access_table import NOT_STAFF, PROGRAMS, STAFF, VIEWERS

# Rights elsewhere, rights that ended, rights that are not proved yet.
STRANGERS = (
    "two_hats",
    "former_colleague",
    "without_second_factor",
    "former_complainant",
    "revoked",
    "writer_elsewhere",
)
POSTERS = (*VIEWERS, *STRANGERS)
SENT_TO_SIGN_IN = (*NOT_STAFF, *STRANGERS[1:])

DONE = "done"  # It was done: rows changed.
SHOWN = "shown"  # A page, or the way to one; nothing changed.
AGAIN = "again"  # The form again, with what is wrong in it (422).
REFUSED = "refused"  # A rule says why not (409).
FORBIDDEN = "forbidden"  # Not for this role (403).
NOTHING = "nothing"  # Not there, or not to be seen (404).
SIGN_IN = "sign-in"  # Sent to the sign-in of the staff.
ASKED = "asked"  # Asked for reference and access code.
UNKNOWN = "unknown"  # A program without a living token (401).

Outcomes = dict[str, str]


@dataclass(frozen=True, kw_only=True)
class Post:
    """One thing that is posted, and what becomes of it for everybody.

    ``fills``: the page's own form comes first, filled in as it is shown; ``data`` goes over it.
    ``keeps``: tables to which even a refused post adds, since what arrives is kept.
    """

    name: str
    outcomes: Outcomes
    arguments: Mapping[str, Any] = field(default_factory=dict)
    query: Mapping[str, Any] = field(default_factory=dict)
    data: Mapping[str, Any] = field(default_factory=dict)
    fills: bool = False
    keeps: frozenset[str] = frozenset()
    method: str = "post"

    @property
    def label(self) -> str:
        """How a failing test names it."""
        noun = self.arguments.get("noun") or self.arguments.get("name") or ""
        return f"{self.method} {self.name} {noun}".strip()

    @property
    def doers(self) -> list[str]:
        """For whom it is done, or shown."""
        return [who for who in POSTERS if self.outcomes[who] in {DONE, SHOWN}]


def everybody(outcome: str, **others: str) -> Outcomes:
    """The same for everybody but those named. Whoever has to set up their second factor first is
    led there from every page.
    """
    return dict.fromkeys(POSTERS, outcome) | {"without_second_factor": SIGN_IN} | others


def staff(*doing: str, outcome: str = DONE, otherwise: str = FORBIDDEN, **others: str) -> Outcomes:
    """A page of the desk: whoever is no staff, or not any more, is sent to the sign-in."""
    return (
        everybody(otherwise)
        | dict.fromkeys(SENT_TO_SIGN_IN, SIGN_IN)
        | dict.fromkeys(doing, outcome)
        | others
    )


SEE_THE_CASE = ("agent", "handler", "lead", "approver", "auditor", "two_hats")
WORK = ("agent", "handler", "lead")
HANDLE = ("handler", "lead")


def of_case(*doing: str, outcome: str = DONE, otherwise: str = REFUSED) -> Outcomes:
    """An act on a case of Besòs: refused to whoever sees the case and may not do it."""
    return staff(
        *doing,
        outcome=outcome,
        otherwise=otherwise,
        elsewhere=NOTHING,
        recused=NOTHING,
        area=FORBIDDEN,
        ombudsman=FORBIDDEN,
        administrator=FORBIDDEN,
    )


def _act(
    noun: str,
    case: str,
    *doing: str,
    item: Any = None,
    others: Any = None,
    **data: Any,
) -> Post:
    arguments = {"reference": f"the {case} case", "noun": noun}
    if item is not None:
        arguments["item"] = item
    return Post(
        name="desk:act" if item is None else "desk:act_on",
        arguments=arguments,
        data=data,
        outcomes={**of_case(*doing), **(others or {})},
    )


MARIA: dict[str, Any] = {
    "name": "Maria Ros",
    "role": "companion",
    "email": "maria@example.org",
    "language": "ca",
    "scope": "read",
}
REASON: dict[str, Any] = {"reason": "It was found out."}
WHAT_ASSESSED: dict[str, Any] = {
    "severity": 2, "difficulty": "simple", "people_affected": 1, "is_admissible": "yes",
}  # fmt: skip

BY_ANA: dict[str, Any] = {"side": "complainant"}

ACTS: list[Post] = [
    _act("mark", "marked", *WORK, **REASON),
    _act("cure-request", "new", *HANDLE, missing="The bill"),
    _act("cure", "incomplete", *WORK, text="It came."),
    _act("assessment", "new", *HANDLE, **WHAT_ASSESSED),
    _act("becoming", "new", *HANDLE, kind="enquiry", **REASON),
    _act("becoming", "enquiry", *WORK, kind="complaint", **REASON),
    _act("thanks", "thanks", *WORK, whom="the account of carla", text="Well done, all of you."),
    _act("attendance", "begun", *WORK),
    _act("absence", "begun", *WORK, note="Nobody opened."),
    _act("order", "worded order", *WORK, item="the product"),
    _act("order-confirmation", "ordered", *WORK, words="On Tuesday."),
    _act("order-preparation", "confirmed", *WORK, words=""),
    _act("order-delivery", "prepared", *WORK, words="Delivered."),
    _act("order-cancellation", "ordered", *WORK, **REASON),
    _act("booking-move", "booked", *WORK, slot="20261126T0900Z"),
    _act("booking-cancellation", "booked", *WORK, **REASON),
    _act("taking", "new", *HANDLE),
    _act("assignment", "new", "lead", team="the team", holder="the handler", reason="Because."),
    _act("handover", "assessed", *HANDLE, **REASON),
    _act("call-back", "assessed", *WORK, number="600 100 200", when="2026-11-24T11:00:00+01:00"),
    _act("part", "open", *HANDLE, member="the colleague", task="Look."),
    _act("parts", "open", "handler", item="the part", outcome="It is done."),
    _act(
        "quarantine", "open", "lead", item="the document in quarantine", verdict="stays", **REASON
    ),
    # Whoever does not lead is offered themselves only.
    _act(
        "recusal",
        "open",
        "lead",
        account="the colleague",
        others=dict.fromkeys(("agent", "handler", "approver"), AGAIN),
        **REASON,
    ),
    _act(
        "recusal",
        "new",
        "lead",
        "handler",
        account="the handler",
        others=dict.fromkeys(("agent", "approver"), AGAIN),
        **REASON,
    ),
    _act("recusals", "open", "lead", item="the recused colleague", **REASON),
    _act("message", "open", *WORK, text="Good day."),
    _act("note", "open", *WORK, "approver", text="Between us."),
    _act("question", "assessed", *HANDLE, text="Which month?"),
    _act("questions", "open", *HANDLE, item="the question"),
    _act("area-question", "assessed", *HANDLE, area="the area", text="Was it?"),
    _act("area-answers", "open", *HANDLE, item="the question to the area", text="It was."),
    _act("received-message", "open", *WORK, channel="telephone", text="She called."),
    _act("document", "open", *WORK, side="company"),
    _act("dossier", "closed", *HANDLE, body="Junta Arbitral", copy="full", language="ca"),
    _act("finding", "open", *HANDLE, text="Twice.", side="company", entries=["the line"]),
    _act("findings", "open", *HANDLE, item="the finding", **REASON),
    _act("decision", "open", *HANDLE, item="the point", outcome="upheld", reasons="Two charges."),
    _act("redress", "assessed", *HANDLE, option="apology", currency="EUR", text="Sorry."),
    _act("redress-withdrawal", "open", *HANDLE, item="the promise", **REASON),
    _act("approval", "open", "approver", item="the large promise", answer="yes"),
    _act("settlement", "offered", *HANDLE, item="the offer", answer="yes"),
    _act("execution", "offered", *HANDLE, item="the agreed redress", proof_text="No. 7."),
    _act("response", "decided", *HANDLE, opening="Good day."),
    _act("answer-taken-back", "held", *HANDLE),
    _act("extension", "extendable", *HANDLE, length=1, reason="Many."),
    _act("delay-notice", "assessed", *HANDLE, expected_on="2026-12-01", reason="The meter."),
    _act("acceptance", "answered", *HANDLE, channel="telephone"),
    _act("contest", "answered", *HANDLE, channel="telephone", reasons="It is wrong."),
    _act("withdrawal", "new", *HANDLE, channel="telephone"),
    _act("body-turned-to", "answered", *HANDLE, body="kind:court", filed_on="2026-11-21", **BY_ANA),
    _act(
        "body-notice",
        "answered",
        *HANDLE,
        body="kind:court",
        answer_by="2026-12-09",
        notified_at="2026-11-23T10:00",
        text="What happened?",
        **BY_ANA,
    ),
    _act("body-part", "notified", *HANDLE, item="the notified body", takes_part="yes"),
    _act(
        "body-position",
        "notified",
        *HANDLE,
        item="the notified body",
        side="company",
        text="It was paid.",
    ),
    _act(
        "body-hearing",
        "notified",
        *HANDLE,
        item="the notified body",
        minutes=60,
        starts_at="2026-12-01T10:00",
        place="Room 2",
    ),
    _act("hearing-change", "heard", *HANDLE, item="the hearing date", what="cancelled"),
    _act("body-proposal", "notified", *HANDLE, item="the notified body", text="Half of it."),
    _act(
        "proposal-answer", "heard", *HANDLE, item="the proposal", side="company", answer="accepted"
    ),
    _act(
        "body-result",
        "notified",
        *HANDLE,
        item="the notified body",
        result="no_agreement",
        concluded_on="2026-11-23",
        text="No agreement.",
    ),
    _act("body-following", "advised", *HANDLE, item="the advising body", follows="yes"),
    _act("body-end", "done", *HANDLE, item="the body that is done"),
    _act("closure", "agreed", *HANDLE, reason="agreed"),
    _act("reopening", "closed", *HANDLE, **REASON),
    _act("measure", "closed", *HANDLE, text="Bills are checked."),
    _act("receipt-moment", "new", *HANDLE, received_at="2026-11-19T10:00", **REASON),
    _act("kind", "new", *HANDLE, kind="claim", **REASON),
    _act("category", "new", *HANDLE, category="the subject", **REASON),
    _act("facts", "answered", *HANDLE, fact_matter_billing="no", **REASON),
    _act("address", "new", *HANDLE, kind="email", value="ana.puig@example.org", **REASON),
    _act("person", "new", *HANDLE, name="Pere Mas", **REASON),
    _act("title", "new", *HANDLE, subject="Two bills", **REASON),
    _act("letter-correction", "open", *HANDLE, item="the letter", body="Good day.", **REASON),
    _act("access-code", "open", *WORK, way="here", identity_check="Identity card."),
    _act("links", "open", *WORK),
    # Who complained is known to the holder and to whoever is trusted with it: no agent.
    _act("note", "protected", *HANDLE, "approver", others={"agent": NOTHING}, text="Between us."),
    _act("message", "protected", *HANDLE, others={"agent": NOTHING}, text="Good day."),
    _act("identity", "assessed", *WORK, point="the known address"),
    _act("identity-code", "assessed", *WORK, code="123 456"),
    _act("participant", "new", *HANDLE, **MARIA, basis="A signed form."),
    _act("participants", "open", *HANDLE, item="the participant", **REASON),
    _act("relation", "new", *HANDLE, reference="the assessed case"),
    _act("relations", "open", *HANDLE, item="the relation"),
    _act("merger", "later", *HANDLE, reference="the new case", whose="same", **REASON),
    _act("repetitions", "later", *WORK, item="the repetition", **REASON),
    _act("mergers", "merged", *HANDLE, item="the case merge", **REASON),
    _act(
        "split", "new", *HANDLE, points="2", subject="Nobody answered", kind="complaint", **REASON
    ),
    _act("protection", "new", *HANDLE, **REASON),
    _act("protection-end", "protected", "lead", others={"agent": NOTHING}, **REASON),
    Post(
        name="desk:act",
        method="delete",
        arguments={"reference": "the closed case", "noun": "closure"},
        data=REASON,
        outcomes=of_case(*HANDLE),
    ),
]


def _of_what_is_held(*doing: str) -> Outcomes:
    """What could not be read at Besòs: whoever audits sees it, and lets it lie."""
    return staff(*WORK, *doing, auditor=REFUSED, two_hats=REFUSED, elsewhere=NOTHING)


def _of_a_call(**others: str) -> Outcomes:
    """A call to Besòs that no team has to itself: whoever registers there takes part."""
    doing = staff(*WORK, "recused", elsewhere=NOTHING, two_hats=NOTHING)
    return doing | others


INCIDENT: dict[str, Any] = {
    **dict.fromkeys(("title_ca", "title_es", "title_en"), "No water"),
    **dict.fromkeys(("words_ca", "words_es", "words_en"), "A main broke."),
    "began_at": "2026-11-20T08:00",
    "expected_end_at": "2026-11-29T20:00",
    "places": "Raval",
}
CALLED: dict[str, Any] = {
    "kind": "enquiry",
    "category": "",
    "narrative": "When do you open?",
    "name": "Nil Vives",
    "email": "nil@example.org",
    "language": "es",
    "answer_channel": "email",
    "token": "said on the telephone",
}

# What is known at Besòs is read by whoever sees its cases.
READS_ARTICLES = {
    **dict.fromkeys(("agent", "handler", "approver", "auditor", "recused", "two_hats"), REFUSED),
    "elsewhere": NOTHING,
}
ARTICLE: dict[str, Any] = {
    "shelf": "hours",
    "entities": ["besos"],
    **{f"title_{code}": "Opening hours" for code in ("ca", "es", "en")},
    **{f"body_{code}": "From nine to two." for code in ("ca", "es", "en")},
}


PUBLIC_MESSAGE = {
    "network": "Mastodon",
    "address": "https://mastodon.example/1",
    "author": "@ana",
    "text": "Nobody comes.",
    "seen_at": "2026-11-20T09:00",
    "language": "ca",
    "kind": "complaint",
}

DESK: list[Post] = [
    Post(
        name="desk:register",
        query={"entity": "besos"},
        fills=True,
        data={
            "name": "Nil Vives",
            "narrative": "It is wrong.",
            "email": "nil@example.org",
            "language": "es",
        },
        outcomes=staff(*WORK, "recused", elsewhere=NOTHING, two_hats=NOTHING),
    ),
    Post(
        name="desk:letter",
        arguments={"letter_id": "the letter on paper"},
        data={"do": "hand-over"},
        outcomes=of_case(*WORK),
    ),
    Post(
        name="desk:calls",
        data={"line": "the telephone line", "number": "600 100 200"},
        outcomes=staff(*WORK, "recused", elsewhere=AGAIN, two_hats=AGAIN),
    ),
    Post(
        name="desk:call",
        arguments={"call_id": "the call"},
        data={"do": "take"},
        outcomes=_of_a_call(),
    ),
    Post(
        name="desk:call_contact",
        arguments={"call_id": "the call"},
        data=CALLED | {"step": "save"},
        outcomes=_of_a_call(),
    ),
    Post(
        name="desk:call_words",
        arguments={"call_id": "the call"},
        data={"reference": "the open case", "text": "It happened again."},
        outcomes=_of_a_call(recused=AGAIN),
        keeps=frozenset({"casefile_rawmessage"}),
    ),
    Post(
        name="desk:office_act",
        arguments={"reference": "the file", "noun": "deliberation"},
        data={"text": "Ask for the original."},
        outcomes=staff("ombudsman"),
    ),
    Post(
        name="desk:office_act_on",
        arguments={"reference": "the file", "noun": "conclusion", "item": "the point of the file"},
        data={"outcome": "not_upheld", "reasons": "Nothing shows it."},
        outcomes=staff("ombudsman"),
    ),
    Post(
        name="desk:office_print",
        data={"entity": "besos"},
        outcomes=staff("ombudsman"),
    ),
    Post(
        name="desk:office_letter",
        arguments={"letter_id": "the letter of the office"},
        data={"do": "hand-over"},
        outcomes=staff("ombudsman"),
    ),
    Post(
        name="desk:office_held_message",
        arguments={"raw_id": "the held message to the office"},
        data={"do": "aside", "reason": "An advertisement."},
        outcomes=staff("ombudsman"),
    ),
    Post(
        name="desk:office_draft",
        arguments={"reference": "the file", "name": "deliberation"},
        data={"text": "Ask for the or"},
        outcomes=staff("ombudsman"),
    ),
    Post(
        name="desk:office_draft_drop",
        arguments={"reference": "the file", "draft_id": "the draft of the office"},
        outcomes=staff("ombudsman"),
    ),
    Post(
        name="desk:office_declaration",
        data={"has_ties": "no", "ties": ""},
        outcomes=staff("ombudsman"),
    ),
    Post(
        name="desk:office_programs",
        data={"name": "Robot", "entity": "besos", "days": "30"},
        outcomes=staff("ombudsman"),
    ),
    Post(
        name="desk:office_recommendation_new",
        data={
            "entity": "besos",
            "title": "A picture",
            "text": "Always.",
            "answer_by": "2199-01-01",
        },
        outcomes=staff("ombudsman"),
    ),
    Post(
        name="desk:office_recommendation",
        arguments={"number": "the recommendation that was answered"},
        data={"outcome": "not_done", "text": "Nothing came."},
        outcomes=staff("ombudsman"),
    ),
    Post(
        name="desk:office_report",
        arguments={"entity_key": "besos", "year": 2026},
        data={"opening_ca": "Un any."},
        outcomes=staff("ombudsman"),
    ),
    Post(
        name="desk:office_report_publication",
        arguments={"entity_key": "besos", "year": 2025},
        outcomes=staff("ombudsman"),
    ),
    Post(
        name="desk:recommendation",
        arguments={"number": "the recommendation"},
        data={
            "act": "answered",
            "answer": "followed",
            "text": "We will.",
            "do_by": "2199-01-01",
        },
        outcomes=staff("lead", "approver", auditor=REFUSED, two_hats=REFUSED),
    ),
    Post(
        name="desk:hearing",
        arguments={"number": "the hearing"},
        data={"text": "It was a mistake."},
        outcomes=staff(*HANDLE, auditor=AGAIN, two_hats=AGAIN, elsewhere=NOTHING, recused=NOTHING),
    ),
    Post(
        name="desk:hearing_proposal",
        arguments={"number": "the hearing"},
        data={"option": "apology", "text": "We are sorry.", "answer_by": "2026-12-04"},
        outcomes=staff(*HANDLE, two_hats=AGAIN, elsewhere=NOTHING, recused=NOTHING),
    ),
    Post(
        name="desk:order_new",
        query={"entity": "besos", "product": "connection"},
        data={
            "channel": "telephone",
            "language": "es",
            "name": "Ana Puig",
            "telephone": "600 100 200",
        },
        outcomes=staff(*WORK, "recused", elsewhere=NOTHING, two_hats=NOTHING),
    ),
    Post(
        name="desk:booking_new",
        query={"entity": "besos", "service": "counter"},
        data={
            "slot": "20261126T0930Z",
            "channel": "telephone",
            "language": "es",
            "name": "Ana Puig",
            "telephone": "600 100 200",
        },
        outcomes=staff(*WORK, "recused", elsewhere=NOTHING, two_hats=NOTHING),
    ),
    Post(
        name="desk:counter",
        query={"entity": "besos"},
        fills=True,
        data={
            "name": "Nil Vives",
            "narrative": "It is wrong.",
            "email": "nil@example.org",
            "language": "es",
            "step": "save",
        },
        outcomes=staff(*WORK, "recused", elsewhere=NOTHING, two_hats=NOTHING),
    ),
    Post(
        name="desk:papers",
        arguments={"reference": "the open case"},
        data={"what": "A bill.", "pages": 2},
        outcomes={**of_case(*WORK), "approver": FORBIDDEN, "auditor": FORBIDDEN},
    ),
    Post(
        name="desk:scan_in",
        data={"entity": "besos", "channel": "letter", "received_at": "2026-11-20T09:00"},
        outcomes=staff(*WORK, "recused", elsewhere=AGAIN, two_hats=AGAIN),
    ),
    Post(
        name="desk:scan",
        arguments={"raw_id": "the scan"},
        data={"do": "aside", "reason": "An advertisement."},
        outcomes={**_of_what_is_held("recused"), "approver": NOTHING},
    ),
    Post(
        name="desk:print",
        data={"entity": "besos"},
        outcomes=staff(*WORK, recused=REFUSED, elsewhere=NOTHING, two_hats=NOTHING),
    ),
    Post(
        name="desk:give_out",
        query={"queue": "open"},
        data={"cases": ["the new case"], "holder": "", "reason": ""},
        outcomes=staff("lead", two_hats=SHOWN),
    ),
    Post(
        name="desk:leaving",
        arguments={"username": "bruno"},
        data={"reason": "Leaves."},
        outcomes=staff("lead", two_hats=NOTHING),
    ),
    Post(
        name="desk:call_return",
        arguments={"call_id": "the abandoned call"},
        data={"result": "no_answer"},
        outcomes=_of_a_call(),
    ),
    Post(
        name="desk:call_back",
        arguments={"call_back_id": "the promised call"},
        data={"do": "try", "result": "no_answer"},
        outcomes={
            **of_case(*WORK, otherwise=NOTHING),
            "approver": FORBIDDEN,
            "auditor": FORBIDDEN,
        },
    ),
    Post(
        name="desk:chats",
        data={"do": "arrive"},
        outcomes=staff(*WORK, "elsewhere", "recused", "two_hats"),
    ),
    Post(
        name="desk:chat",
        arguments={"chat_id": "the chat"},
        data={"do": "take"},
        outcomes={**of_case(*WORK), "approver": FORBIDDEN, "auditor": FORBIDDEN},
    ),
    Post(
        name="desk:article_new",
        data=ARTICLE | {"key": "leak", "publish": "1"},
        outcomes=staff("lead", "administrator", two_hats=AGAIN),  # A lead of Ipê.
    ),
    Post(
        name="desk:article",
        arguments={"key": "hours"},
        data={"do": "withdraw"},
        outcomes=staff("lead", "administrator", **READS_ARTICLES),
    ),
    Post(
        name="desk:guidance",
        query={"entity": "besos"},
        data={"days": "5"},
        outcomes=staff("lead", "administrator", **READS_ARTICLES),
    ),
    Post(
        name="desk:sheet_edit",
        arguments={"entity_key": "besos", "sheet_key": "kind-complaint"},
        data={f"brief_{code}": "Listen." for code in ("ca", "es", "en")},
        outcomes=staff("lead", "administrator", two_hats=NOTHING),
    ),
    Post(
        name="desk:beside",
        query={"entity": "besos"},
        data={"kind": "complaint", "manner": "reserved"},
        outcomes=staff(*WORK, "recused", outcome=SHOWN, elsewhere=NOTHING, two_hats=NOTHING),
    ),
    Post(
        name="desk:look",
        data={"entity": "besos", "q": "hours"},
        outcomes=staff(*WORK, "recused", outcome=SHOWN, elsewhere=NOTHING, two_hats=NOTHING),
    ),
    Post(
        name="desk:case_guidance",
        arguments={"reference": "the open case"},
        data={"manner": "reserved"},
        outcomes={**of_case(*WORK), "approver": FORBIDDEN, "auditor": FORBIDDEN},
    ),
    Post(
        name="desk:put_article",
        arguments={"reference": "the open case", "version_id": "the article"},
        data={"text": "Good morning."},
        outcomes={**of_case(*WORK), "approver": FORBIDDEN, "auditor": FORBIDDEN},
    ),
    Post(
        name="desk:chat_article",
        arguments={"chat_id": "the taken chat", "version_id": "the article"},
        data={"text": "Good morning."},
        outcomes={**of_case("handler"), "approver": FORBIDDEN, "auditor": FORBIDDEN},
    ),
    Post(
        name="desk:article_edit",
        arguments={"key": "hours"},
        data=ARTICLE,
        outcomes=staff("lead", "administrator", two_hats=NOTHING),
    ),
    Post(
        name="desk:public_message_new",
        query={"entity": "besos"},
        data=PUBLIC_MESSAGE,
        outcomes=staff(*WORK, "recused", elsewhere=NOTHING, two_hats=NOTHING),
    ),
    Post(
        name="desk:incident_new",
        query={"entity": "besos"},
        data=INCIDENT,
        outcomes=staff(*HANDLE, "recused", elsewhere=NOTHING, two_hats=NOTHING),
    ),
    Post(
        name="desk:incident",
        arguments={"incident_id": "the incident"},
        data={"do": "join", "case": "the open case itself"},
        outcomes={**of_case(*WORK), "approver": REFUSED, "auditor": REFUSED},
    ),
    Post(
        name="desk:incident_answer",
        arguments={"incident_id": "the gathered incident"},
        data=dict.fromkeys(("words_ca", "words_es", "words_en"), "It is mended."),
        outcomes=staff(*HANDLE, "recused", elsewhere=NOTHING, two_hats=REFUSED),
    ),
    Post(
        name="desk:incident_send",
        arguments={"incident_id": "the incident", "line_id": "the incident's line"},
        outcomes=staff(*HANDLE, "recused", elsewhere=NOTHING, two_hats=REFUSED),
    ),
    Post(
        name="desk:duty",
        data={"do": "take", "of": "the call-out"},
        outcomes={**of_case(*WORK), "approver": FORBIDDEN, "auditor": FORBIDDEN},
    ),
    Post(
        name="desk:held_message",
        arguments={"raw_id": "the held post"},
        data={"do": "aside", "reason": "An advertisement."},
        outcomes=_of_what_is_held("recused"),
    ),
    # Whoever takes no part in a case does not see it, and so files nothing in it.
    Post(
        name="desk:held_message",
        arguments={"raw_id": "the held post"},
        data={"do": "file", "reference": "the open case", "text": "It happened again."},
        outcomes={**_of_what_is_held(), "recused": AGAIN},
    ),
    Post(
        name="desk:spam",
        data={"do": "spam", "mail": "the held spam"},
        outcomes={**_of_what_is_held("recused"), "elsewhere": AGAIN},
    ),
    Post(
        name="desk:held_row",
        arguments={"reject_id": "the rejected row"},
        data={"do": "aside", "reason": "An empty line."},
        outcomes=_of_what_is_held("recused"),
    ),
    Post(
        name="desk:inquiry",
        arguments={"inquiry_id": "the question to the area"},
        data={"text": "It was charged twice."},
        outcomes=staff("area", recused=NOTHING),
    ),
    Post(
        name="desk:thanks_read",
        arguments={"thanks_id": "the thanks to the area"},
        outcomes=staff("area", otherwise=NOTHING),
    ),
    Post(
        name="desk:area_notice",
        arguments={"notice_id": "the notice"},
        outcomes=staff("area", recused=NOTHING),
    ),
    Post(
        name="desk:team",
        query={"team": "attention", "of": "bruno"},
        data={"cases": ["the assessed case"], "holder": "carla", "reason": "Because."},
        outcomes=staff("lead", two_hats=AGAIN),
    ),
    # Records of whom somebody corrects a case; whoever only audits sees them.
    Post(
        name="desk:persons",
        query={"q": "the open case"},
        data={
            "kept": "the person of the open case",
            "absorbed": "the person of the assessed case",
            **REASON,
        },
        outcomes=staff(*HANDLE, auditor=AGAIN, two_hats=AGAIN, elsewhere=AGAIN, recused=AGAIN),
    ),
    Post(
        name="desk:person",
        arguments={"person_id": "the person of the open case"},
        data={
            "entity": "besos",
            "given_at": "2026-11-20T09:00",
            "occasion": "own_wish",
            "channel": "telephone",
            "giver": "person",
            "language": "es",
            "words": "Yes.",
            "version": "M-12",
        },
        outcomes=staff(*WORK, auditor=SHOWN, two_hats=SHOWN, elsewhere=NOTHING, recused=NOTHING),
    ),
    Post(
        name="desk:person",
        arguments={"person_id": "the person of the new case"},
        data={"withdraw": "besos", "through": "telephone"},
        outcomes=staff(*WORK, auditor=SHOWN, two_hats=SHOWN, elsewhere=NOTHING, recused=NOTHING),
    ),
    Post(
        name="desk:person_parting",
        arguments={"merge_id": "the merge"},
        outcomes=staff(
            *HANDLE, auditor=REFUSED, two_hats=REFUSED, elsewhere=NOTHING, recused=NOTHING
        ),
    ),
    # Whoever has nothing there is shown so, whatever they wish to drop.
    Post(
        name="desk:unsent",
        data={"drop": 1},
        outcomes=staff(*STAFF, "two_hats", outcome=SHOWN),
    ),
    # One's own days, those of whoever one leads, and everybody's for an administrator.
    Post(
        name="desk:absences",
        data={"who": "nuria", "from_on": "2027-01-04", "to_on": "2027-01-08"},
        outcomes=staff("agent", "lead", "administrator", otherwise=AGAIN),
    ),
    Post(
        name="desk:absence_end",
        arguments={"absence_id": "the absence"},
        outcomes=staff("agent", "lead", "administrator", otherwise=NOTHING),
    ),
    Post(
        name="desk:draft",
        arguments={"reference": "the open case", "name": "note"},
        data={"text": "Half a sen"},
        outcomes=of_case(*SEE_THE_CASE),
    ),
    # One's own draft, nobody else's.
    Post(
        name="desk:draft_drop",
        arguments={"reference": "the open case", "draft_id": "the draft of the handler"},
        outcomes=of_case("handler")
        | dict.fromkeys(("agent", "lead", "approver", "auditor", "two_hats"), NOTHING),
    ),
    Post(
        name="desk:preview",
        arguments={"reference": "the decided case"},
        data={"opening": "Good day."},
        outcomes=of_case(*SEE_THE_CASE, outcome=SHOWN),
    ),
]


def _setting(name: str, data: Mapping[str, Any] | None = None, **arguments: Any) -> Post:
    """A page of the settings, sent as it is shown but for ``data``: the administrator's alone."""
    return Post(
        name=f"desk:settings:{name}",
        arguments=arguments,
        data=data or {},
        fills=data is not None,
        outcomes=staff("administrator"),
    )


def _entity_setting(name: str, data: Mapping[str, Any] | None = None, **arguments: Any) -> Post:
    return _setting(name, data, key="besos", **arguments)


MAILBOX = {
    "key": "new-box",
    "address": "queixes@besos.example",
    "language": "ca",
    "kind": "complaint",
    "port": "993",
    "security": "tls",
    "signs_in": "password",
    "folder": "INBOX",
    "afterwards": "keep",
    "is_active": "on",
}
GATEWAY = {"key": "other", "protocol": "kannel", "sender": "600 900 300", "language": "ca",
           "kind": "enquiry", "is_active": "on"}  # fmt: skip
PRODUCT = {
    **{f"name_{language}": "New connection" for language in ("es", "ca", "en")},
    **{f"questions_{language}": "Which size? *" for language in ("es", "ca", "en")},
    "key": "pipe",
    "is_offered": "on",
}
SERVICE = {
    "key": "visit",
    **{f"name_{one}": "Visita" for one in ("es", "ca", "en")},
    "minutes": "60",
    "places": "2",
    "at_home": "on",
    "notice_hours": "24",
    "days_ahead": "30",
    "hours_mon": "09:00-14:00",
    "is_offered": "on",
}
LINE = {
    "key": "bills",
    "name": "Factures",
    "number": "93 400 00 00",
    "format": "generic",
    "is_active": "on",
}
WEBHOOK = {
    "key": "other",
    "address": "https://systems.example/",
    "events": ["case.closed"],
    "is_active": "on",
}
BODY = {
    "key": "board",
    "kind": "consumer_arbitration_board",
    "name_ca": "Junta de prova",
    "place": "ES-CT",
    "method": "determinative",
    "valid_from": "2026-01-01",
    "source": "https://board.example/",
    "checked_on": "2026-11-20",
}
NEW = {"key": "new-one", "name_es": "Nuevo", "name_ca": "Nou", "name_en": "New"}

SETTINGS: list[Post] = [
    _setting(
        "entity_new",
        {
            "key": "ter",
            "name": "Ter",
            "country": "ES",
            "languages": ["es"],
            "default_language": "es",
        },
    ),
    _entity_setting("entity", {"telephone": "900 000 000"}),
    _entity_setting(
        "appointment_new",
        {
            "account": "the holder of the office",
            "appointed_by": "The board",
            "begins_on": "2030-01-01",
            "ends_on": "2032-01-01",
            "has_no_ties": "on",
            "title_es": "Defensora",
            "title_ca": "Síndica",
            "title_en": "Ombudsman",
            "standing_es": "Jurista",
            "standing_ca": "Jurista",
            "standing_en": "Lawyer",
        },
    ),
    _entity_setting("appointment_end", {"reason": "She stepped back."}, pk="the appointment"),
    _entity_setting("regimes", {"regimes": ["iso-10002"]}),
    _entity_setting(
        "targets",
        {
            "meets": "respond",
            "length": 1,
            "unit": "calendar_days",
            "name_es": "Ya",
            "name_ca": "Ja",
            "name_en": "Now",
        },
    ),
    _entity_setting("target_end", pk="the target"),
    _entity_setting("closures", {"on": "2027-05-03", "name_es": "Fiesta", "name_ca": "Festa"}),
    _entity_setting("closure_withdraw", pk="the closed day"),
    _entity_setting("area_new", NEW),
    _entity_setting("area", {"name_es": "Otra"}, area_key="billing"),
    _entity_setting("category_new", NEW),
    _entity_setting("category", {"name_es": "Otra"}, pk="the category"),
    _entity_setting("letter", {"subject_es": "Otra"}, letter_key="receipt"),
    _entity_setting("notice", dict.fromkeys(("text_es", "text_ca", "text_en"), "What we do.")),
    _entity_setting("mailbox_new", MAILBOX),
    _entity_setting("mailbox", MAILBOX | {"folder": "Queixes"}, mailbox_key="besos-box"),
    _entity_setting("line_new", LINE),
    _entity_setting("line", LINE | {"name": "Altres"}, line_key="faults"),
    _entity_setting("gateway_new", GATEWAY),
    _entity_setting("gateway", GATEWAY | {"sender": "600 900 200"}, gateway_key="main"),
    _entity_setting("product_new", PRODUCT),
    _entity_setting("product", PRODUCT, product_key="connection"),
    _entity_setting("service_new", SERVICE),
    _entity_setting("service", SERVICE | {"minutes": "20"}, service_key="counter"),
    _entity_setting("embedding", {"embedding_sites": "https://www.besos.example"}),
    _entity_setting("webhook_new", WEBHOOK),
    _entity_setting("webhook", WEBHOOK | {"events": ["case.registered"]}, webhook_key="billing"),
    _entity_setting("webhook_secret", webhook_key="billing"),
    _entity_setting("webhook_trial", webhook_key="billing"),
    _entity_setting("webhook_resume", webhook_key="paused"),
    Post(
        name="desk:settings:announcements_again",
        arguments={"key": "besos", "webhook_key": "billing"},
        data={"begins": "2000-01-01", "ends": "2100-01-01"},
        outcomes=staff("administrator"),
    ),
    _entity_setting("announcement_again", event_id="the event given up", webhook_key="billing"),
    _entity_setting("chat", {"is_active": "on", "kind": "claim", "most_at_once": "4"}),
    _entity_setting("duty_new", {"team": "attention", "minutes_each": "5"}),
    _entity_setting("duty_plan", {"do": "plan", "minutes_each": "7"}, team_key="complex"),
    _entity_setting("option_new", NEW),
    _entity_setting("option", {"name_es": "Otra"}, option_key="refund"),
    _entity_setting("authority", {"role_handler": "120"}),
    _entity_setting("adhesion_new", {"body": "the-office", "valid_from": "2026-02-01"}),
    _entity_setting("adhesion", {"valid_until": "2027-01-31"}, pk="the adhesion"),
    _setting("body_new", BODY),
    _setting("body", {"telephone": "010"}, pk="the body"),
    _setting("body_next", BODY | {"valid_from": "2027-01-01"}, pk="the body"),
    _setting("body_end", {"on": "2027-01-31", "reason": "It closes."}, pk="the body"),
    _setting("team_new", NEW | {"entities": ["besos"], "purpose": "general"}),
    _setting("team", {"name_es": "Otro"}, key="attention"),
    _setting(
        "person_new",
        {"username": "rosa", "name": "Rosa", "email": "rosa@example.org", "language": "es"},
    ),
    _setting("person", {"name": "Omar B."}, username="omar"),
    Post(
        name="desk:settings:roles",
        arguments={"username": "omar"},
        data={"role": "lead", "team": "attention"},
        outcomes=staff("administrator"),
    ),
    _setting("role_end", username="omar", pk="the role of omar"),
    # A token that may no more than whoever makes it: anybody hands a contact in.
    _setting("program_new", {"name": "crm", "entity": "besos", "scopes": ["cases:register"]}),
    _setting("program_revocation", pk="the token"),
    _setting("sign_in", username="omar"),
    _setting("activity", username="omar"),
    Post(
        name="desk:settings:office_answer",
        arguments={"pk": "the question to the office"},
        data={"answer": "yes"},
        # The office confirms; an administrator is told so, and nothing happens.
        outcomes=staff("ombudsman", administrator=SHOWN),
    ),
]

# What arrives is kept before it is read, with where it came from; wrong codes are counted and told.
KEPT = frozenset({"casefile_rawmessage", "intake_attempt", "intake_heldsubmission"})
COUNTED = frozenset({"intake_attempt", "procrastinate_jobs", "procrastinate_events"})


def _portal(
    name: str, outcomes: Outcomes, data: Mapping[str, Any], *, slug: str = "", **more: Any
) -> Post:
    return Post(
        name=f"portal:{name}",
        arguments={"entity_key": "besos"} | ({"slug": slug} if slug else {}),
        data=data,
        outcomes=outcomes,
        **more,
    )


def _own_case(name: str, case: str, outcome: str = DONE, /, *, form: str = "", **data: Any) -> Post:
    """On the page of a case: everybody but its complainant is asked for reference and code."""
    return Post(
        name=f"portal:{name}",
        arguments={"entity_key": "besos", "reference": f"the {case} case"},
        data={"token": f"the form of {form or f'the {case} case'}", **data},
        outcomes=everybody(ASKED, complainant=outcome),
        keeps=KEPT,
    )


CLAIM = {"kind": "claim", "narrative": "It is wrong.", "name": "Ana", "email": "ana@example.org"}

PORTAL: list[Post] = [
    _portal("complain", everybody(DONE), CLAIM | {"step": "edit"}),
    _portal("complain", everybody(AGAIN), {"step": "send"}, keeps=KEPT),
    _portal("embedded", everybody(DONE), CLAIM | {"step": "edit"}),
    _portal(
        "sign_in",
        everybody(AGAIN),
        {"reference": "the new case", "access_code": "ABCDEFGHJKMP"},
        keeps=COUNTED,
    ),
    _portal(
        "sign_in",
        everybody(SHOWN),
        {"reference": "the new case", "access_code": "ABCDEFGHJKMN"},
    ),
    _portal("new_link", everybody(SHOWN), {"link": "forged"}),
    _portal("leave", everybody(SHOWN), {}),
    _own_case("to_the_ombudsman", "answered", text="It is wrong."),
    _own_case("to_the_ombudsman", "answered", AGAIN, form="another case", text="It is wrong."),
    _own_case("to_the_ombudsman", "new", REFUSED, text="It is wrong."),
    _own_case("office_offer", "answered", NOTHING),
    _own_case("office_proposal", "answered", NOTHING),
    _portal(
        "office_bring",
        everybody(DONE),
        {
            "token": "the fresh form",
            "kind": "complaint",
            "text": "It is wrong.",
            "name": "Ana",
            "email": "ana@example.org",
        },
    ),
    _portal("office_bring", everybody(AGAIN), {"kind": "complaint"}, keeps=KEPT),
    _own_case("messages", "open", text="It happened again."),
    _own_case("messages", "open", AGAIN, form="another case", text="It happened again."),
    _portal("help_likely", everybody(SHOWN), {"kind": "enquiry", "text": "When do you open?"}),
    _portal("help_article", everybody(DONE), {"answered": "yes"}, slug="hours"),
    _portal("help_article", everybody(SHOWN), {"answered": "perhaps"}, slug="hours"),
    _portal("chat_start", everybody(DONE), {"text": "Good morning.", "step": "edit"}),
    _portal("chat_start", everybody(AGAIN), {"step": "send"}, keeps=KEPT),
    _portal("call_me", everybody(DONE), {"text": "Good morning.", "step": "edit"}),
    _portal("call_me", everybody(AGAIN), {"step": "send"}, keeps=KEPT),
    _own_case("call_back", "open", do="cancel"),
    _own_case("call_back", "open", AGAIN, form="another case", do="cancel"),
    _own_case("chat", "open", text="Good morning."),
    _own_case("chat", "open", AGAIN, form="another case", text="Good morning."),
    _own_case("chat_end", "open"),
    _own_case("chat_end", "open", SHOWN, form="another case"),
    _own_case("acceptance", "answered"),
    _own_case("acceptance", "answered", AGAIN, form="another case"),
    _own_case("acceptance", "new", REFUSED),
    _own_case("contest", "answered", text="It is wrong."),
    _own_case("contest", "answered", AGAIN, form="another case", text="It is wrong."),
    _own_case("turned_to", "answered", body="kind:court", filed_on="2026-11-21"),
    _own_case("turned_to", "answered", AGAIN, body="kind:ombudsman", filed_on="2026-11-21"),
    _own_case("withdrawal", "new", text="Never mind."),
    _own_case("withdrawal", "new", AGAIN, form="another case"),
    _own_case("withdrawal", "offered", REFUSED),
    Post(
        name="portal:book_service",
        arguments={"entity_key": "besos", "service_key": "counter"},
        data={"slot": "20261126T1000Z", "name": "Ana", "email": "ana@example.org", "step": "edit"},
        outcomes=everybody(DONE),
    ),
    Post(
        name="portal:book_service",
        arguments={"entity_key": "besos", "service_key": "counter"},
        data={"step": "send"},
        outcomes=everybody(AGAIN),
        keeps=KEPT,
    ),
    Post(
        name="portal:order_product",
        arguments={"entity_key": "besos", "product_key": "connection"},
        data={"name": "Ana", "email": "ana@example.org", "step": "edit"},
        outcomes=everybody(DONE),
    ),
    Post(
        name="portal:order_product",
        arguments={"entity_key": "besos", "product_key": "connection"},
        data={"step": "send"},
        outcomes=everybody(AGAIN),
        keeps=KEPT,
    ),
    _own_case("order_cancel", "ordered"),
    _own_case("order_cancel", "ordered", AGAIN, form="another case"),
    _own_case("order_cancel", "prepared", REFUSED),
    _own_case("booking_move", "booked", slot="20261126T0900Z"),
    _own_case("booking_move", "booked", AGAIN, slot="soon"),
    _own_case("booking_move", "booked", AGAIN, form="another case", slot="20261126T0900Z"),
    _own_case("booking_move", "new", REFUSED, slot="20261126T0900Z"),
    _own_case("booking_cancel", "booked"),
    _own_case("booking_cancel", "booked", AGAIN, form="another case"),
    _own_case("booking_cancel", "begun", REFUSED),
    Post(
        name="portal:public_message",
        arguments={"entity_key": "besos", "signed": "the public message"},
        data={"token": "the fresh form", "do": "decline"},
        outcomes=everybody(DONE),
    ),
    Post(
        name="portal:public_message",
        arguments={"entity_key": "besos", "signed": "forged"},
        data={"token": "the fresh form", "do": "agree"},
        outcomes=everybody(NOTHING),
    ),
    _own_case("dossier", "open", body="My lawyer"),
    _own_case("dossier", "open", AGAIN, form="another case", body="My lawyer"),
    _own_case("public_withdrawal", "open"),
    _own_case("public_withdrawal", "open", AGAIN, form="another case"),
    _own_case("public_withdrawal", "new", REFUSED),
    _own_case("kind", "enquiry", kind="complaint", text="It is wrong."),
    _own_case("kind", "enquiry", AGAIN, kind="nonsense"),
    _own_case("kind", "enquiry", AGAIN, form="another case", kind="complaint"),
    _own_case("kind", "new", REFUSED, kind="claim"),
    _own_case("promotion", "new"),
    _own_case("promotion", "new", AGAIN, form="another case"),
    _own_case("people", "new", **MARIA),
    _own_case("people", "new", AGAIN, form="another case", **MARIA),
    _own_case("people", "new", AGAIN),
    _own_case("people_leave", "new", NOTHING),
    Post(
        name="portal:people_out",
        arguments={
            "entity_key": "besos",
            "reference": "the open case",
            "participant_id": "the participant",
        },
        data={"token": "the form of the open case"},
        outcomes=everybody(ASKED, complainant=DONE),
        keeps=KEPT,
    ),
    _own_case("access_code", "new"),
    _own_case("access_code", "new", SHOWN, form="another case"),
]

# A program's posts are kept like anybody's, and so is what it was answered.
REMEMBERED = frozenset({"casefile_rawmessage", "api_givenanswer"})
LIVING = (*PROGRAMS, "writer_elsewhere")


def programs(*doing: str, **others: str) -> Outcomes:
    """The interface knows tokens only: whoever is signed in is nobody there."""
    return (
        everybody(UNKNOWN) | dict.fromkeys(LIVING, FORBIDDEN) | dict.fromkeys(doing, DONE) | others
    )


API: list[Post] = [
    Post(
        name="api-v1:register_case",
        data={"kind": "claim", "narrative": "It is wrong.", "complainant": {"name": "Ana"}},
        # Another entity's program registers there, as it should.
        outcomes=programs("registrar", "writer_elsewhere"),
        keeps=REMEMBERED,
    ),
    *(
        Post(
            name="api-v1:post_message",
            arguments={"reference": "the open case"},
            data={"author": author, "text": "It happened again."},
            outcomes=programs("writer", writer_elsewhere=NOTHING),
            keeps=REMEMBERED,
        )
        for author in ("complainant", "company")
    ),
    # What each act becomes for each member of the staff: test_acts_by_api.py.
    Post(
        name="api-v1:do_act",
        arguments={"reference": "the open case", "noun": "note"},
        data={"text": "Between us."},
        outcomes=programs("acting"),
        keeps=REMEMBERED,
    ),
    Post(
        name="api-v1:do_act_on",
        arguments={"reference": "the open case", "noun": "decision", "item": "the point"},
        data={"outcome": "upheld", "reasons": "Two charges."},
        outcomes=programs("acting"),
        keeps=REMEMBERED,
    ),
    Post(
        name="api-v1:do_desk_act",
        arguments={"noun": "absence"},
        data={"who": "bruno", "from_on": "2027-01-04", "to_on": "2027-01-08"},
        outcomes=programs("acting"),
        keeps=REMEMBERED,
    ),
    Post(
        name="api-v1:do_desk_act_on",
        arguments={"noun": "person-parting", "thing": "the merge"},
        outcomes=programs("acting"),
        keeps=REMEMBERED,
    ),
    Post(
        name="api-v1:do_office_act",
        arguments={"reference": "the file", "noun": "deliberation"},
        data={"text": "Between us."},
        outcomes=programs(),
        keeps=REMEMBERED,
    ),
    Post(
        name="api-v1:do_office_act_on",
        arguments={"reference": "the file", "noun": "conclusion", "item": "the point of the file"},
        data={"outcome": "not_upheld", "reasons": "Nothing shows it."},
        outcomes=programs(),
        keeps=REMEMBERED,
    ),
]

# A switchboard and a gateway sign what they post: whoever is signed in, without it nobody is
# believed. The demonstration's page is there in a demonstration only. What becomes of their posts
# is told by valedor/channels/tests.
TOLD_ELSEWHERE = frozenset(
    {
        "channels:call_event",
        "channels:sms",
        "channels:sms_report",
        "channels:play_in",
        "channels:play_call",
        "incidents:take_duty",  # Told by valedor/incidents/tests.
        "portal:people_leave",  # Told by valedor/portal/tests/test_people.py.
        # Told by valedor/api/tests/test_office_by_api.py: nobody of this table has such a token.
        "api-v1:do_office_act",
        "api-v1:do_office_act_on",
        "portal:office_offer",  # Told by valedor/portal/tests/test_settling.py…
        "portal:office_proposal",  # …like this.
    }
)
SWITCHBOARDS: list[Post] = [
    Post(
        name="channels:call_event",
        arguments={"entity_key": "besos", "line_key": "faults"},
        data={"id": "e1", "call": "c1", "event": "offered"},
        outcomes=everybody(UNKNOWN, without_second_factor=UNKNOWN),
        keeps=frozenset({"channels_linetrouble"}),
    ),
    Post(
        name="channels:sms",
        arguments={"entity_key": "besos", "gateway_key": "main"},
        data={},
        outcomes=everybody(UNKNOWN, without_second_factor=UNKNOWN),
    ),
    Post(
        name="channels:sms_report",
        arguments={"entity_key": "besos", "gateway_key": "main"},
        data={},
        outcomes=everybody(UNKNOWN, without_second_factor=UNKNOWN),
    ),
]

# The demonstration's: not there outside of one.
DEMONSTRATION: list[Post] = [
    Post(
        name="channels:play_call",
        data={"entity": "besos", "number": "600 100 200"},
        outcomes=everybody(UNKNOWN, without_second_factor=UNKNOWN),
    ),
    Post(
        name="channels:play_in",
        arguments={},
        data={"way": "sms", "entity": "besos", "address": "600 100 200", "text": "Hola"},
        outcomes=everybody(UNKNOWN, without_second_factor=UNKNOWN),
    ),
]

# Nobody was called by this link.
CALLED_OUT: list[Post] = [
    Post(
        name="incidents:take_duty",
        arguments={"token": "none"},
        data={},
        outcomes=everybody(UNKNOWN, without_second_factor=UNKNOWN),
    ),
]

POSTS: list[Post] = [
    *ACTS,
    *DESK,
    *SETTINGS,
    *PORTAL,
    *API,
    *SWITCHBOARDS,
    *DEMONSTRATION,
    *CALLED_OUT,
]

# Pages that the sign-in library brings, under /accounts/.
LIBRARIES = ("account_", "mfa_", "usersessions_")

# Where no form's token protects anything, and why.
WITHOUT_TOKEN = {
    "portal:complain": "nobody is signed in: there are no rights to borrow",
    "portal:embedded": "the same",
    "portal:chat_start": "the same",
    "portal:public_message": "the same",
    "portal:help_likely": "the same",
    "portal:help_article": "the same",
    "api-v1:register_case": "a program sends its token in a header, and cookies open nothing there",
    "api-v1:post_message": "as there",
    "api-v1:do_act": "as there",
    "api-v1:do_act_on": "as there",
    "api-v1:do_desk_act": "as there",
    "api-v1:do_desk_act_on": "as there",
    "api-v1:do_office_act": "as there",
    "api-v1:do_office_act_on": "as there",
}

# Acts on what is no row of the case: one of its points by number, a colleague by their account.
OF_EVERY_CASE = {"decision", "recusals"}
