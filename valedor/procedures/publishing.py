"""Keeping every version of every pack: what a case was received under stays readable for ever."""

from datetime import datetime

from valedor.procedures.catalogue import catalogue
from valedor.procedures.models import ProcedureVersion


def publish_packs(*, at: datetime) -> list[str]:
    """Keep each shipped pack whose version is not kept yet; the keys of those that are new."""
    kept = set(ProcedureVersion.objects.values_list("key", "version"))
    new = [pack for pack in catalogue().packs() if (pack.key, pack.version) not in kept]
    ProcedureVersion.objects.bulk_create(
        ProcedureVersion(key=pack.key, version=pack.version, content=pack.text, published_at=at)
        for pack in new
    )
    return [pack.key for pack in new]
