"""The rows of the ombudsman's office, for Django to find."""

from valedor.review.office.models import (
    Appointment,
    Conclusion,
    Declaration,
    Hearing,
    Offer,
    Opinion,
    Proceeding,
    ProvenFact,
    Statement,
)

__all__ = [
    "Appointment",
    "Conclusion",
    "Declaration",
    "Hearing",
    "Offer",
    "Opinion",
    "Proceeding",
    "ProvenFact",
    "Statement",
]
