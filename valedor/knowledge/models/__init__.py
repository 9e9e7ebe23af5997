"""The rows of what the organisation knows."""

from valedor.knowledge.models.articles import (
    Article,
    ArticleVerdict,
    ArticleVersion,
    ArticleWords,
    Shelf,
)
from valedor.knowledge.models.guidance import Impression, ImpressionRule, Manner, SheetVersion

__all__ = [
    "Article",
    "ArticleVerdict",
    "ArticleVersion",
    "ArticleWords",
    "Impression",
    "ImpressionRule",
    "Manner",
    "SheetVersion",
    "Shelf",
]
