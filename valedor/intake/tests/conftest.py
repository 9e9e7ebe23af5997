"""The entity that files are brought in for."""

import pytest

from valedor.intake.tests.files import AT
from valedor.people.models import Entity, Team
from valedor.procedures.publishing import publish_packs


@pytest.fixture
def besos(committed_database: str) -> Entity:
    """Imports commit, and write from several connections."""
    publish_packs(at=AT)
    entity = Entity.objects.create(
        key="besos",
        name="Aigües del Besòs",
        country="ES",
        region="ES-CT",
        timezone="Europe/Madrid",
        languages=["ca", "es"],
        default_language="ca",
        regimes=["iso-10002"],
    )
    team = Team.objects.create(key="front", name={"en": "Front"})
    team.entities.add(entity)
    return entity
