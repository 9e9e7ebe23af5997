"""The screens of the settings: every one opens for an administrator and for nobody else."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from django.forms import BooleanField, ChoiceField, Form
from django.test import Client
from django.urls import URLPattern

from tests.cast import a_body
from valedor.announcing.actions.set_webhook import set_webhook
from valedor.announcing.models import Announcement
from valedor.bodies.actions.join import join
from valedor.bodies.models import Adhesion, Body
from valedor.bookings.actions.set_service import set_service
from valedor.channels.email.actions.set_mailbox import set_mailbox
from valedor.channels.sms.actions.set_gateway import set_gateway
from valedor.channels.telephone.actions.set_line import set_line
from valedor.config.initialising import First, initialise
from valedor.desk import urls_settings
from valedor.desk.views.settings import bodies
from valedor.incidents.duty.actions.set_plan import set_duty_plan
from valedor.orders.actions.set_product import set_product
from valedor.people.actions.accounts import add_account
from valedor.people.actions.office import Step, answer_office, ask_office
from valedor.people.actions.roles import grant_role
from valedor.people.actions.teams import add_team
from valedor.people.models import (
    Account,
    AdministrationEntry,
    Closure,
    Entity,
    OfficeRequest,
    Role,
    RoleGrant,
    Team,
)
from valedor.people.second_factor import _SEEN
from valedor.procedures.actions.areas import set_area
from valedor.procedures.models import Category, InternalTarget, LetterTemplate, RedressOption
from valedor.programs.models import ApiToken
from valedor.programs.tokens import issue_token
from valedor.review.office.models import Appointment

AT = datetime(2026, 11, 22, 9, tzinfo=UTC)
HERE = "/desk/settings"
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def besos() -> Entity:
    initialise(
        First(
            organisation="Grup Besòs",
            key="besos",
            name="Aigües del Besòs",
            country="ES",
            region="ES-CT",
            timezone="",
            languages=["ca", "es"],
            administrator="admin@besos.example",
        ),
        at=AT,
    )
    return Entity.objects.get()


def signed_in(account: Account) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(account, backend="valedor.people.sessions.StaffBackend")
    session = client.session
    session[_SEEN] = True  # The second factor has tests of its own.
    session.save()
    return client


@pytest.fixture
def admin() -> Client:
    return signed_in(Account.objects.get(username="admin"))


@pytest.fixture
def bruno(besos: Entity) -> Account:
    account = add_account("bruno", name="Bruno Salas", by=None, at=AT)
    grant_role(account, Role.HANDLER, team=general(), by=None, at=AT)
    return account


def general() -> Team:
    return Team.objects.get(key="besos-general")


def addresses(besos: Entity) -> Iterator[tuple[str, str]]:
    """Every address of the settings, filled in with things that exist."""
    Closure.objects.create(entity=besos, on=AT.date(), name={"ca": "x"}, recorded_at=AT)
    InternalTarget.objects.create(
        entity=besos, meets="respond", name={"ca": "x"}, length=3, unit="calendar_days"
    )
    set_area(besos, "billing", name={"ca": "Facturació"}, team=None, by=None, at=AT)
    set_mailbox(besos, "care", address="care@besos.example", by=None, at=AT)
    set_line(besos, "faults", name="Avaries", number="900 106 240", by=None, at=AT)
    set_duty_plan(besos, general(), by=None, at=AT)
    set_gateway(besos, "main", sender="600 900 100", by=None, at=AT)
    words = {"ca": "Taulell", "es": "Mostrador"}
    set_service(besos, "counter", name=words, place=words, by=None, at=AT)
    set_product(besos, "connection", name=words, by=None, at=AT)
    webhook = set_webhook(
        besos, "billing", address="https://x.example/", events=["case.closed"], by=None, at=AT
    )
    told = Announcement.objects.create(
        subscription=webhook, event="case.closed", body="{}", next_try_at=AT
    )
    admin = Account.objects.get(username="admin")
    office = a_body("the-office")
    joined = join(besos, "the-office", valid_from=AT.date(), by=None, at=AT)
    request = OfficeRequest.objects.create(
        step=Step.RESET_SIGN_IN, account=admin, asked_by=admin, asked_at=AT
    )
    issue_token("crm", besos, ["cases:register"], by=None, at=AT)
    token = ApiToken.objects.get(name="crm")
    day = AT.date()
    held = Appointment.objects.create(
        entity=besos, account=admin, title=words, standing=words, appointed_by="Board",
        begins_on=day, ends_on=day.replace(year=day.year + 2), recorded_at=AT,
    )  # fmt: skip
    fillings = {
        "ombudsman/<int:pk>": f"ombudsman/{held.pk}",
        "areas/<slug:area_key>": "areas/billing",
        "categories/<int:pk>": f"categories/{Category.objects.get(key='billing').pk}",
        "letters/<slug:letter_key>": "letters/receipt",
        "mailboxes/<slug:mailbox_key>": "mailboxes/care",
        "lines/<slug:line_key>": "lines/faults",
        "services/<slug:service_key>": "services/counter",
        "products/<slug:product_key>": "products/connection",
        "gateways/<slug:gateway_key>": "gateways/main",
        "duty/<slug:team_key>": "duty/besos-general",
        "webhooks/<slug:webhook_key>": "webhooks/billing",
        "events/<uuid:event_id>": f"events/{told.pk}",
        "redress/<slug:option_key>": "redress/refund",
        "targets/<int:pk>": f"targets/{InternalTarget.objects.get().pk}",
        "closures/<int:pk>": f"closures/{Closure.objects.get().pk}",
        "adhesions/<int:pk>": f"adhesions/{joined.pk}",
        "bodies/<int:pk>": f"bodies/{office.pk}",
        "entities/<slug:key>": "entities/besos",
        "teams/<slug:key>": "teams/besos-general",
        "roles/<int:pk>": f"roles/{RoleGrant.objects.get(role=Role.ADMINISTRATOR).pk}",
        "people/<str:username>": "people/admin",
        "office/<int:pk>": f"office/{request.pk}",
        "programs/<int:pk>": f"programs/{token.pk}",
    }
    for pattern in urls_settings.urlpatterns:
        assert isinstance(pattern, URLPattern)
        route = str(pattern.pattern)
        for before, after in fillings.items():
            route = route.replace(before, after)
        assert "<" not in route, route
        yield str(pattern.name), f"{HERE}/{route}"


POST_ONLY = {
    "target_end",
    "closure_withdraw",
    "roles",
    "role_end",
    "office_answer",
    "webhook_secret",
    "webhook_trial",
    "webhook_resume",
    "announcements_again",
    "announcement_again",
    "program_revocation",
}


def test_every_page_opens_for_an_administrator(besos: Entity, admin: Client) -> None:
    for name, address in addresses(besos):
        response = admin.get(address)
        if name in POST_ONLY:
            assert response.status_code == 405, address
            continue
        assert response.status_code == 200, address
        if response["Content-Type"].startswith("text/csv"):
            continue
        page = response.content.decode()
        assert page.count("<h1") == 1, address
        assert " style=" not in page, address
        assert "onclick=" not in page, address


def test_nobody_else_gets_anything(besos: Entity, bruno: Account) -> None:
    client, before = signed_in(bruno), AdministrationEntry.objects.count()
    for name, address in addresses(besos):
        before = AdministrationEntry.objects.count()
        assert client.get(address).status_code == (405 if name in POST_ONLY else 403), address
        assert client.post(address).status_code in {403, 405}, address
        assert AdministrationEntry.objects.count() == before
        assert Client().get(address).status_code == 302, address


def test_an_auditor_reads_the_log_and_nothing_else(besos: Entity) -> None:
    gia = add_account("gia", name="Gia", by=None, at=AT)
    grant_role(gia, Role.AUDITOR, entities=[besos], by=None, at=AT)
    client = signed_in(gia)
    for name, address in addresses(besos):
        if name not in POST_ONLY:
            assert client.get(address).status_code == (200 if name == "log" else 403), address


def test_an_entity_is_changed_and_the_page_says_what(admin: Client, besos: Entity) -> None:
    page = admin.get(f"{HERE}/entities/besos/")
    posted = initial_of(page.context["form"]) | {"telephone": "900 100 200"}
    response = admin.post(f"{HERE}/entities/besos/", posted, follow=True)
    assert response.status_code == 200
    assert "you changed a legal entity (besos)" in response.content.decode()
    besos.refresh_from_db()
    assert besos.telephone == "900 100 200"
    line = AdministrationEntry.objects.order_by("sequence").last()
    assert line is not None
    assert line.by == Account.objects.get(username="admin")
    assert line.after == {"telephone": "900 100 200"}


def test_an_untouched_form_changes_nothing(admin: Client, besos: Entity) -> None:
    set_area(besos, "billing", name={"ca": "Facturació"}, team=None, by=None, at=AT)
    billing = Category.objects.get(key="billing")
    before = AdministrationEntry.objects.count()
    for address in (
        "entities/besos/",
        "entities/besos/rules/",
        "entities/besos/areas/billing/",
        f"entities/besos/categories/{billing.pk}/",
        "entities/besos/redress/refund/",
        "entities/besos/authority/",
        "entities/besos/notice/",
        "entities/besos/letters/receipt/",
        "teams/besos-general/",
        "people/admin/",
    ):
        page = admin.get(f"{HERE}/{address}")
        posted = initial_of(page.context["form"])
        response = admin.post(f"{HERE}/{address}", posted, follow=True)
        assert response.status_code == 200, address
        assert AdministrationEntry.objects.count() == before, address


def test_the_reaction_period_is_changed_with_a_line(admin: Client, besos: Entity) -> None:
    page = admin.get(f"{HERE}/entities/besos/")
    asked = initial_of(page.context["form"])
    assert asked["days_to_react"] == "10"
    for wrong in ("0", "91", ""):
        refused = admin.post(f"{HERE}/entities/besos/", asked | {"days_to_react": wrong})
        assert refused.status_code == 422, wrong
    admin.post(f"{HERE}/entities/besos/", asked | {"days_to_react": "7"})
    besos.refresh_from_db()
    assert besos.days_to_react == 7
    line = AdministrationEntry.objects.order_by("sequence").last()
    assert line is not None
    assert (line.before, line.after) == ({"days_to_react": 10}, {"days_to_react": 7})


def test_what_cannot_be_is_said_beside_the_form_and_nothing_is_lost(admin: Client) -> None:
    page = admin.get(f"{HERE}/entities/besos/")
    posted = initial_of(page.context["form"]) | {"region": "ES-CAT", "telephone": "1 2 3"}
    response = admin.post(f"{HERE}/entities/besos/", posted)
    assert response.status_code == 422
    assert "There is no region ES-CAT" in response.content.decode()
    assert 'value="1 2 3"' in response.content.decode()
    assert Entity.objects.get().telephone == ""


def test_an_entity_is_added(admin: Client) -> None:
    posted = {
        "key": "ipe",
        "name": "Ipê Telecom",
        "country": "br",
        "region": "BR-RJ",
        "trade_answer_hours": "24",
        "days_to_react": "90",
        "seconds_to_take_back": "0",
        "languages": ["pt-br", "en"],
        "default_language": "pt-br",
    }
    assert admin.post(f"{HERE}/entities/new", posted).status_code == 302
    ipe = Entity.objects.get(key="ipe")
    assert (ipe.timezone, ipe.trade_answer_hours) == ("America/Sao_Paulo", 24)
    assert ipe.days_to_react == 90
    again = admin.post(f"{HERE}/entities/new", posted | {"key": "accounts"})
    assert again.status_code == 422
    assert "choose another key" in again.content.decode()


def test_regimes_facts_and_readings_are_chosen(admin: Client, besos: Entity) -> None:
    page = admin.get(f"{HERE}/entities/besos/rules/")
    posted = initial_of(page.context["form"]) | {
        "regimes": ["es-trlgdcu-21", "es-lsac-2025"],
        "promised": ["es-lsac-2025"],
        "fact:consumer_relation": "yes",
    }
    assert admin.post(f"{HERE}/entities/besos/rules/", posted).status_code == 302
    besos.refresh_from_db()
    assert besos.promised_regimes == ["es-lsac-2025"]
    page = admin.get(f"{HERE}/entities/besos/rules/")
    readings = [name for name in page.context["form"].fields if name.startswith("reading:")]
    assert readings
    name = readings[0]
    choice = page.context["form"].fields[name].choices[1][0]
    posted = initial_of(page.context["form"]) | {name: choice}
    assert admin.post(f"{HERE}/entities/besos/rules/", posted).status_code == 302
    besos.refresh_from_db()
    assert besos.readings == {name.removeprefix("reading:"): choice}


def test_a_target_is_set_ended_and_never_laxer(admin: Client, besos: Entity) -> None:
    target = {
        "meets": "respond",
        "length": "7",
        "unit": "calendar_days",
        "name_ca": "Una setmana",
    }
    assert admin.post(f"{HERE}/entities/besos/targets/", target).status_code == 302
    laxer = admin.post(f"{HERE}/entities/besos/targets/", target | {"length": "40"})
    assert laxer.status_code == 422
    assert "later than the law" in laxer.content.decode()
    standing = InternalTarget.objects.get()
    assert standing.length == 7
    admin.post(f"{HERE}/entities/besos/targets/{standing.pk}/end")
    assert not InternalTarget.objects.filter(ended_at=None).exists()


def test_a_closed_day_is_added_and_withdrawn(admin: Client) -> None:
    posted = {"on": "2026-12-24", "name_ca": "Nadal"}
    assert admin.post(f"{HERE}/entities/besos/closures/", posted).status_code == 302
    twice = admin.post(f"{HERE}/entities/besos/closures/", posted)
    assert "is such a day already" in twice.content.decode()
    closure = Closure.objects.get()
    admin.post(f"{HERE}/entities/besos/closures/{closure.pk}/withdrawal")
    closure.refresh_from_db()
    assert closure.withdrawn_at is not None


def test_an_area_and_a_category_are_added(admin: Client, besos: Entity) -> None:
    add_team(
        "billing", name={"ca": "F"}, entities=[besos], purpose=Team.Purpose.AREA, by=None, at=AT
    )
    area = {"key": "billing", "name_ca": "Facturació", "team": "billing", "is_active": "on"}
    assert admin.post(f"{HERE}/entities/besos/areas/new", area).status_code == 302
    category = {
        "key": "billing/meter",
        "parent": "billing",
        "name_ca": "Comptador",
        "name_es": "Contador",
        "area": "billing",
        "is_public": "on",
        "valid_from": "2026-11-22",
    }
    assert admin.post(f"{HERE}/entities/besos/categories/new", category).status_code == 302
    made = Category.objects.get(key="billing/meter")
    assert made.parent == Category.objects.get(key="billing")
    assert made.area is not None
    lacking = admin.post(
        f"{HERE}/entities/besos/categories/new", category | {"key": "x", "name_es": ""}
    )
    assert lacking.status_code == 422
    assert not Category.objects.filter(key="x").exists()


def test_a_letter_is_looked_at_published_and_refused_while_a_language_is_missing(
    admin: Client,
) -> None:
    address = f"{HERE}/entities/besos/letters/receipt/"
    posted = initial_of(admin.get(address).context["form"])
    posted["subject_ca"] = "Hem rebut la vostra reclamació {reference}"
    preview = admin.post(address, posted | {"preview": "1"})
    assert "‹reference›" in preview.content.decode()
    assert not LetterTemplate.objects.exclude(entity=None).exists()

    lacking = admin.post(address, posted | {"body_en": ""})
    assert lacking.status_code == 422
    assert "no text in en yet" in lacking.content.decode()
    assert not LetterTemplate.objects.exclude(entity=None).exists()

    assert admin.post(address, posted).status_code == 302
    letter = LetterTemplate.objects.exclude(entity=None).get()
    assert letter.number == 1
    assert letter.subject["ca"] == "Hem rebut la vostra reclamació {reference}"
    admin.post(address, posted)
    assert LetterTemplate.objects.exclude(entity=None).count() == 1


def test_the_catalogue_and_the_limits_of_authority_change(admin: Client, besos: Entity) -> None:
    option = {
        "key": "voucher",
        "name_ca": "Val",
        "name_es": "Vale",
        "days_to_carry_out": "7",
        "has_amount": "on",
        "is_offered": "on",
    }
    assert admin.post(f"{HERE}/entities/besos/redress/new", option).status_code == 302
    assert RedressOption.objects.get(key="voucher").has_amount
    limits = initial_of(admin.get(f"{HERE}/entities/besos/authority/").context["form"])
    admin.post(f"{HERE}/entities/besos/authority/", limits | {"role_handler": "75.50"})
    assert str(besos.authority_limits.get(role="handler").amount) == "75.50"


def test_the_privacy_notice_gets_a_next_version(admin: Client, besos: Entity) -> None:
    address = f"{HERE}/entities/besos/notice/"
    posted = initial_of(admin.get(address).context["form"])
    assert admin.post(address, posted | {"text_ca": ""}).status_code == 422
    admin.post(address, posted | {"text_ca": "Les vostres dades…"})
    assert [notice.number for notice in besos.privacy_notices.order_by("number")] == [1, 2]


def test_a_person_is_added_invited_given_a_role_and_loses_it(admin: Client) -> None:
    posted = {
        "username": "carla",
        "name": "Carla Vidal",
        "language": "ca",
        "languages": ["ca"],
        "most_open_cases": "40",
    }
    assert admin.post(f"{HERE}/people/new", posted).status_code == 302
    carla = Account.objects.get(username="carla")
    link = admin.post(f"{HERE}/people/carla/sign-in")
    assert "/accounts/password/reset/key/" in link.content.decode()
    role = {"role": "lead", "team": "besos-general"}
    assert admin.post(f"{HERE}/people/carla/roles/", role).status_code == 302
    grant = carla.grants.get()
    assert grant.granted_by == Account.objects.get(username="admin")
    assert "Team lead" in admin.get(f"{HERE}/people/carla/").content.decode()
    admin.post(f"{HERE}/people/carla/roles/{grant.pk}/end")
    assert not carla.grants.filter(ended_at=None).exists()
    admin.post(f"{HERE}/people/carla/activity")
    carla.refresh_from_db()
    assert not carla.is_active


def test_nobody_grants_to_themselves_on_screen(admin: Client) -> None:
    role = {"role": "auditor", "entities": ["besos"]}
    response = admin.post(f"{HERE}/people/admin/roles/", role)
    assert response.status_code == 422
    assert "Nobody grants a role to themselves" in response.content.decode()
    assert RoleGrant.objects.filter(ended_at=None).count() == 1


def test_the_last_administrator_stays(admin: Client) -> None:
    grant = RoleGrant.objects.get()
    response = admin.post(f"{HERE}/people/admin/roles/{grant.pk}/end", follow=True)
    assert "last administrator" in response.content.decode()
    response = admin.post(f"{HERE}/people/admin/activity", follow=True)
    assert "last administrator" in response.content.decode()
    grant.refresh_from_db()
    assert grant.ended_at is None


def test_the_office_confirms_on_its_page(admin: Client, besos: Entity) -> None:
    add_team(
        "office",
        name={"ca": "Síndica"},
        entities=[besos],
        purpose=Team.Purpose.OMBUDSMAN,
        by=None,
        at=AT,
    )
    sindica = add_account("sindica", name="Síndica", by=None, at=AT)
    role = {"role": "ombudsman", "team": "office"}
    assert admin.post(f"{HERE}/people/sindica/roles/", role).status_code == 302
    assert not sindica.grants.exists()
    own = admin.get(f"{HERE}/office/").content.decode()
    assert "Somebody else confirms what one asked" in own

    second = add_account("second", name="Second", by=None, at=AT)
    grant_role(second, Role.ADMINISTRATOR, by=None, at=AT)
    request = OfficeRequest.objects.get()
    answer = f"{HERE}/office/{request.pk}/answer"
    admin.post(answer, {"answer": "yes"})
    assert not sindica.grants.exists()
    signed_in(second).post(answer, {"answer": "yes"})
    grant = sindica.grants.get()
    assert (grant.role, grant.confirmed_by) == (Role.OMBUDSMAN, second)

    # From now on the office itself is asked, and administrators wait.
    admin.post(f"{HERE}/people/sindica/sign-in")
    clerk = add_account("clerk", name="Clerk", by=None, at=AT)
    admin.post(f"{HERE}/people/clerk/roles/", {"role": "ombudsman_clerk", "team": "office"})
    waiting = OfficeRequest.objects.get(answered_at=None, account=clerk)
    signed_in(second).post(f"{HERE}/office/{waiting.pk}/answer", {"answer": "yes"})
    assert not clerk.grants.exists()
    office = signed_in(sindica)
    assert "Clerk of the ombudsman" in office.get(f"{HERE}/office/").content.decode()
    office.post(f"{HERE}/office/{waiting.pk}/answer", {"answer": "yes"})
    assert clerk.grants.get().confirmed_by == sindica


def test_the_log_is_paged(admin: Client) -> None:
    account = Account.objects.get(username="admin")
    for number in range(60):
        add_account(f"person{number}", name="P", by=account, at=AT)
    page = admin.get(f"{HERE}/log/")
    assert len(page.context["lines"]) == 50
    older = admin.get(page.context["next_url"])
    assert older.context["lines"][0]["sequence"] == page.context["lines"][-1]["sequence"] - 1
    assert admin.get(f"{HERE}/log/?before=nonsense").status_code == 200


def test_asking_and_answering_by_action_needs_two(besos: Entity) -> None:
    team = add_team(
        "office", name={"ca": "S"}, entities=[besos], purpose=Team.Purpose.OMBUDSMAN, by=None, at=AT
    )
    sindica = add_account("sindica", name="Síndica", by=None, at=AT)
    admin = Account.objects.get(username="admin")
    request = ask_office(Step.GRANT_ROLE, sindica, role=Role.OMBUDSMAN, team=team, by=admin, at=AT)
    second = add_account("second", name="Second", by=None, at=AT)
    grant_role(second, Role.ADMINISTRATOR, by=None, at=AT)
    assert answer_office(request, confirm=True, by=second, at=AT) == ""
    assert sindica.grants.get().granted_by == admin


def initial_of(form: Form) -> dict[str, object]:
    """What a browser would send back, untouched."""
    posted: dict[str, object] = {}
    for name, field in form.fields.items():
        value = form[name].value()
        if isinstance(field, BooleanField):
            value = "on" if value else None
        elif not isinstance(field, ChoiceField):
            value = field.widget.format_value(field.prepare_value(value))
        if value is not None:
            posted[name] = value
    return posted


BOARD = {
    "key": "board",
    "kind": "consumer_arbitration_board",
    "name_ca": "Junta de prova",
    "place": "es-ct",
    "method": "determinative",
    "amount_until": "600.00",
    "currency": "EUR",
    "valid_from": "2026-01-01",
    "source": "https://board.example/",
    "checked_on": "2026-11-20",
}


def test_a_body_is_written_down_moves_and_ends(admin: Client) -> None:
    assert admin.post(f"{HERE}/bodies/new", BOARD).status_code == 302
    board = Body.objects.get()
    assert (board.country, board.place, str(board.amount_until)) == ("ES", "ES-CT", "600.00")
    moved = BOARD | {"valid_from": "2026-12-01", "address": "Carrer Nou, 2"}
    assert admin.post(f"{HERE}/bodies/{board.pk}/next", moved).status_code == 302
    board.refresh_from_db()
    assert str(board.valid_until) == "2026-11-30"
    new = Body.objects.get(valid_until=None)
    assert (new.key, new.address) == ("board", "Carrer Nou, 2")
    ended = admin.post(f"{HERE}/bodies/{new.pk}/end", {"on": "2027-02-28", "reason": "It closes."})
    assert ended.status_code == 302
    line = AdministrationEntry.objects.order_by("sequence").last()
    assert line is not None
    assert (line.act, line.after, line.reason) == (
        "body.ended",
        {"valid_until": "2027-02-28"},
        "It closes.",
    )
    page = admin.get(f"{HERE}/bodies/").content.decode()
    assert "Junta de prova" in page
    assert "28 February 2027" in page
    table = admin.get(f"{HERE}/bodies/bodies.csv").content.decode()
    assert table.startswith("key,kind,name_es,")
    assert table.count("\nboard,") == 2


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"place": "ES-CAT"}, "try “ES-CT”"),
        ({"valid_until": "2025-01-01"}, "The last day comes before the first."),
        ({"amount_from": "900.00"}, "The lower amount comes first."),
        ({"amount_until": "-1"}, "greater than or equal to 0"),
        ({"currency": ""}, "Write the currency with three letters"),
    ],
)
def test_what_cannot_be_of_a_body_is_said_and_nothing_is_lost(
    admin: Client, wrong: dict[str, str], says: str
) -> None:
    response = admin.post(f"{HERE}/bodies/new", BOARD | wrong)
    assert response.status_code == 422
    assert says in response.content.decode()
    assert 'value="Junta de prova"' in response.content.decode()
    assert not Body.objects.exists()


def test_whoever_ends_a_body_is_told_of_the_cases_before_its_kind(
    admin: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    admin.post(f"{HERE}/bodies/new", BOARD)
    address = f"{HERE}/bodies/{Body.objects.get().pk}/end"
    assert "before a body of this kind" not in admin.get(address).content.decode()
    monkeypatch.setattr(bodies, "open_cases_before", lambda *_kind, country: 2)
    page = admin.get(address).content.decode()
    assert "2 open cases are before a body of this kind" in page
    early = admin.post(address, {"on": "2025-01-01"})
    assert early.status_code == 422
    assert "The last day comes before the first." in early.content.decode()


def test_an_entity_joins_a_body_and_leaves_it(admin: Client) -> None:
    admin.post(f"{HERE}/bodies/new", BOARD)
    posted = {"body": "board", "valid_from": "2026-02-01", "amount_until": "300", "currency": "EUR"}
    assert admin.post(f"{HERE}/entities/besos/adhesions/new", posted).status_code == 302
    joined = Adhesion.objects.get()
    page = admin.get(f"{HERE}/entities/besos/adhesions/").content.decode()
    assert "up to €300" in page
    address = f"{HERE}/entities/besos/adhesions/{joined.pk}/"
    kept = initial_of(admin.get(address).context["form"])
    assert admin.post(address, kept | {"valid_until": "2027-01-31"}).status_code == 302
    joined.refresh_from_db()
    assert str(joined.valid_until) == "2027-01-31"
    twice = admin.post(
        f"{HERE}/entities/besos/adhesions/new", posted | {"valid_from": "2026-12-01"}
    )
    assert twice.status_code == 422
    assert "end that first" in twice.content.decode()
