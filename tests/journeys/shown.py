"""A small house in which every page has something to show, and the pages that it has."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.test import Client

from tests.cast import Cast, a_case, acting, again, hours
from valedor.acts.table import ACTS
from valedor.casefile.actors import COMPLAINANT, staff
from valedor.casefile.letters import mailed_link
from valedor.casefile.models import Case, Deadline, Letter, Stage
from valedor.foundation.moments import now
from valedor.handling.actions.ask import ask
from valedor.handling.actions.ask_area import ask_area
from valedor.handling.actions.offer_redress import offer_redress
from valedor.handling.actions.send_message import send_message
from valedor.handling.actions.write_note import write_note
from valedor.handling.models import Finding, Inquiry, Redress
from valedor.intake.submission import PersonGiven
from valedor.people.models import Account, Role
from valedor.portal.tests.conftest import the_portal
from valedor.procedures.models import RedressOption
from valedor.review.actions.contest import contest

PASSWORD = "a-river-runs-through"
STORIES = [
    "Sin agua desde el jueves en un cuarto piso, con un bebé en casa, y nadie contesta.",
    "M'han cobrat dues vegades la factura d'octubre. Vaig trucar el dia 3.",
    "O hidrômetro novo marca o dobro do antigo. Não é possível.",
    "My account still has the name of the tenant before me. I waited for two hours.",
]
LONG = "https://example.org/" + "a-very-long-address-without-a-space-" * 4
"""A word that is long on purpose."""


@dataclass
class Shown:
    """What there is, by stage."""

    cast: Cast
    cases: dict[str, Case] = field(default_factory=dict)
    items: dict[str, tuple[str, int]] = field(default_factory=dict)  # noun → reference, item
    accounts: dict[str, Account] = field(default_factory=dict)

    def cookie_of(self, who: str) -> dict[str, str]:
        """The cookie of somebody who is signed in."""
        client = Client()
        client.force_login(self.accounts[who])
        name = settings.SESSION_COOKIE_NAME
        return {"name": name, "value": client.cookies[name].value}

    def link_to(self, stage: str) -> str:
        """The address in a letter about a case, within the site."""
        with acting(self.cast):
            case = again(self.cases[stage])
            return "/" + mailed_link(case, case.complainant_id, at=now()).split("/", 3)[3]


def something_to_show() -> Shown:
    """A case at every stage, and one of everything that pages list."""
    cast = the_portal()
    shown = Shown(cast)
    stages = [
        Stage.RECEIVED,
        Stage.ASSESSED,
        Stage.INVESTIGATION,
        Stage.DECIDED,
        Stage.ANSWERED_NOT_SENT,
        Stage.ANSWERED,
        Stage.CLOSED,
    ]
    for number, stage in enumerate(stages):
        shown.cases[str(stage)] = a_case(
            cast,
            stage=stage,
            narrative=f"{STORIES[number % 4]} ({stage}) {LONG}",
            language=["es", "ca", "pt-br", "en"][number % 4],
        )
    shown.cases["paper"] = a_case(
        cast,
        person=PersonGiven(name="Joan Ferrer", postal_address="Carrer Major 1\n08001 Barcelona"),
        answer_channel=Case.Channel.LETTER,
    )
    shown.cases["contested"] = a_case(cast, stage=Stage.ANSWERED)
    with acting(cast):
        _fill(shown)
    for name in ("bruno", "carla", "felix", "gia", "hugo", "ines"):
        shown.accounts[name] = getattr(cast, name)
    shown.accounts["admin"] = cast.join("ada", Role.ADMINISTRATOR)
    for account in shown.accounts.values():
        Authenticator.objects.create(user=account, type=Authenticator.Type.TOTP, data={})
    cast.join("lena")
    Account.objects.filter(username="lena").update(
        password=PBKDF2PasswordHasher().encode(PASSWORD, "salt"), languages=["en", "es"]
    )
    return shown


def _fill(shown: Shown) -> None:
    cast, by, at = shown.cast, staff(shown.cast.bruno), hours(20)
    case = again(shown.cases["investigation"])
    write_note(case, text=f"The third this month. {LONG}", by=by, at=at)
    send_message(case, text="I have asked for the reading of your meter.", by=by, at=at)
    area = ask_area(case, area=cast.billing, text="Which readings of October?", by=by, at=at)
    question = ask(case, text="Which meter is it?", by=by, at=at)
    finding = Finding.objects.filter(case=case).latest("pk")
    decided = again(shown.cases["decided"])
    offer_redress(
        decided,
        option=RedressOption.objects.get(entity=cast.besos, key="refund"),
        amount=Decimal(250),
        currency="EUR",
        text="We pay the second charge back.",
        by=by,
        at=at,
    )
    redress = Redress.objects.get(case=decided)
    contest(again(shown.cases["contested"]), reasons="The wrong month.", by=COMPLAINANT, at=at)
    letter = Letter.objects.filter(case=shown.cases["paper"]).latest("pk")
    shown.items = {
        "findings": (case.reference, finding.pk),
        "questions": (case.reference, question.pk),
        "area-answers": (case.reference, area.pk),
        "decision": (case.reference, 1),
        "redress-withdrawal": (decided.reference, redress.pk),
        "approval": (decided.reference, redress.pk),
        "settlement": (decided.reference, redress.pk),
        "execution": (decided.reference, redress.pk),
        "letter-correction": (shown.cases["paper"].reference, letter.pk),
    }


Pages = list[tuple[str, str]]
"""Who opens a page, and its address."""


def public_pages() -> Pages:
    """What anybody may open."""
    asked = "rule=es-lsac-2025/resolution&start=2026-11-20T09:14&region=ES-CT"
    urls = [
        "/",
        "/besos/",
        "/besos/privacy",
        "/besos/accessibility",
        "/besos/complain",
        "/besos/complain?kind=incident",
        "/besos/case",
        "/ipe/",
        "/ipe/complain",
        "/deadline",
        f"/deadline?{asked}",
        "/deadline?rule=br-sac/answer&start=yesterday&region=BR-RJ",
        "/accounts/login/",
    ]
    return [("anybody", url) for url in urls]


def own_pages(shown: Shown) -> Pages:
    """What a complainant opens of an answered case."""
    answered = shown.cases["answered"]
    base = f"/besos/case/{answered.reference}"
    with acting(shown.cast):
        deadline = Deadline.objects.filter(case=answered).earliest("pk").pk
        letter = Letter.objects.filter(case=answered, kind="response").latest("pk").pk
    ends = [
        "",
        "/print",
        "/further",
        "/acceptance",
        "/contest",
        "/withdrawal",
        "/access-code",
        f"/counting/{deadline}",
        f"/letters/{letter}",
    ]
    return [("ana", base + end) for end in ends]


def desk_pages(shown: Shown) -> Pages:
    """Queues, cases at every stage, and the pages of every role."""
    cases = {stage: f"/desk/cases/{case.reference}" for stage, case in shown.cases.items()}
    with acting(shown.cast):
        middle = shown.cases["investigation"]
        deadline = Deadline.objects.filter(case=middle).earliest("pk").pk
        letter = Letter.objects.filter(case=shown.cases["paper"]).latest("pk").pk
        inquiry = Inquiry.objects.filter(case=middle, to="area").latest("pk").pk
    bruno = [
        "/desk/?queue=open",
        "/desk/?queue=mine",
        "/desk/?queue=overdue",
        "/desk/filters?queue=open&kind=complaint",
        "/desk/search",
        "/desk/search?q=factura",
        "/desk/search?q=nothing-at-all",
        "/desk/register?entity=besos",
        "/desk/alarms",
        "/desk/marked",
        "/desk/letters",
        f"/desk/letters/{letter}",
        "/desk/held",
        "/desk/account",
        *cases.values(),
        f"{cases['investigation']}/counting/{deadline}",
        f"{cases['answered']}/letters",
    ]
    others = {
        "carla": ["/desk/team", "/desk/team?of=bruno", f"{cases['received']}/reads"],
        "gia": ["/desk/reads", cases["closed"]],
        "hugo": ["/desk/approvals"],
        "ines": ["/desk/inquiries", f"/desk/inquiries/{inquiry}"],
        "felix": ["/desk/account"],
    }
    return [("bruno", url) for url in bruno] + [
        (who, url) for who, urls in others.items() for url in urls
    ]


def act_pages(shown: Shown) -> Iterator[tuple[str, str]]:
    """Every act, where it can be done or says why not."""
    best = {
        "response": "decided",
        "reopening": "closed",
        "measure": "closed",
        "closure": "answered",
    }
    for noun, act in ACTS.items():
        if act.with_item:
            if noun in shown.items:
                reference, item = shown.items[noun]
                who = "hugo" if noun == "approval" else "bruno"
                yield who, f"/desk/cases/{reference}/{noun}/{item}"
            continue
        stage = best.get(noun, "received" if act.group == "begin" else "investigation")
        who = "carla" if noun == "assignment" else "bruno"
        yield who, f"/desk/cases/{shown.cases[stage].reference}/{noun}"


def settings_pages() -> Pages:
    """The screens of the settings."""
    entity = "/desk/settings/entities/besos/"
    ends = [
        "",
        "rules/",
        "targets/",
        "closures/",
        "areas/",
        "areas/new",
        "areas/billing/",
        "categories/",
        "categories/new",
        "letters/",
        "letters/receipt/",
        "notice/",
        "redress/",
        "redress/refund/",
        "authority/",
    ]
    others = ["", "entities/", "entities/new", "teams/", "teams/new", "teams/attention/"]
    others += ["people/", "people/new", "people/bruno/", "people/bruno/activity", "office/", "log/"]
    urls = [f"/desk/settings/{end}" for end in others] + [entity + end for end in ends]
    return [("admin", url) for url in urls]
