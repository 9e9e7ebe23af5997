"""What is asked of somebody, by the kind of their contact: each kind has its own short form.

One table for the public form, quick registration, the telephone and the counter. A question that a
kind does not ask is never in the way; what was written into it all the same is kept and used.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from valedor.casefile.models import Kind

# Questions by the names of their fields. What is in no set is asked of every contact.
MATTER = frozenset({"category"})
DECIDED = frozenset({"point", "remedy_sought", "subject"})
CONTRACT = frozenset({"contract_number", "identity_number"})
DANGER = frozenset({"touches_safety"})
FILES = frozenset({"file"})
MANDATE = frozenset({"represented_name", "mandate_basis", "mandate_expires_on"})
CARE = frozenset({"needs_help", "help_words"})
AT_ONCE = frozenset({"answer_article", "answer_now"})  # What whoever writes it down answered.

LONG = MATTER | DECIDED | CONTRACT | DANGER | FILES | MANDATE | CARE
EVERYTHING = LONG | AT_ONCE


TELL_US = _("Tell us what happened")


@dataclass(frozen=True)
class Words:
    """How a question is put: its label, a help, and what is said where it was left empty."""

    label: Promise
    help: Promise | str = ""
    missing: Promise | str = ""


@dataclass(frozen=True, kw_only=True)
class KindForm:
    """The form of one kind of contact.

    ``wish`` is how the public chooses it; empty where it does not (``wish_help`` explains it).
    ``words`` puts questions to the person in other words than usual, ``staff_words`` to whoever
    writes down what they say. ``offers_articles``: what the house knows is offered unasked while
    somebody writes. A complaint, a claim, a cancellation or a request about one's data is never met
    with something to read first.
    """

    title: Promise = TELL_US
    wish: Promise | str = ""
    wish_help: Promise | str = ""
    asks: frozenset[str] = LONG
    words: Mapping[str, Words] = field(default_factory=dict)
    staff_words: Mapping[str, Words] = field(default_factory=dict)
    offers_articles: bool = False


FORMS: Mapping[Kind, KindForm] = {
    Kind.CLAIM: KindForm(
        wish=pgettext_lazy("what I want to do", "Make a claim"),
        wish_help=_("Something went wrong and you ask us to put it right or to compensate you."),
    ),
    Kind.COMPLAINT: KindForm(
        wish=pgettext_lazy("what I want to do", "Complain"),
        wish_help=_("You want your dissatisfaction with the service or treatment on record."),
    ),
    Kind.INCIDENT: KindForm(
        title=_("Report a fault or an emergency"),
        wish=pgettext_lazy("what I want to do", "Report a fault or an emergency"),
        wish_help=_("The service does not work, or there is danger."),
        asks=MATTER | CONTRACT | DANGER | FILES | MANDATE | CARE,
        words={
            "narrative": Words(
                _("What is happening, and where?"),
                _("The address, since when, and whether others have it too."),
                _("Tell us what is happening: a sentence is enough."),
            ),
        },
        staff_words={"narrative": Words(_("What is happening, and where?"))},
        offers_articles=True,
    ),
    Kind.TECHNICAL_SUPPORT: KindForm(
        title=_("Get help to make something work"),
        wish=pgettext_lazy("what I want to do", "Get help to make something work"),
        wish_help=_("A device, a page or an application does not do what it should."),
        asks=MATTER | CONTRACT | DANGER | FILES | CARE | AT_ONCE,
        words={
            "narrative": Words(
                _("What does not work?"),
                _("What you did, what you saw, and what the screen or the device says."),
                _("Tell us what does not work: a sentence is enough."),
            ),
            "contract_number": Words(
                _("Contract, customer or serial number"), _("It is on your bill or on the device.")
            ),
        },
        staff_words={
            "narrative": Words(_("What does not work?")),
            "contract_number": Words(_("Contract, customer or serial number")),
        },
        offers_articles=True,
    ),
    Kind.ENQUIRY: KindForm(
        title=_("Ask us something"),
        wish=pgettext_lazy("what I want to do", "Ask something"),
        wish_help=_("You want to know something."),
        asks=MATTER | FILES | CARE | AT_ONCE,
        words={
            "narrative": Words(
                _("What would you like to know?"),
                _("In your own words. Leave out passwords and card numbers."),
                _("Write what you would like to know: a sentence is enough."),
            ),
        },
        staff_words={"narrative": Words(_("What would they like to know?"))},
        offers_articles=True,
    ),
    Kind.SUGGESTION: KindForm(
        title=_("Suggest something"),
        wish=pgettext_lazy("what I want to do", "Suggest something"),
        wish_help=_("You have an idea how we could do better."),
        asks=FILES,
        words={
            "narrative": Words(
                _("What could we do better?"),
                _(
                    "What you would change, and what it would be good for. "
                    "We tell you what becomes of it."
                ),
                _("Write what we could do better: a sentence is enough."),
            ),
        },
        staff_words={"narrative": Words(_("What do they suggest?"))},
    ),
    Kind.THANKS: KindForm(
        title=_("Say thank you"),
        wish=pgettext_lazy("what I want to do", "Say thank you"),
        wish_help=_("Somebody did their work well, and should hear it."),
        asks=frozenset(),
        words={
            "narrative": Words(
                _("What was done well?"),
                _("Who it was, where and when, if you know: we pass it on to them."),
                _("Write what was done well: a sentence is enough."),
            ),
        },
        staff_words={"narrative": Words(_("What was done well, and by whom?"))},
    ),
    Kind.CANCELLATION: KindForm(
        title=_("Cancel a contract"),
        wish=pgettext_lazy("what I want to do", "Cancel a contract"),
        wish_help=_("You end a contract, or withdraw from it."),
        asks=frozenset({"remedy_sought"}) | MATTER | CONTRACT | FILES | MANDATE | CARE,
        words={
            "narrative": Words(
                _("What would you like to cancel?"),
                _("Name the contract or the service. You need not say why."),
                _("Write what you would like to cancel: a few words are enough."),
            ),
            "remedy_sought": Words(
                _("From which day?"), _("Left empty: from the first day on which it is possible.")
            ),
        },
        staff_words={
            "narrative": Words(_("What would they like to cancel?")),
            "remedy_sought": Words(_("From which day?")),
        },
    ),
    Kind.DATA_REQUEST: KindForm(
        title=_("Ask about your personal data"),
        wish=pgettext_lazy("what I want to do", "Ask about my personal data"),
        wish_help=_("See, correct or delete what we know about you."),
        asks=CONTRACT | FILES | MANDATE | CARE,
        words={
            "narrative": Words(
                _("What would you like us to do with your data?"),
                _(
                    "For example: show them to you, correct them, delete them, "
                    "or use them no longer for advertising."
                ),
                _("Write what you would like: a sentence is enough."),
            ),
        },
        staff_words={"narrative": Words(_("What shall be done with their data?"))},
    ),
    # What the desk writes down; the public comes to it by other ways.
    Kind.ORDER: KindForm(
        asks=MATTER | CONTRACT | CARE,
        staff_words={"narrative": Words(_("What do they order?"))},
    ),
    Kind.BOOKING: KindForm(
        asks=MATTER | CONTRACT | CARE,
        staff_words={"narrative": Words(_("What would they like to book?"))},
    ),
    Kind.AFTER_SALES: KindForm(),
    Kind.REPORT: KindForm(asks=MATTER | frozenset({"point", "subject"}) | DANGER | FILES | CARE),
}

OFFERED = tuple(kind for kind, form in FORMS.items() if form.wish)
"""The kinds that the public chooses from, in this order."""


def form_of(kind: str) -> KindForm:
    """The form of a kind; the long one where nothing known was chosen yet."""
    return FORMS[Kind(kind)] if kind in Kind.values else FORMS[Kind.CLAIM]


def kinds_asking(name: str, among: Iterable[Kind]) -> tuple[Kind, ...]:
    """The kinds whose form asks a question."""
    return tuple(kind for kind in among if name in FORMS[kind].asks or name not in EVERYTHING)
