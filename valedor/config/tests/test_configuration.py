"""The settings as a file: reading back what was written changes nothing."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.db import transaction

from valedor.channels.models import Line
from valedor.config.configuration import ConfigurationRefused, apply, exported, read, schema
from valedor.config.configuration.read import Document
from valedor.config.initialising import First, initialise
from valedor.foundation.refusals import Refused
from valedor.foundation.sealed import unseal
from valedor.people.acts import Act
from valedor.people.models import (
    Account,
    AdministrationEntry,
    Configuration,
    Entity,
    OfficeRequest,
    Role,
    RoleGrant,
    Team,
)
from valedor.procedures.models import Category, InternalTarget, LetterTemplate, RedressOption

AT = datetime(2026, 11, 22, 9, tzinfo=UTC)
pytestmark = pytest.mark.django_db

BESOS = First(
    organisation="Grup Besòs",
    key="besos",
    name="Aigües del Besòs",
    country="ES",
    region="ES-CT",
    timezone="",
    languages=["ca", "es"],
    administrator="admin@besos.example",
)

RICH = """
[organisation]
name = "Grup «Besòs» i \\"fills\\""

[entities.besos]
sector = "water"
days_to_react = 7
postal_address = "Carrer Gran, 1\\n08001 Barcelona"
regimes = ["es-trlgdcu-21", "es-ct-consumer-code", "es-lsac-2025"]
promised_regimes = ["es-lsac-2025"]
facts = { consumer_relation = true, basic_service = true }

[entities.besos.opening_hours]
ca = "De 9 a 14 h"
es = "De 9 a 14 h"

[[entities.besos.closures]]
on = 2026-12-24
name = { ca = "Nadal", es = "Navidad" }

[[entities.besos.targets]]
meets = "respond"
length = 7
unit = "calendar_days"
name = { ca = "Resposta en una setmana", es = "Respuesta en una semana" }

[entities.besos.areas.billing]
name = { ca = "Facturació", es = "Facturación" }
team = "billing"

[entities.besos.categories.meters]
name = { ca = "Comptadors", es = "Contadores" }
area = "billing"
valid_from = 2026-01-01
valid_until = 2027-12-31

[entities.besos.webhooks.billing]
address = "https://systems.example/valedor"
events = ["case.closed", "case.registered"]
[entities.besos.lines.faults]
name = "Avaries"
number = "+34900106240"

[entities.besos.redress.refund]
name = { ca = "Devolució", es = "Devolución" }
has_amount = true
days_to_carry_out = 10

[entities.besos.authority.handler]
amount = "75.50"
currency = "EUR"

[teams.billing]
name = { ca = "Facturació" }
purpose = "area"
entities = ["besos"]

[people.merce]
name = "Mercè Puig"
email = "merce@besos.example"
language = "ca"
languages = ["ca", "pt-BR"]

[[people.merce.roles]]
role = "area"
team = "billing"

[articles.leak]
entities = ["besos"]
shelf = "questions"
title = { es = "Fuga", ca = "Fuita", en = "A leak", pt-BR = "Vazamento" }
keywords = { es = "tubería" }
valid_from = 2026-01-01
valid_until = 2027-12-31
is_published = true

[articles.leak.body]
es = "Cierre la llave.\\n\\nLlámenos."
ca = "Tanqueu la clau."
en = "Shut the stopcock."
pt-BR = "Feche o registro."

[articles.draft]
entities = ["besos"]
shelf = "hours"
title = { ca = "Horari" }
is_published = false

[entities.besos.knowledge]
impression_days = 7

[entities.besos.guidance.kind-complaint]
brief = { es = "Escuche.", ca = "Escolteu.", en = "Listen.", pt-BR = "Ouça." }

[people.gia]
name = "Gia"

[[people.gia.roles]]
role = "auditor"
entities = ["besos"]
"""


@pytest.fixture
def besos() -> Entity:
    initialise(BESOS, at=AT)
    return Entity.objects.get(key="besos")


def document(text: str) -> Document:
    return read(text, file="settings.toml")


def lines() -> int:
    return AdministrationEntry.objects.count()


def test_an_exported_file_read_back_changes_nothing(besos: Entity) -> None:
    apply(document(RICH), file="settings.toml", by=None, at=AT)
    written, before, number = exported(), lines(), Configuration.objects.get().number

    applied = apply(document(written), file="settings.toml", by=None, at=AT)

    assert applied.lines == []
    assert lines() == before
    assert Configuration.objects.get().number == number
    assert exported() == written
    assert 'name = "Grup «Besòs» i \\"fills\\""' in written
    assert "days_to_react = 7" in written


def test_the_same_file_twice_changes_nothing(besos: Entity) -> None:
    apply(document(RICH), file="settings.toml", by=None, at=AT)
    assert apply(document(RICH), file="settings.toml", by=None, at=AT).lines == []


def test_what_the_file_says_is_set(besos: Entity) -> None:
    apply(document(RICH), file="settings.toml", by=None, at=AT)
    besos.refresh_from_db()
    assert besos.promised_regimes == ["es-lsac-2025"]
    assert besos.days_to_react == 7
    assert [closure.on for closure in besos.closures.all()] == [date(2026, 12, 24)]
    assert InternalTarget.objects.get().length == 7
    meters = Category.objects.get(key="meters")
    assert meters.area is not None
    assert meters.area.team == Team.objects.get(key="billing")
    assert str(besos.authority_limits.get(role="handler").amount) == "75.50"
    merce = Account.objects.get(username="merce")
    assert merce.languages == ["ca", "pt-br"]
    assert not merce.has_usable_password()
    assert merce.grants.get().team == Team.objects.get(key="billing")


def test_every_change_is_a_line_with_who_when_before_and_after(besos: Entity) -> None:
    admin = Account.objects.get(username="admin")
    number = Configuration.objects.get().number
    applied = apply(
        document('[entities.besos]\ntelephone = "900 100 200"'), file="f", by=admin, at=AT
    )
    (line,) = applied.lines
    assert (line.act, line.subject, line.by, line.at) == (
        Act.ENTITY_CHANGED,
        "besos",
        admin,
        AT,
    )
    assert (line.before, line.after) == ({"telephone": ""}, {"telephone": "900 100 200"})
    assert Configuration.objects.get().number == number + 1


def test_check_says_what_would_change_and_changes_nothing(besos: Entity) -> None:
    before, written = lines(), exported()
    applied = apply(document(RICH), file="f", by=None, at=AT, check=True)
    assert len(applied.lines) > 5
    assert lines() == before
    assert exported() == written


def test_one_wrong_line_undoes_all_the_others(besos: Entity) -> None:
    before = lines()
    with pytest.raises(ConfigurationRefused), transaction.atomic():
        apply(
            document('[entities.besos]\ntelephone = "1"\n[teams.x]\nname = {ca = "X"}'),
            file="f",
            by=None,
            at=AT,
        )
    assert lines() == before
    assert Entity.objects.get().telephone == ""


@pytest.mark.parametrize(
    ("text", "key", "words"),
    [
        ("[entities.besos]\nlangauges = ['ca']", "entities.besos.langauges", "languages"),
        ("[entities.besos]\nlanguages = ['cat']", "entities.besos.languages", "ca"),
        ("[entities.besos]\nregimes = ['es-trlgdcu']", "entities.besos", "es-trlgdcu-21"),
        ("[entities.besos]\nregimes = ['br-sac']", "entities.besos", "BR"),
        ("[entities.besos]\nregion = 'ES-CAT'", "entities.besos", "ES-CT"),
        ("[entities.besos]\ntrade_answer_hours = 36", "entities.besos", "24"),
        ("[entities.besos]\ndays_to_react = 91", "entities.besos", "between 1 and 90 days"),
        ("[entities.besos.facts]\nbasic_servise = true", "entities.besos", "basic_service"),
        ("[entities.desk]\nname = 'D'\ncountry = 'ES'\nlanguages = ['es']",
         "entities.desk", "desk"),
        ("[entities.besos.authority.handler]\namount = 'ten'\ncurrency = 'EUR'",
         "entities.besos.authority.handler.amount", "60.00"),
        ("[entities.besos.authority.handlr]\namount = '1'\ncurrency = 'EUR'",
         "entities.besos.authority.handlr", "handler"),
        ("[entities.besos.redress.refund]\nname = {ca = 'Devolució'}",
         "entities.besos.redress.refund", "es"),
        ("[[entities.besos.closures]]\nname = {ca = 'X'}",
         "entities.besos.closures[1].on", "missing"),
        ("[[entities.besos.targets]]\nmeets = 'respond'\nlength = 20\nunit = 'calendar_days'\n"
         "name = {ca = 'X'}", "entities.besos.targets[1]", "later than the law"),
        ("[entities.besos.categories.x]\nname = {ca = 'X'}\nteam = 'besos-generall'",
         "entities.besos.categories.x.team", "besos-general"),
        ("[entities.besos.letters.receit]\nsubject = {}\nbody = {}",
         "entities.besos.letters.receit", "receit"),
        ("[teams.besos-general]\npurpose = 'complex'", "teams.besos-general.purpose", "stays"),
        ("[people.ana]\nname = 'Ana'\n[[people.ana.roles]]\nrole = 'handlr'",
         "people.ana.roles[1]", "handler"),
        ("[people.ana]\nname = 'Ana'\n[[people.ana.roles]]\nrole = 'handler'",
         "people.ana.roles[1]", "team"),
        ("[people]\nx = 1", "people.x", "table"),
        ("[nonsense]", "nonsense", "nearest"),
    ],
)  # fmt: skip
def test_refuses_with_file_table_key_and_nearest_word(
    besos: Entity, text: str, key: str, words: str
) -> None:
    before = lines()
    with pytest.raises(ConfigurationRefused) as refused, transaction.atomic():
        apply(document(text), file="settings.toml", by=None, at=AT)
    assert refused.value.key == key
    assert "settings.toml" in refused.value.message
    assert words in refused.value.message
    assert lines() == before


def test_malformed_toml_is_one_sentence() -> None:
    with pytest.raises(ConfigurationRefused, match="not well-formed TOML"):
        document("[entities")


def test_an_ombudsman_waits_for_the_office_and_the_console_may_not_ask(besos: Entity) -> None:
    text = (
        "[teams.office]\nname = {ca = 'Síndica'}\npurpose = 'ombudsman'\nentities = ['besos']\n"
        "[people.sindica]\nname = 'Síndica'\n"
        "[[people.sindica.roles]]\nrole = 'ombudsman'\nteam = 'office'\n"
    )
    with pytest.raises(ConfigurationRefused, match="who says who they are"), transaction.atomic():
        apply(document(text), file="f", by=None, at=AT)
    admin = Account.objects.get(username="admin")

    applied = apply(document(text), file="f", by=admin, at=AT)

    assert applied.waiting == ["sindica"]
    assert not RoleGrant.objects.filter(role=Role.OMBUDSMAN).exists()
    assert OfficeRequest.objects.get().asked_by == admin
    assert apply(document(text), file="f", by=admin, at=AT).lines == []


def test_an_administrator_cannot_grant_to_themselves_by_file(besos: Entity) -> None:
    admin = Account.objects.get(username="admin")
    text = (
        "[[people.admin.roles]]\nrole = 'administrator'\n"
        "[[people.admin.roles]]\nrole = 'handler'\nteam = 'besos-general'\n"
    )
    with pytest.raises(ConfigurationRefused, match="to themselves"), transaction.atomic():
        apply(document(text), file="f", by=admin, at=AT)
    assert admin.grants.filter(ended_at=None).count() == 1


def test_somebody_else_of_the_staff_changes_nothing(besos: Entity) -> None:
    apply(document(RICH), file="f", by=None, at=AT)
    merce = Account.objects.get(username="merce")
    with pytest.raises((ConfigurationRefused, Refused)), transaction.atomic():
        apply(document('[entities.besos]\ntelephone = "1"'), file="f", by=merce, at=AT)
    assert Entity.objects.get().telephone == ""


def test_a_new_installation_has_what_a_complaint_needs() -> None:
    username, link = initialise(BESOS, at=AT)
    besos = Entity.objects.get()
    assert username == "admin"
    assert "/accounts/password/reset/key/" in link
    assert besos.timezone == "Europe/Madrid"
    assert besos.regimes == ["es-trlgdcu-21", "es-ct-consumer-code", "eu-gdpr"]
    assert {team.purpose for team in besos.teams.all()} == {"general", "complex"}
    assert besos.privacy_notices.get().text.missing() == []
    assert "Aigües del Besòs" in besos.privacy_notices.get().text["ca"]
    for option in RedressOption.objects.all():
        assert option.name.missing() == [], option.key
    for category in Category.objects.all():
        assert category.name.missing() == [], category.key
    assert LetterTemplate.objects.filter(entity=None).exists()
    assert Account.objects.get().grants.get().role == Role.ADMINISTRATOR


@pytest.mark.parametrize(
    ("country", "region", "regimes"),
    [
        ("ES", "ES-MD", ["es-trlgdcu-21", "es-md-forms", "eu-gdpr"]),
        ("BR", "BR-RJ", ["br-sac", "br-cdc", "br-lgpd"]),
        ("PT", "PT", ["pt-livro", "eu-gdpr"]),
        ("CL", "CL", ["iso-10002"]),
    ],
)
def test_regimes_follow_the_place(country: str, region: str, regimes: list[str]) -> None:
    first = First(
        organisation="X",
        key="x",
        name="X",
        country=country,
        region=region,
        timezone="",
        languages=["es"],
        administrator="a.b@x.example",
    )
    initialise(first, at=AT)
    assert Entity.objects.get().regimes == regimes


def test_every_field_of_the_schema_is_documented() -> None:
    from valedor.config.configuration.reference import reference

    text = reference()
    for table in schema.TABLES:
        assert table.name in text
        for field in table.fields:
            assert f"`{field.name}`" in text


def test_the_reference_page_is_the_one_in_the_repository() -> None:
    from valedor.config.configuration.reference import reference

    page = Path(__file__).parents[3] / "docs/reference/configuration.md"
    assert page.read_text("utf-8") == reference()


def test_the_secret_of_a_line_is_read_from_its_file_and_exported_nowhere(
    besos: Entity, tmp_path: Path
) -> None:
    file = tmp_path / "secret"
    file.write_text("a switchboard's own secret\n")
    told = RICH.replace(
        'number = "+34900106240"', f'number = "+34900106240"\nsecret_file = "{file}"'
    )
    apply(document(told), file="settings.toml", by=None, at=AT)
    line = Line.objects.get(key="faults")
    assert unseal(bytes(line.secret or b""), purpose="line") == "a switchboard's own secret"
    assert "secret" not in exported()
