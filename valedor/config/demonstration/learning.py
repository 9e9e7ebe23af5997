"""What the ombudsman of each house learned: recommendations, and the words of the yearly report."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from valedor.casefile.viewing import the_house, viewing
from valedor.config.demonstration.house import Household
from valedor.foundation.moments import local_day
from valedor.people.models import Account, Entity, Role
from valedor.review.office.recommendations.actions import answer, recommend
from valedor.review.office.report.actions import draft, publish
from valedor.review.office.report.counting import figures_of

Row = Mapping[str, Any]


def learn(household: Household, entity: Entity, rows: Row, *, until: datetime) -> None:
    """One recommendation answered and one that waits; the report of the year before published, as
    far as anything was brought in it, and that of this year in draft.
    """
    holder = household.of(entity.key, Role.OMBUDSMAN)[0]
    approver = household.of(entity.key, Role.APPROVER)[0]
    for row in rows["recommendations"]:
        _recommend(row, entity, holder, approver, until)
    this_year = local_day(until, entity.timezone).year
    with viewing(the_house(entity)):
        had_files = figures_of(entity, this_year - 1, at=until)["files"]["brought"]
    for year in (this_year - 1, this_year) if had_files else (this_year,):
        words = rows["report"]
        draft(
            entity,
            year,
            opening=words["opening"],
            closing=words["closing"],
            by=holder,
            at=until - timedelta(days=1),
        )
        if year < this_year:
            publish(entity, year, by=holder, at=until)


def _recommend(
    row: Row, entity: Entity, holder: Account, approver: Account, until: datetime
) -> None:
    at = until - timedelta(days=row["days_ago"])
    day = local_day(at, entity.timezone)
    made = recommend(
        entity,
        title=row["title"],
        text=row["text"],
        answer_by=day + timedelta(days=row["answer_by"]),
        by=holder,
        at=at,
    )
    if "answer" in row:
        answer(
            made,
            answer=row["answer"],
            text=row["says"],
            do_by=day + timedelta(days=row["do_by"]),
            by=approver,
            at=at + timedelta(days=row["answered_after"]),
        )
