"""Reading what is known: what stands on a day, and who may write it."""

from collections.abc import Collection, Iterable
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db.models import Prefetch, Q, QuerySet, Sum

from valedor.knowledge.models import Article, ArticleVerdict, ArticleVersion
from valedor.people.models import Account, Entity, Role, RoleGrant

RENEW_WITHIN = 30
"""Days before its last one from which an article is listed for renewal."""


def today_at(entity: Entity, at: datetime) -> date:
    """The day where an entity is."""
    return at.astimezone(ZoneInfo(entity.timezone)).date()


def standing(day: date) -> QuerySet[ArticleVersion]:
    """The versions that are shown on a day, of whichever entity."""
    newest = (
        ArticleVersion.objects.filter(article__withdrawn_at=None, published_at__isnull=False)
        .filter(Q(valid_from=None) | Q(valid_from__lte=day))
        .order_by("article_id", "-number")
        .distinct("article_id")
    )
    return ArticleVersion.objects.filter(pk__in=newest.values("pk")).filter(
        Q(valid_until=None) | Q(valid_until__gte=day)
    )


def standing_at(entity: Entity, at: datetime) -> QuerySet[ArticleVersion]:
    """What an entity shows now."""
    return standing(today_at(entity, at)).filter(entities=entity).select_related("article")


def standing_keys(entity: Entity, day: date) -> frozenset[str]:
    """The keys of what an entity shows on a day."""
    return frozenset(standing(day).filter(entities=entity).values_list("article__key", flat=True))


def article_shown(entity: Entity, key: str, at: datetime) -> ArticleVersion | None:
    """The wording of one article that an entity shows now."""
    return standing_at(entity, at).filter(article__key=key).first()


def version_shown(entities: Iterable[Entity], pk: int, at: datetime) -> ArticleVersion | None:
    """A version that one of these entities shows now."""
    for entity in entities:
        found = standing_at(entity, at).filter(pk=pk).first()
        if found is not None:
            return found
    return None


def articles_of(entities: Collection[int] | None) -> list[Article]:
    """Articles with every version, the newest first: all, or those ever said for some entities."""
    found = Article.objects.order_by("key")
    if entities is not None:
        found = found.filter(versions__entities__in=list(entities)).distinct()
    versions = ArticleVersion.objects.order_by("-number").prefetch_related("entities")
    return list(
        found.prefetch_related(
            Prefetch("versions", versions.select_related("saved_by", "published_by"))
        )
    )


def article_with_key(key: str) -> Article | None:
    """An article, shown or not."""
    return Article.objects.filter(key=key).first()


def latest_version(article: Article) -> ArticleVersion | None:
    """What was saved last."""
    return article.versions.order_by("number").prefetch_related("entities").last()


def verdicts_of(versions: Collection[int]) -> dict[int, tuple[int, int]]:
    """For each version, how many it answered and how many it did not, all days together."""
    sums = (
        ArticleVerdict.objects.filter(version__in=versions)
        .values("version")
        .annotate(yes=Sum("answered"), no=Sum("not_answered"))
    )
    return {row["version"]: (row["yes"], row["no"]) for row in sums}


def led_by(account: Account | None) -> frozenset[int]:
    """The entities that a team led by somebody serves."""
    if account is None:
        return frozenset()
    grants = RoleGrant.objects.filter(account=account, role=Role.LEAD, ended_at=None)
    return frozenset(grants.values_list("team__entities", flat=True)) - {None}
