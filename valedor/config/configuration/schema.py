"""The tables of the file: every field, what it holds and what it means.

The reader, the writer and docs/reference/configuration.md all follow these lines.
"""

from dataclasses import dataclass
from enum import StrEnum


class Holds(StrEnum):
    """What a field holds."""

    TEXT = "text"
    WORDS = "text in languages"
    TEXTS = "list of texts"
    LANGUAGE = "language"
    LANGUAGES = "list of languages"
    NUMBER = "whole number"
    AMOUNT = "amount, as text"
    FLAG = "true or false"
    FLAGS = "table of true or false"
    CHOICES = "table of texts"
    DAY = "day"
    ROLES = "list of tables"
    TURNS = "list of tables of turns"


@dataclass(frozen=True)
class Field:
    """One field of a table. What is left out of the file stays as it is."""

    name: str
    holds: Holds
    meaning: str
    is_needed: bool = False


@dataclass(frozen=True)
class TableOf:
    """A kind of table: how its name is written, what it is about, its fields."""

    name: str
    about: str
    fields: tuple[Field, ...]


T = Holds.TEXT
W = Holds.WORDS

ORGANISATION = TableOf(
    "[organisation]",
    "The house that answers.",
    (Field("name", T, "Its name."),),
)

ENTITY = TableOf(
    "[entities.KEY]",
    "A legal entity: the one that a complaint is against. The key is part of its address.",
    (
        Field("name", T, "Its name, as its letters bear it."),
        Field("sector", T, "Its trade, in a word."),
        Field("trade_answer_hours", Holds.NUMBER,
              "24 or 48: the first answer where nothing stricter binds."),
        Field("days_to_react", Holds.NUMBER,
              "1 to 90: how long a person is given to say that they do not agree with an answer, "
              "before their case may be closed without their word; 10 if left out."),
        Field("seconds_to_take_back", Holds.NUMBER,
              "0 to 120: how long an answer waits before it leaves, so that it can be taken back; "
              "0, at once, if left out."),
        Field("country", T, "Two letters, such as ES."),
        Field("region", T, "Key of the working calendar, such as ES-CT; the country if left out."),
        Field("timezone", T, "Zone in which its days end; the region's own if left out."),
        Field("languages", Holds.LANGUAGES, "What it speaks: es, ca, pt-BR, en."),
        Field("default_language", Holds.LANGUAGE, "The first of them if left out."),
        Field("postal_address", T, "Where letters reach it."),
        Field("telephone", T, "Where it is called."),
        Field("email", T, "Where it is written to."),
        Field("opening_hours", W, "When its counter is open, in words."),
        Field("privacy_contact", T, "Whom to write to about personal data."),
        Field("embedding_sites", Holds.TEXTS,
              "Sites that may show its form inside their own pages: https://www.example.org, or "
              "https://*.example.org for every host below."),
        Field("regimes", Holds.TEXTS, "Keys of the bodies of rules it follows."),
        Field("promised_regimes", Holds.TEXTS, "Those it follows before they bind."),
        Field("facts", Holds.FLAGS, "What is true of it, where rules ask."),
        Field("readings", Holds.CHOICES, "\"REGIME/CLOCK\" and the reading chosen."),
        Field("privacy_notice", W, "What people are told about their data; a change is a new "
              "version."),
    ),
)  # fmt: skip

AREA = TableOf(
    "[entities.KEY.areas.AREA]",
    "A part of the organisation that cases are about.",
    (
        Field("name", W, "What it is called.", is_needed=True),
        Field("team", T, "Key of the team that answers for it."),
        Field("is_active", Holds.FLAG, "False once nothing new is sent there."),
    ),
)

CATEGORY = TableOf(
    '[entities.KEY.categories."CATEGORY"]',
    "A subject of the tree, with the days between which it may be chosen.",
    (
        Field("name", W, "What it is called.", is_needed=True),
        Field("parent", T, "Key of the category above it; fixed once it exists."),
        Field("area", T, "Key of the area concerned."),
        Field("team", T, "Key of the team that receives it."),
        Field("facts", Holds.FLAGS, "What choosing it answers for the rules."),
        Field("is_public", Holds.FLAG, "Whether complainants may choose it."),
        Field("valid_from", Holds.DAY, "First day; today if left out."),
        Field("valid_until", Holds.DAY, "Last day."),
    ),
)

CLOSURE = TableOf(
    "[[entities.KEY.closures]]",
    "A day on which the offices are shut. The list is the whole list.",
    (
        Field("on", Holds.DAY, "The day.", is_needed=True),
        Field("name", W, "Why.", is_needed=True),
    ),
)

TARGET = TableOf(
    "[[entities.KEY.targets]]",
    "A target stricter than the law. The list is the whole list.",
    (
        Field("meets", T, "The duty: acknowledge, first_answer, respond…", is_needed=True),
        Field("kinds", Holds.TEXTS, "Kinds of contact; all of them if left out."),
        Field("length", Holds.NUMBER, "How many.", is_needed=True),
        Field("unit", T, "minutes, hours, calendar_days, business_days or months.", is_needed=True),
        Field("name", W, "What it is called.", is_needed=True),
        Field("is_public", Holds.FLAG, "Whether complainants are told."),
    ),
)

LETTER = TableOf(
    "[entities.KEY.letters.LETTER]",
    "The entity's own wording of a letter; a change is a new version. All four languages.",
    (
        Field("subject", W, "Subject line.", is_needed=True),
        Field("body", W, "Text with its {places}.", is_needed=True),
        Field("contents", Holds.TEXTS, "What the law asks for that it holds; all that the "
              "shipped wording holds if left out."),
    ),
)  # fmt: skip

REDRESS = TableOf(
    "[entities.KEY.redress.OPTION]",
    "A kind of redress that the entity offers.",
    (
        Field("name", W, "What it is called.", is_needed=True),
        Field("has_amount", Holds.FLAG, "Whether it is money."),
        Field("needs_proof", Holds.FLAG, "Whether carrying it out needs a proof."),
        Field("days_to_carry_out", Holds.NUMBER, "Within how many days, 1 to 366."),
        Field("is_offered", Holds.FLAG, "False to take it out of the catalogue."),
    ),
)

AUTHORITY = TableOf(
    "[entities.KEY.authority.ROLE]",
    "Up to which amount a role offers redress on its own.",
    (
        Field("amount", Holds.AMOUNT, "Such as \"60.00\".", is_needed=True),
        Field("currency", T, "Three letters, such as EUR.", is_needed=True),
    ),
)  # fmt: skip

ADHESION = TableOf(
    "[[entities.KEY.adhesions]]",
    "A body that the entity has joined and so accepts beforehand: a consumer arbitration board. "
    "Those that the file does not say stay.",
    (
        Field("body", T, "Key of the body (docs/reference/bodies.md).", is_needed=True),
        Field("valid_from", Holds.DAY, "The first day.", is_needed=True),
        Field("valid_until", Holds.DAY, "The last day; leaving consumer arbitration in Spain takes "
              "effect a month after the notice."),
        Field("subjects", W, "Which matters it accepted; all of them if left out."),
        Field("amount_until", Holds.AMOUNT, "Up to which amount; any if left out."),
        Field("currency", T, "Three letters, such as EUR; needed with an amount."),
    ),
)  # fmt: skip

MAILBOX = TableOf(
    "[entities.KEY.mailboxes.MAILBOX]",
    "An address at which the entity is written to. Without a host it is filled by a pipe "
    "(valedor mail-in).",
    (
        Field("address", T, "The address itself.", is_needed=True),
        Field("team", T, "Key of the team that receives what comes; the reception if left out."),
        Field("language", Holds.LANGUAGE, "Of the answers, until somebody knows better."),
        Field("kind", T, "What a new contact is: complaint if left out."),
        Field("host", T, "Name of the IMAP server."),
        Field("port", Holds.NUMBER, "Its port; 993 if left out."),
        Field("security", T, "tls, starttls, or none for a server on the same machine."),
        Field("login", T, "Under which name it lets us in."),
        Field("signs_in", T, "password, or oauth for XOAUTH2."),
        Field("secret_file", T, "File that holds the app password or the refresh token; read "
              "now, kept sealed, never exported."),
        Field("client_secret_file", T, "File that holds the client's secret, for oauth."),
        Field("token_url", T, "Where tokens are given, for oauth."),
        Field("client_id", T, "To which client, for oauth."),
        Field("folder", T, "The folder that is read; INBOX if left out."),
        Field("afterwards", T, "What becomes of a message on the server: keep, move or delete."),
        Field("done_folder", T, "Where it is moved to."),
        Field("is_fax", Holds.FLAG, "True where a fax service delivers faxes as enclosed files."),
        Field("is_of_the_office", Holds.FLAG, "True for the mailbox of the ombudsman's office: the "
              "company sees nothing of what arrives there. It is never changed."),
        Field("is_active", Holds.FLAG, "False once nothing is read there any more."),
    ),
)  # fmt: skip

LINE = TableOf(
    "[entities.KEY.lines.LINE]",
    "A number at which the entity is called. Its switchboard tells of calls at "
    "/webhooks/telephone/KEY/LINE.",
    (
        Field("name", T, "What people call it for.", is_needed=True),
        Field("number", T, "The number, with its country: +34 …; none of premium rate.",
              is_needed=True),
        Field("other_number", T, "The geographic or mobile number told beside one of special "
              "rate."),
        Field("opening", T, "When it is answered: mon-fri 9:00-14:00 15:00-18:00; sat 9:00-13:00; "
              "hol 10:00-12:00 for holidays. At any hour if left out."),
        Field("team", T, "Key of the team that answers; the reception if left out."),
        Field("format", T, "generic if left out, or twilio."),
        Field("secret_file", T, "File that holds the secret with which the switchboard signs; read "
              "now, kept sealed, never exported."),
        Field("is_active", Holds.FLAG, "False once nobody answers there any more."),
    ),
)  # fmt: skip

GATEWAY = TableOf(
    "[entities.KEY.gateways.GATEWAY]",
    "A number at which the entity is written to by SMS. Its gateway brings messages to "
    "/webhooks/sms/KEY/GATEWAY.",
    (
        Field("protocol", T, "kannel, which is all there is."),
        Field("sender", T, "The number that a person sees and answers to.", is_needed=True),
        Field("address", T, "Where it takes messages: http://host:13013/cgi-bin/sendsms; nothing "
              "is sent if left out."),
        Field("login", T, "Under which name it lets us in."),
        Field("password_file", T, "File that holds the password; read now, kept sealed, never "
              "exported."),
        Field("secret_file", T, "File that holds the secret with which the gateway comes to us; "
              "read now, kept sealed, never exported."),
        Field("team", T, "Key of the team that receives what comes; the reception if left out."),
        Field("language", Holds.LANGUAGE, "Of the answers, until somebody knows better."),
        Field("kind", T, "What a new contact is: enquiry if left out."),
        Field("is_active", Holds.FLAG, "False once nothing goes or comes there any more."),
    ),
)  # fmt: skip

CHAT = TableOf(
    "[entities.KEY.chat]",
    "That the entity is talked to by chat on its portal.",
    (
        Field("team", T, "Key of the team that receives what comes; the reception if left out."),
        Field("kind", T, "What a new contact is: enquiry if left out."),
        Field("most_at_once", Holds.NUMBER, "How many chats one person holds: 3 if left out."),
        Field("is_active", Holds.FLAG, "False once nobody is talked to there any more."),
    ),
)  # fmt: skip

DUTY = TableOf(
    "[entities.KEY.duty.TEAM]",
    "That a team keeps duty for the entity: emergencies call whoever is on duty.",
    (
        Field("minutes_each", Holds.NUMBER,
              "1 to 120: how long each is waited for; 10 if left out."),
        Field("is_active", Holds.FLAG, "False once nobody is called any more."),
        Field("turns", Holds.TURNS, "The whole week."),
    ),
)  # fmt: skip

TURN = TableOf(
    "[[entities.KEY.duty.TEAM.turns]]",
    "A stretch of every week in which somebody is on duty.",
    (
        Field("day", T, "monday to sunday, or holiday, which holds on public holidays and closed "
              "days instead.", is_needed=True),
        Field("from", T, "Such as \"20:00\", by the clocks of the entity.", is_needed=True),
        Field("to", T, "At or before the beginning: it ends the day after.", is_needed=True),
        Field("rank", Holds.NUMBER, "Who is called first, second…: 1 if left out."),
        Field("person", T, "User name of somebody who handles cases in the team.",
              is_needed=True),
    ),
)  # fmt: skip

WEBHOOK = TableOf(
    "[entities.KEY.webhooks.WEBHOOK]",
    "A system that is told what happens to the entity's cases (docs/guides/webhooks.md).",
    (
        Field("address", T, "Where events are posted: https://…", is_needed=True),
        Field("events", Holds.TEXTS, "Which: case.registered, case.closed…", is_needed=True),
        Field("secret_file", T, "File that holds the secret with which we sign, whsec_…; read now, "
              "kept sealed, never exported. One is drawn if left out; draw another on the page of "
              "the webhook to see it."),
        Field("is_active", Holds.FLAG, "False once it is told nothing any more."),
    ),
)  # fmt: skip

KNOWLEDGE = TableOf(
    "[entities.KEY.knowledge]",
    "What holds for all that its people know and notice.",
    (
        Field("impression_days", Holds.NUMBER,
              "1 to 90: how long what was noticed of somebody's manner is kept; 14 if left out."),
    ),
)  # fmt: skip

SHEET = TableOf(
    '[entities.KEY.guidance."SHEET"]',
    "An entity's own guidance: manner-MANNER, speech-telephone, speech-writing, kind-KIND or "
    "category-CATEGORY. A change is a new version; what is left out of the file is as shipped.",
    (
        Field("brief", W, "Three lines, shown beside the form."),
        Field("do", W, "What helps, a line each."),
        Field("avoid", W, "What does not, a line each."),
        Field("ask", W, "What to ask, a line each."),
    ),
)

ARTICLE = TableOf(
    "[articles.KEY]",
    "Something that the house knows. A change is a new version; the key is part of its address.",
    (
        Field("entities", Holds.TEXTS, "Keys of the entities it is said for."),
        Field("shelf", T, "hours, places, products, questions or outages."),
        Field("title", W, "Its title."),
        Field("body", W, "What it says."),
        Field("keywords", W, "Words under which it is sought and that it does not say."),
        Field("valid_from", Holds.DAY, "First day on which it is shown; at once if left out."),
        Field("valid_until", Holds.DAY, "Last day on which it is shown."),
        Field("is_published", Holds.FLAG, "False while it is a draft; published if left out."),
        Field("is_withdrawn", Holds.FLAG, "True once it is shown no longer."),
    ),
)

SERVICE = TableOf(
    "[entities.KEY.services.SERVICE]",
    "Something that can be booked: an appointment at the counter, a visit at home.",
    (
        Field("name", W, "What it is called."),
        Field("about", W, "What it is, what to bring."),
        Field("place", W, "Where it is; not needed where the house comes to the person."),
        Field("at_home", Holds.FLAG, "Whether the house comes to the person: the address is "
              "asked."),
        Field("minutes", Holds.NUMBER, "How long it takes, 5 to 480: 30 if left out."),
        Field("places", Holds.NUMBER, "How many people at the same time, 1 to 50: one if left "
              "out."),
        Field("hours", Holds.TEXTS, "The plan of a week: \"mon 09:00-14:00\", a text each. Public "
              "holidays and closed days are left out by themselves."),
        Field("notice_hours", Holds.NUMBER, "How many hours before it begins a person can still "
              "book or move it: 12 if left out."),
        Field("days_ahead", Holds.NUMBER, "How many days ahead it can be booked: 60 if left out."),
        Field("team", T, "Key of the team that receives it; the reception if left out."),
        Field("is_offered", Holds.FLAG, "False once nothing new is booked."),
    ),
)  # fmt: skip

PRODUCT = TableOf(
    "[entities.KEY.products.PRODUCT]",
    "Something that can be ordered: goods, or something that the house does.",
    (
        Field("name", W, "What it is called."),
        Field("about", W, "What it is, what it costs, what to have at hand."),
        Field("questions", W, "What is asked for it: a question a line, a star at the end of "
              "those that must be answered; the same ones in every language."),
        Field("at_home", Holds.FLAG, "Whether it is brought to the person: the address is asked."),
        Field("team", T, "Key of the team that receives it; the reception if left out."),
        Field("is_offered", Holds.FLAG, "False once nothing new is ordered."),
    ),
)  # fmt: skip

TEAM = TableOf(
    "[teams.KEY]",
    "People who share work.",
    (
        Field("name", W, "What it is called."),
        Field("purpose", T, "general, complex, area or ombudsman; fixed once it exists."),
        Field("entities", Holds.TEXTS, "Keys of the entities it serves."),
        Field("is_active", Holds.FLAG, "False once it has no work any more."),
        Field(
            "is_outsourced",
            Holds.FLAG,
            "True for people of another house: they see the open "
            "cases of their own teams, and no list leaves with them.",
        ),
    ),
)

PERSON = TableOf(
    "[people.USERNAME]",
    "Somebody of the staff.",
    (
        Field("name", T, "Their name."),
        Field("email", T, "Where one-time links go; may sign in with it."),
        Field("telephone", T, "Where calls of duty go by SMS: +34 …"),
        Field("language", Holds.LANGUAGE, "The language of their pages."),
        Field("languages", Holds.LANGUAGES, "Languages they handle cases in."),
        Field("competences", Holds.TEXTS, "Keys of categories they are fit for."),
        Field("most_open_cases", Holds.NUMBER, "How many cases at most are given to them."),
        Field("hours", Holds.TEXTS, "When they work, like mon-fri 09:00-15:00; none: always."),
        Field("is_active", Holds.FLAG, "False takes their sign-in and roles away."),
        Field("roles", Holds.ROLES, "The whole list of what they hold."),
    ),
)

ROLE = TableOf(
    "[[people.USERNAME.roles]]",
    "A role somebody holds. Those of the ombudsman's office wait for its confirmation.",
    (
        Field("role", T, "agent, handler, lead, approver, area, ombudsman, ombudsman_clerk, "
              "auditor or administrator.", is_needed=True),
        Field("team", T, "Key of the team it is held in."),
        Field("entities", Holds.TEXTS, "Keys of the entities that an auditor audits."),
    ),
)  # fmt: skip

TABLES = (
    ORGANISATION, ENTITY, AREA, CATEGORY, CLOSURE, TARGET, LETTER, REDRESS, AUTHORITY, ADHESION,
    MAILBOX, LINE, GATEWAY, CHAT, SERVICE, PRODUCT, DUTY, TURN, WEBHOOK, KNOWLEDGE, SHEET, ARTICLE,
    TEAM, PERSON, ROLE,
)  # fmt: skip
