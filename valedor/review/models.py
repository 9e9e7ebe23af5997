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
from valedor.review.office.precedents.models import Precedent
from valedor.review.office.recommendations.models import (
    Recommendation,
    RecommendationWord,
    RecommendedFrom,
)
from valedor.review.office.report.models import YearReport, YearReportPaper

__all__ = [
    "Appointment",
    "Conclusion",
    "Declaration",
    "Hearing",
    "Offer",
    "Opinion",
    "Precedent",
    "Proceeding",
    "ProvenFact",
    "Recommendation",
    "RecommendationWord",
    "RecommendedFrom",
    "Statement",
    "YearReport",
    "YearReportPaper",
]
