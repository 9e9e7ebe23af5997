"""Addresses of what is done to a case."""

from django.urls import reverse

from valedor.casefile.models import Case


def url_of(case: Case, noun: str, item: int | None = None) -> str:
    """The page of an act."""
    if item is None:
        return reverse("desk:act", args=[case.reference, noun])
    return reverse("desk:act_on", args=[case.reference, noun, item])
