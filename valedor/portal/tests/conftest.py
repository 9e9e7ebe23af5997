"""A company as the public meets it: with addresses, matters with terms of their own, a promise."""

import pytest
from django.db.models import F

from tests.cast import Cast, the_cast
from valedor.people.models import Configuration, Entity
from valedor.procedures.models import Category, PrivacyNotice

from .walking import PUBLISHED


def the_portal() -> Cast:
    """The cast, with Besòs as the demonstration has it: Ley 10/2025 adopted before it binds."""
    cast = the_cast()
    Entity.objects.filter(pk=cast.besos.pk).update(
        regimes=["es-trlgdcu-21", "es-lsac-2025", "iso-10002", "generic-ombudsman"],
        promised_regimes=["es-lsac-2025"],
        facts={
            "consumer_relation": True,
            "basic_service": True,
            "large_consumer_company": True,
            "adopted_voluntarily": True,
            "trader_adhered": True,
            "sector_sets_term": False,
        },
        postal_address="Carrer de l'Aigua 7\n08930 Sant Adrià de Besòs",
        email="atencio@besos.example",
        opening_hours={
            "es": "de lunes a viernes, de 9 a 19 h",
            "ca": "de dilluns a divendres, de 9 a 19 h",
            "en": "Monday to Friday, 9 to 19 h",
            "pt-br": "de segunda a sexta, das 9 às 19 h",
        },
        privacy_contact="dades@besos.example",
    )
    Category.objects.filter(pk=cast.double_charge.pk).update(
        facts={"matter_billing": True},
        name={
            "es": "Facturación",
            "ca": "Facturació",
            "en": "Billing",
            "pt-br": "Cobrança",
        },
    )
    Category.objects.filter(pk=cast.water_cut.pk).update(
        facts={"matter_continuity": True},
        name={
            "es": "Corte de suministro",
            "ca": "Tall de subministrament",
            "en": "Supply cut",
            "pt-br": "Corte de fornecimento",
        },
    )
    PrivacyNotice.objects.create(
        entity=cast.besos,
        number=3,
        text=dict.fromkeys(("es", "ca", "en", "pt-br"), "We use what you write to answer you."),
        published_at=PUBLISHED,
    )
    Configuration.objects.update(number=F("number") + 1)
    return cast


@pytest.fixture
def cast(db: None) -> Cast:
    """The people of the portal's tests."""
    return the_portal()
