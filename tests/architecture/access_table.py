"""Who gets what answer at which address: the table that ``test_access_matrix.py`` walks.

An address that is not in it fails the test. A row names the address, how to ask, and the status
that each viewer gets; ``case`` in the arguments stands for the case's reference, and such a row is
asked again for a case that does not exist, which must look the same to whoever may not see it.
"""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

# Everybody who may come: the cast, programs with a token, and the two complainants.
STAFF = (
    "agent",
    "handler",
    "lead",
    "approver",
    "area",
    "ombudsman",
    "auditor",
    "administrator",
    "elsewhere",
    "recused",
)
PORTAL = ("complainant", "other_complainant")
PROGRAMS = ("reader", "writer", "registrar", "reader_elsewhere", "acting")
VIEWERS = ("anonymous", *STAFF, *PORTAL, *PROGRAMS)
NOT_STAFF = ("anonymous", *PORTAL, *PROGRAMS)

# Who sees the case of the table: of entity Besòs, not protected, with one handler recused.
SEE_THE_CASE = ("agent", "handler", "lead", "approver", "auditor")

Answers = dict[str, int]


def everybody(status: int, **others: int) -> Answers:
    """The same answer for everybody but those named."""
    return dict.fromkeys(VIEWERS, status) | others


def only(viewers: tuple[str, ...], status: int, otherwise: int, **others: int) -> Answers:
    """One answer for some viewers, another for the rest, but for those named."""
    return everybody(otherwise) | dict.fromkeys(viewers, status) | others


def staff(*seeing: str, status: int = 200, otherwise: int = 403, **others: int) -> Answers:
    """A page of the desk: whoever is no staff is sent to the sign-in."""
    return only(seeing, status, otherwise, **others) | dict.fromkeys(NOT_STAFF, 302)


def staff_case(*seeing: str, status: int = 200) -> Answers:
    """A page of one case on the desk: not visible and not existing are both 404.

    Whoever has no role that sees cases is told that the page is not theirs, before any case is
    looked for.
    """
    return staff(*(seeing or SEE_THE_CASE), status=status, otherwise=404) | dict.fromkeys(
        ("area", "ombudsman", "administrator"), 403
    )


def own_case(status: int = 200, *, otherwise: int = 302) -> Answers:
    """A page of the complainant's own case: everybody else is asked for reference and code."""
    return only(("complainant",), status, otherwise)


@dataclass(frozen=True, kw_only=True)
class Row:
    """One address and its answers."""

    name: str
    answers: Answers
    arguments: dict[str, Any] = field(default_factory=dict)
    method: str = "get"
    data: dict[str, Any] = field(default_factory=dict)

    @property
    def seeing(self) -> tuple[str, ...]:
        """Who may see what the address is about: whoever gets it, or acts on it."""
        shown = {200, 201}
        seeing = tuple(viewer for viewer, status in self.answers.items() if status in shown)
        if self.name.startswith("desk:"):  # Led from one page of the case to another.
            seeing += tuple(viewer for viewer in STAFF if self.answers[viewer] == 302)
        return (*seeing, "complainant") if self.name.startswith("portal:") else seeing

    @property
    def is_of_a_case(self) -> bool:
        return "case" in self.arguments.values()


def _portal(name: str, answers: Answers, **arguments: Any) -> Row:
    return Row(
        name=f"portal:{name}", arguments={"entity_key": "besos"} | arguments, answers=answers
    )


def _portal_case(name: str, answers: Answers, method: str = "get", **arguments: Any) -> Row:
    return Row(
        name=f"portal:{name}",
        arguments={"entity_key": "besos", "reference": "case"} | arguments,
        answers=answers,
        method=method,
    )


def _api(name: str, answers: Answers, method: str = "get", **arguments: Any) -> Row:
    return Row(name=f"api-v1:{name}", arguments=arguments, answers=answers, method=method)


def _desk(name: str, answers: Answers, /, **arguments: Any) -> Row:
    return Row(name=f"desk:{name}", arguments=arguments, answers=answers)


def _desk_case(name: str, answers: Answers, /, **arguments: Any) -> Row:
    return _desk(name, answers, reference="case", **arguments)


def _setting(name: str, status: int = 200, *more: str, **arguments: Any) -> Row:
    """A page of the settings: the administrator's alone, unless others are named."""
    return _desk(f"settings:{name}", staff("administrator", *more, status=status), **arguments)


def _entity_setting(name: str, status: int = 200, **arguments: Any) -> Row:
    return _setting(name, status, key="besos", **arguments)


READING = ("reader", "writer", "acting")
NO_ACTING = dict.fromkeys(("reader", "writer", "registrar", "reader_elsewhere"), 403)
# One thing that lies on the desk, and is not there in this world.
ONE_READ: dict[str, dict[str, Any]] = {
    "read_print_run": {"number": 1},
    "fetch_print_run": {"number": 1},
    "read_held": {"number": 1},
    "read_held_row": {"number": 1},
    "read_scan": {"number": 1},
    "fetch_scan": {"number": 1},
    "read_article": {"key": "none"},
    "read_incident": {"number": 1},
    "read_public_message": {"number": 1},
    "read_guidance": {"entity_key": "besos", "sheet_key": "none"},
}
SEE_CASES = (*SEE_THE_CASE, "elsewhere", "recused")
NO_COUNTER = dict.fromkeys(("approver", "auditor"), 403)
REGISTER = ("agent", "handler", "lead", "elsewhere", "recused")
# An act that is only posted: asked with GET, everybody of the staff is told so.
POSTED = staff(*STAFF, status=405)

NO_EVENT = UUID(int=0)

ROWS: list[Row] = [
    # Behind the wall: the ombudsman's office, and what it asks the company.
    _desk("office", staff("ombudsman")),
    _desk("office_declaration", staff("ombudsman")),
    _desk("office_programs", staff("ombudsman")),
    _desk("office_search", staff("ombudsman")),
    _desk("office_precedents", staff("ombudsman")),
    _desk("office_recommendations", staff("ombudsman")),
    _desk("office_recommendation_new", staff("ombudsman")),
    _desk("office_recommendation", staff("ombudsman"), number="recommendation"),
    _desk("office_reports", staff("ombudsman")),
    _desk("office_report", staff("ombudsman"), entity_key="besos", year=2026),
    _desk("office_report_publication", staff("ombudsman"), entity_key="besos", year=2026),
    _desk("office_report_file", staff("ombudsman"), entity_key="besos", year=2026, kind="csv"),
    _desk("recommendations", staff("lead", "approver", "auditor")),
    _desk("recommendation", staff("lead", "approver", "auditor"), number="recommendation"),
    _desk("office_file", staff("ombudsman"), reference="file"),
    _desk("office_company", staff("ombudsman", status=404), reference="file"),
    _desk("office_document", staff("ombudsman", status=404), reference="file", document_id=0),
    _desk("office_act", staff("ombudsman"), reference="file", noun="admission"),
    _desk(
        "office_act_on", staff("ombudsman", status=404), reference="file", noun="showing", item=0
    ),
    _desk("disputes", staff("handler", "lead", "auditor", "elsewhere", "recused")),
    _desk("office_alarms", staff("ombudsman")),
    _desk("office_letters", staff("ombudsman")),
    _desk("office_letters_out", staff("ombudsman")),
    _desk("office_print", staff("ombudsman")),
    _desk("office_print_run", staff("ombudsman", status=404), run_id=1),
    _desk("office_print_run_pdf", staff("ombudsman", status=404), run_id=1),
    _desk("office_letter", staff("ombudsman", status=404), letter_id=1),
    _desk("office_letter_paper", staff("ombudsman", status=404), letter_id=1),
    _desk("office_held", staff("ombudsman")),
    _desk("office_held_message", staff("ombudsman", status=404), raw_id=1),
    _desk("office_held_content", staff("ombudsman", status=404), raw_id=1),
    _desk("office_draft", POSTED, reference="file", name="deliberation"),
    _desk("office_draft_drop", POSTED, reference="file", draft_id=1),
    _desk("hearings", staff("handler", "lead", "auditor", "elsewhere", "recused")),
    _desk(
        "hearing",
        staff("handler", "lead", "auditor", elsewhere=404, recused=404),
        number="hearing",
    ),
    _desk(
        "hearing_proposal", staff("handler", "lead", elsewhere=404, recused=404), number="hearing"
    ),
    # The installation's own.
    Row(name="healthz", answers=everybody(200)),
    Row(name="readyz", answers=everybody(503)),  # No worker runs beside the tests.
    Row(name="design:living_page", answers=everybody(200)),
    # The demonstration's mail: not there outside a demonstration.
    Row(name="channels:kept_mail", answers=everybody(404)),
    Row(name="channels:play_in", answers=everybody(404)),
    Row(name="channels:play_call", answers=everybody(404)),
    Row(name="channels:kept_letter", arguments={"name": "x"}, answers=everybody(404)),
    Row(
        name="channels:kept_attachment",
        arguments={"name": "x", "number": 1},
        answers=everybody(404),
    ),
    # Public pages.
    # Switchboards post here; a line that does not exist is nobody's.
    Row(
        name="channels:call_event",
        arguments={"entity_key": "besos", "line_key": "none"},
        method="post",
        answers=everybody(404),
    ),
    # Gateways come here; one that does not exist is nobody's.
    Row(
        name="channels:sms",
        arguments={"entity_key": "besos", "gateway_key": "none"},
        answers=everybody(404),
    ),
    Row(
        name="channels:sms_report",
        arguments={"entity_key": "besos", "gateway_key": "none"},
        answers=everybody(404),
    ),
    # Whoever holds the link of a call was called by it; any other text is nobody's.
    Row(name="incidents:take_duty", arguments={"token": "none"}, answers=everybody(404)),
    Row(name="portal:home", answers=everybody(200)),
    Row(name="portal:deadline", answers=everybody(200)),
    Row(name="portal:short", arguments={"code": "none"}, answers=everybody(404)),
    _portal("entity", everybody(200)),
    _portal("notices", everybody(200)),
    _portal("privacy", everybody(200)),
    _portal("accessibility", everybody(200)),
    _portal("complain", everybody(200)),
    _portal("embedded", everybody(404)),  # No site may show it there.
    _portal("expected", everybody(200)),
    _portal("help", everybody(200)),
    _portal("help_likely", everybody(405)),
    _portal("help_article", everybody(404), slug="none"),
    _portal("chat_start", everybody(404)),  # Not offered there.
    _portal("public_message", everybody(404), signed="forged"),
    _portal("call_me", everybody(404)),  # No line is set up there.
    _portal("book", everybody(200)),
    _portal("book_service", everybody(404), service_key="none"),
    _portal("order", everybody(200)),
    _portal("order_product", everybody(404), product_key="none"),
    _portal("sign_in", everybody(200)),
    _portal("leave", everybody(405)),
    _portal("new_link", everybody(405)),
    # The complainant's pages.
    _portal_case("received", everybody(302)),
    _portal_case("case", own_case()),
    _portal_case("print", own_case()),
    _portal_case("receipt", own_case()),
    _portal_case("further", own_case()),
    _portal_case("turned_to", own_case()),
    _portal_case("counting", own_case(), deadline_id="deadline"),
    _portal_case("document", own_case(), document_id="document"),
    _portal_case("letter", own_case(404), letter_id="letter"),
    _portal_case("messages", own_case(302)),  # Messages are on the case page.
    _portal_case("call_back", own_case(404)),  # No line is set up there.
    _portal_case("chat", own_case(302)),  # Nobody sits at the chats.
    _portal_case("chat_lines", own_case(404)),
    _portal_case("chat_end", own_case(302)),
    _portal_case("acceptance", own_case()),
    _portal_case("contest", own_case()),
    _portal_case("withdrawal", own_case()),
    _portal_case("dossier", own_case()),
    _portal_case("public_withdrawal", own_case()),
    _portal_case("to_the_ombudsman", own_case()),
    _portal_case("office_offer", own_case(404)),  # A page of files of the office alone.
    _portal_case("office_proposal", own_case(404)),
    _portal("ombudsman", everybody(200)),
    _portal("office_bring", everybody(200)),
    _portal("office_report", everybody(404), year=2026, kind="pdf"),  # A draft is nobody's.
    _portal_case("kind", own_case()),
    _portal_case("order_cancel", own_case()),
    _portal_case("booking_move", own_case()),
    _portal_case("booking_cancel", own_case()),
    _portal_case("promotion", own_case()),
    _portal_case("people", own_case()),
    _portal_case("people_leave", own_case(404)),  # For those let in.
    _portal_case("people_out", own_case(404), participant_id=1),
    _portal_case("access_code", own_case()),
    # The desk. Whoever sees no cases is led from the queues to what they do see.
    _desk("queues", staff(*SEE_CASES, otherwise=302)),
    _desk("filters", staff(*SEE_CASES)),
    _desk("search", staff(*SEE_CASES)),
    _desk("register", staff(*REGISTER)),
    _desk("register_asked", staff(*REGISTER)),
    _desk("register_known", staff(*REGISTER)),
    _desk("counter", staff(*REGISTER)),
    _desk("alarms", staff(*REGISTER)),
    _desk("marked", staff(*REGISTER)),
    _desk("letters", staff(*REGISTER)),
    _desk("letters_out", staff(*REGISTER)),
    _desk("scans", staff(*REGISTER, "auditor")),
    _desk("scan_in", staff(*REGISTER)),
    _desk("separator", staff(*REGISTER)),
    _desk("scan", staff(*SEE_CASES, status=404), raw_id=1),
    _desk("scan_page", staff(*SEE_CASES, status=404), raw_id=1, number=1),
    _desk("scan_content", staff(*SEE_CASES, status=404), raw_id=1),
    _desk("print", staff(*REGISTER)),
    _desk("print_run", staff(*REGISTER, status=404), run_id=1),
    _desk("print_run_pdf", staff(*REGISTER, status=404), run_id=1),
    _desk("letter", staff(*SEE_CASES, status=404), letter_id=1),
    _desk("letter_paper", staff(*SEE_CASES, status=404), letter_id=1),
    _desk("calls", staff(*REGISTER)),
    _desk("call", staff(*REGISTER, status=404), call_id=1),
    _desk("call_stands", staff(*REGISTER, status=404), call_id=1),
    _desk("call_contact", staff(*REGISTER, status=404), call_id=1),
    _desk("call_words", staff(*REGISTER, status=404), call_id=1),
    _desk("call_return", POSTED, call_id=1),
    _desk("call_figures", staff("lead", "auditor")),
    _desk("call_figures_csv", staff("lead", "auditor")),
    _desk("call_staffing", staff("lead", "auditor")),
    _desk("call_backs", staff(*REGISTER)),
    _desk("call_back", staff(*REGISTER, status=404), call_back_id=1),
    _desk("public_messages", staff(*REGISTER)),
    _desk("public_message_new", staff(*REGISTER)),
    _desk("public_message", staff(*REGISTER, status=404), message_id=1),
    _desk("orders", staff(*REGISTER)),
    _desk("order_new", staff(*REGISTER, status=404)),
    _desk("bookings", staff(*REGISTER)),
    _desk("booking_new", staff(*REGISTER, status=404)),
    _desk("chats", staff(*REGISTER)),
    _desk("chat", staff(*REGISTER, status=404), chat_id=1),
    _desk("chat_lines", staff(*REGISTER, status=404), chat_id=1),
    _desk("knowledge", staff(*SEE_CASES, "administrator")),
    _desk("knowledge_due", staff("lead", "administrator")),
    _desk("guidance", staff(*SEE_CASES, "administrator")),
    _desk(
        "sheet",
        staff(*SEE_CASES, "administrator") | {"elsewhere": 404},
        entity_key="besos",
        sheet_key="kind-complaint",
    ),
    _desk(
        "sheet_edit",
        staff("lead", "administrator"),
        entity_key="besos",
        sheet_key="kind-complaint",
    ),
    _desk("beside", POSTED),
    _desk("look", POSTED),
    _desk("chat_article", POSTED, chat_id=1, version_id=1),
    _desk("article_new", staff("lead", "administrator")),
    _desk("article", staff(*SEE_CASES, "administrator", status=404), key="none"),
    _desk("article_edit", staff("lead", "administrator", status=404), key="none"),
    _desk("duty", staff(*REGISTER)),
    _desk("incidents", staff(*SEE_CASES)),
    _desk("incident_new", staff(*(one for one in REGISTER if one != "agent"))),
    _desk("incident", staff(*SEE_CASES, status=404), incident_id=1),
    _desk(
        "incident_answer",
        staff(*(one for one in REGISTER if one != "agent"), status=404),
        incident_id=1,
    ),
    _desk(
        "incident_send",
        staff(*(one for one in REGISTER if one != "agent"), status=404),
        incident_id=1,
        line_id=1,
    ),
    _desk("held", staff(*REGISTER, "auditor")),
    _desk("spam", staff(*REGISTER, "auditor")),
    _desk("imports", staff(*REGISTER, "auditor")),
    _desk("held_message", staff(*REGISTER, "auditor", status=404), raw_id=1),
    _desk("held_content", staff(*REGISTER, "auditor", status=404), raw_id=1),
    _desk("held_row", staff(*REGISTER, "auditor", status=404), reject_id=1),
    _desk("approvals", staff("approver")),
    _desk("thanks", staff(*STAFF)),
    _desk("thanks_read", POSTED, thanks_id=1),
    _desk("inquiries", staff("area")),
    _desk("inquiry", staff("area", status=404), inquiry_id=1),
    _desk("area_notice", POSTED, notice_id=1),
    _desk("team", staff("lead")),
    _desk("give_out", staff("lead")),
    _desk("leaving", staff("lead"), username="bruno"),
    _desk("reads", staff("auditor")),
    _desk("keys", staff(*STAFF)),
    _desk("account", staff(*STAFF)),
    _desk("unsent", staff(*STAFF)),
    _desk("persons", staff(*(one for one in REGISTER if one != "agent"), "auditor")),
    _desk(
        "person",
        staff("agent", "handler", "lead", "auditor", elsewhere=404, recused=404),
        person_id="person",
    ),
    _desk(
        "person_export",
        staff("handler", "lead", "auditor", elsewhere=404, recused=404),
        person_id="person",
    ),
    _desk("consents", staff(*(one for one in REGISTER if one != "agent"), "auditor")),
    _desk("person_parting", POSTED, merge_id=1),
    _desk("absences", staff(*STAFF)),
    _desk("absence_end", POSTED, absence_id=1),
    # A case on the desk.
    _desk_case("case", staff_case()),
    _desk_case(
        "case_guidance",
        staff_case("agent", "handler", "lead") | {"approver": 403, "auditor": 403},
    ),
    _desk_case("put_article", POSTED, version_id=1),
    _desk_case("counting", staff_case(), deadline_id="deadline"),
    _desk_case("document", staff_case(), document_id="document"),
    _desk_case("mail", staff_case(), raw_id="mail"),
    _desk_case("mail_laid_out", staff_case(), raw_id="mail"),
    _desk_case("mail_content", staff_case(), raw_id="mail"),
    _desk_case("receipt", staff_case()),
    _desk_case("case_letters", staff_case()),
    _desk_case("dossiers", staff_case(status=302)),
    _desk_case("papers", staff_case("agent", "handler", "lead") | NO_COUNTER),
    _desk_case("stamped", staff_case("agent", "handler", "lead") | NO_COUNTER, entry_id="papers"),
    _desk_case("case_reads", staff("lead", "auditor")),
    _desk_case("presence", staff_case()),
    _desk_case("draft", POSTED, name="note"),
    _desk_case("draft_drop", POSTED, draft_id=1),
    _desk_case("preview", POSTED),
    _desk_case("act", staff_case(), noun="note"),
    _desk_case("act_on", staff_case(status=404), noun="note", item=1),
    # Settings.
    _setting("overview"),
    _setting("entities"),
    _setting("entity_new"),
    _entity_setting("entity"),
    _entity_setting("regimes"),
    _entity_setting("targets"),
    _desk("settings:target_end", POSTED, key="besos", pk=1),
    _entity_setting("closures"),
    _desk("settings:closure_withdraw", POSTED, key="besos", pk=1),
    _entity_setting("areas"),
    _entity_setting("area_new"),
    _entity_setting("area", area_key="billing"),
    _entity_setting("categories"),
    _entity_setting("category_new"),
    _entity_setting("category", 404, pk=987654),
    _entity_setting("letters"),
    _entity_setting("letter", letter_key="receipt"),
    _entity_setting("mailboxes"),
    _entity_setting("mailbox_new"),
    _entity_setting("mailbox", 404, mailbox_key="none"),
    _entity_setting("lines"),
    _entity_setting("line_new"),
    _entity_setting("line", 404, line_key="none"),
    _entity_setting("gateways"),
    _entity_setting("gateway_new"),
    _entity_setting("gateway", 404, gateway_key="none"),
    _entity_setting("embedding"),
    _entity_setting("webhooks"),
    _entity_setting("webhook_new"),
    _entity_setting("webhook", 404, webhook_key="none"),
    _desk("settings:webhook_secret", POSTED, key="besos", webhook_key="none"),
    _desk("settings:webhook_trial", POSTED, key="besos", webhook_key="none"),
    _desk("settings:webhook_resume", POSTED, key="besos", webhook_key="none"),
    _entity_setting("announcements", 404, webhook_key="none"),
    _desk("settings:announcements_again", POSTED, key="besos", webhook_key="none"),
    _entity_setting("announcement", 404, webhook_key="none", event_id=NO_EVENT),
    _desk(
        "settings:announcement_again", POSTED, key="besos", webhook_key="none", event_id=NO_EVENT
    ),
    _entity_setting("chat"),
    _entity_setting("appointments"),
    _entity_setting("appointment_new"),
    _entity_setting("appointment_end", 404, pk=0),
    _entity_setting("products"),
    _entity_setting("product_new"),
    _entity_setting("product", 404, product_key="none"),
    _entity_setting("services"),
    _entity_setting("service_new"),
    _entity_setting("service", 404, service_key="none"),
    _entity_setting("duty"),
    _entity_setting("duty_new"),
    _entity_setting("duty_plan", 404, team_key="none"),
    _entity_setting("duty_table", 404, team_key="none"),
    _entity_setting("adhesions"),
    _entity_setting("adhesion_new"),
    _entity_setting("adhesion", 404, pk=987654),
    _entity_setting("notice"),
    _entity_setting("redress"),
    _entity_setting("option_new"),
    _entity_setting("option", option_key="refund"),
    _entity_setting("authority"),
    _setting("teams"),
    _setting("team_new"),
    _setting("team", key="attention"),
    _setting("people"),
    _setting("person_new"),
    _setting("person", username="bruno"),
    _desk("settings:roles", POSTED, username="bruno"),
    _desk("settings:role_end", POSTED, username="bruno", pk=1),
    _setting("sign_in", username="bruno"),
    _setting("activity", username="bruno"),
    _setting("bodies"),
    _setting("bodies_table"),
    _setting("body_new"),
    _setting("body", 404, pk=987654),
    _setting("body_next", 404, pk=987654),
    _setting("body_end", 404, pk=987654),
    _setting("office", 200, "ombudsman"),
    _desk("settings:office_answer", POSTED, pk=1),
    _setting("log", 200, "auditor"),
    _setting("programs"),
    _setting("program_new"),
    _setting("program", 404, pk=1_000_000),
    _desk("settings:program_revocation", POSTED, pk=1_000_000),
    # Programs.
    _api("openapi-json", everybody(200)),
    _api("list_cases", only(PROGRAMS, 200, 401, registrar=403)),
    _api("read_token", only(PROGRAMS, 200, 401)),
    _api(
        "read_case", only(READING, 200, 401, reader_elsewhere=404, registrar=403), reference="case"
    ),
    _api(
        "read_journey",
        only(READING, 200, 401, reader_elsewhere=404, registrar=403),
        reference="case",
    ),
    _api(
        "list_messages",
        only(READING, 200, 401, reader_elsewhere=404, registrar=403),
        reference="case",
    ),
    _api("list_acts", only(("acting",), 200, 401, **NO_ACTING), reference="case"),
    _api("read_act", only(("acting",), 200, 401, **NO_ACTING), reference="case", noun="note"),
    _api(
        "read_act_on",
        only(("acting",), 200, 401, **NO_ACTING),
        reference="case",
        noun="decision",
        item=1,
    ),
    _api("list_desk_acts", only(("acting",), 200, 401, **NO_ACTING)),
    # No token of this table is of the office: valedor/api/tests/test_office_by_api.py.
    _api("list_office_files", only(PROGRAMS, 403, 401)),
    *(
        _api(name, only(PROGRAMS, 403, 401), reference="file")
        for name in ("read_office_file", "read_office_timeline", "list_office_acts")
    ),
    _api("read_office_act", only(PROGRAMS, 403, 401), reference="file", noun="word"),
    _api("read_office_act_on", only(PROGRAMS, 403, 401), reference="file", noun="showing", item=1),
    _api("list_hearings", only(("acting",), 200, 401, **NO_ACTING)),
    _api("read_hearing", only(("acting",), 200, 401, **NO_ACTING), number="hearing"),
    # What lies on the desk: for a token that acts as a person, as that person's pages show it.
    *(
        _api(name, only(("acting",), 200, 401, **NO_ACTING))
        for name in (
            "list_orders",
            "list_letters_to_print",
            "list_print_runs",
            "list_held",
            "list_held_rows",
            "list_scans",
            "list_articles",
            "list_incidents",
            "read_duty",
            "list_public_messages",
        )
    ),
    *(
        _api(name, only((), 200, 401, **NO_ACTING, acting=404), **arguments)
        for name, arguments in ONE_READ.items()
    ),
    _api("read_person", only(("acting",), 200, 401, **NO_ACTING), number="person"),
    _api("list_guidance", only(("acting",), 200, 401, **NO_ACTING), entity_key="besos"),
    _api("find_persons", only((), 200, 401, **NO_ACTING, acting=422)),  # It asks for whom.
    _api("read_desk_act", only(("acting",), 200, 401, **NO_ACTING), noun="absence"),
    _api(
        "read_desk_act_on",
        only((), 200, 401, **NO_ACTING, acting=404),
        noun="absence-end",
        thing="1",
    ),
]

# Addresses of libraries and of acts, with the test that asks them.
ELSEWHERE: dict[str, str] = {
    "account_": "tests of the sign-in library, closed to strangers by people.sign_in",
    "mfa_": "tests of the sign-in library",
    "api-v1:register_case": "shares its address with api-v1:list_cases",
    "api-v1:post_message": "shares its address with api-v1:list_messages",
    "api-v1:do_act": "shares its address with api-v1:read_act",
    "api-v1:do_act_on": "shares its address with api-v1:read_act_on",
    "api-v1:do_office_act": "shares its address with api-v1:read_office_act",
    "api-v1:do_office_act_on": "shares its address with api-v1:read_office_act_on",
    "api-v1:do_desk_act": "shares its address with api-v1:read_desk_act",
    "api-v1:do_desk_act_on": "shares its address with api-v1:read_desk_act_on",
    "api-v1:api-root": "answers 404 to everybody",
}
