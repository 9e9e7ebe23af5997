"""The way up on the pages of a case: each door in words, with its dates and who hears there."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from valedor.bodies.finding import Dispute
from valedor.casefile.models import Case
from valedor.design.parts import Fact, Tone
from valedor.disputes.openings import Why, why_open
from valedor.disputes.way_up import AnswerBy, Heard, Rung, SecondLook, WayUp, way_up
from valedor.handling.who_hears import dispute_of
from valedor.portal.further_words import (
    WHAT_IT_IS,
    joined_in_words,
    reached_in_words,
    what_to_bring,
)
from valedor.portal.inside import Inside
from valedor.portal.office import There, brought_there
from valedor.portal.queries import CaseFile
from valedor.procedures.explanation import length_in_words
from valedor.procedures.house_rules import HouseRules
from valedor.procedures.letter_facts import law_in_words
from valedor.procedures.vocabulary_tables import cost_and_effect, word
from valedor.review.office.queries import office_of
from valedor.telling import spoken


@dataclass(frozen=True, kw_only=True)
class ToldBody:
    """One body by name: how it is reached, what it decides, whether the house has joined it."""

    name: str
    facts: Sequence[Fact]
    how: str = ""
    form_url: str = ""
    joined: str = ""
    source: str = ""


@dataclass(frozen=True, kw_only=True)
class Door:
    """One step of the ladder, ready to be drawn."""

    anchor: str
    title: str
    tag: str
    tone: Tone
    what: str
    facts: Sequence[Fact]
    bring: Sequence[str]
    bodies: Sequence[ToldBody] = ()
    joined: str = ""
    beyond: str = ""
    url: str = ""
    link: str = ""
    is_open: bool = False


def ombudsman_url(place: Inside) -> str:
    """Where a person takes their case to the ombudsman; empty where nobody holds the office."""
    if office_of(place.house, at=place.at) is None:
        return ""
    return reverse("portal:to_the_ombudsman", args=place.links)


def further_url(house: HouseRules, case: Case) -> str:
    """The page that shows every door."""
    return reverse("portal:further", args=[house.entity.key, case.reference])


def panel_of(place: Inside, file: CaseFile, before: There | None) -> dict[str, Any] | None:
    """What the page of the case says once the way up is open: why, and which doors, by name, but
    for the ombudsman's where a file of the case is: ``before``.
    """
    why = why_open(file.state, file.answers, file.deadlines, at=place.at)
    if why is None:
        return None
    way = way_up(
        file.state, file.answers, file.deadlines, dispute_of(place.house, None), at=place.at
    )
    doors = [
        _in_short(one, place.house)
        for one in _rungs(way)
        if one.is_open and not (one.instance == "ombudsman" and before and before.turn)
    ]
    return {
        "title": _titles()[why],
        "words": _why(way, place.house),
        "doors": doors,
        "url": further_url(place.house, place.case),
    }


def _in_short(rung: Rung, house: HouseRules) -> str:
    name = _capital(word("bodies", rung.kind))
    if rung.act_by is None:
        return name
    day = spoken.last_day(rung.act_by.ends_at, house.entity.timezone)
    return _("%(body)s: by %(day)s") % {"body": name, "day": day}


def doors_of(place: Inside, file: CaseFile, dispute: Dispute) -> dict[str, Any]:
    """The whole page: why it is open, and every door in order."""
    before = brought_there(place)
    way = way_up(file.state, file.answers, file.deadlines, dispute, at=place.at)
    return {
        "title": _titles()[way.why] if way.why else _("If you do not agree, or nobody answers"),
        "lede": _why(way, place.house),
        "doors": [
            *([] if way.why is Why.DECIDED else [_second_look(way.second_look, place)]),
            *(_door(one, way, place, before) for one in _rungs(way)),
        ],
    }


def _rungs(way: WayUp) -> Sequence[Rung]:
    """Once an award or a judgment binds both sides, the courts alone."""
    return [one for one in way.rungs if way.why is not Why.DECIDED or one.instance == "court"]


def _titles() -> dict[Why, str]:
    return {
        Why.SILENCE: _("We have not answered in time"),
        Why.CONTESTED: _("You did not agree: what else you can do"),
        Why.PARTLY: _("If this answer is not enough"),
        Why.REFUSED: _("If you do not agree with this answer"),
        Why.DECIDED: _("It has been decided for both sides"),
    }


def _why(way: WayUp, house: HouseRules) -> str:
    if way.why is Why.SILENCE and way.silent_since is not None:
        return _(
            "We should have answered by %(day)s. You need not wait any longer: the doors below are "
            "open, and you lose no right by waiting for us nor by going there."
        ) % {"day": spoken.last_day(way.silent_since, house.entity.timezone)}
    if way.why is Why.DECIDED:
        return _(
            "What was decided binds both sides. Against it only the courts stay open, for what the "
            "law allows and by the day that it names."
        )
    if way.why is None:
        return _("None of this is needed yet. So that you know it beforehand: this is the way.")
    return _("You can go to any door that is open, in any order. It takes no right away from you.")


# ------------------------------------------------------------------ one door
def _second_look(look: SecondLook, place: Inside) -> Door:
    zone = place.house.entity.timezone
    tags: dict[str, tuple[str, Tone]] = {
        "open": (_("open now"), "good"),
        "runs": (_("under way"), "warn"),
        "done": (_("done"), ""),
        "later": (_("once we have answered"), ""),
    }
    tag, tone = tags[look.state]
    facts = [
        Fact(name=_("Who"), value=_("Somebody in the house who had no part in the answer")),
        Fact(name=_("What it costs"), value=_("It is free of charge.")),
    ]
    if look.answer_by is not None:
        day = {"day": spoken.until(look.answer_by, zone)}
        takes = _("At the latest on %(day)s, if you ask for it today.") % day
        if look.state == "runs":
            takes = _("At the latest on %(day)s.") % day
        facts.append(Fact(name=_("How long it takes"), value=takes))
    if look.act_by is not None:
        facts.append(Fact(name=_("By when"), value=spoken.last_day(look.act_by, zone)))
    facts.append(
        Fact(name=_("Whom it binds"), value=_("The company, by what it answers then. Not you."))
    )
    return Door(
        anchor="second_look",
        title=_("A second look by somebody else"),
        tag=tag,
        tone=tone,
        what=WHAT_IT_IS["review"](),
        facts=facts,
        bring=[_("Say with what you do not agree, and why. New papers help.")]
        if look.state in {"open", "later"}
        else [],
        url=reverse("portal:contest", args=place.links) if look.state == "open" else "",
        link=_("Ask for it"),
        is_open=look.state == "open",
    )


def _door(rung: Rung, way: WayUp, place: Inside, before: There | None) -> Door:
    house, named = place.house, [one.body for one in rung.heard]
    costs, binds = cost_and_effect("bodies", rung.kind)
    if len({(one.costs, one.binds) for one in named}) == 1:
        costs = word("costs", named[0].costs) if named[0].costs else costs
        binds = word("bindings", named[0].binds) if named[0].binds else binds
    tag, tone = _tag(rung, house)
    url, link = "", _("Ask for it")
    if rung.instance == "ombudsman" and before and before.turn:
        tag, tone, link = _("under way"), "warn", _("Open the file")
        url = reverse("portal:case", args=[house.entity.key, before.reference])
    elif rung.instance == "ombudsman" and rung.is_open:
        url = ombudsman_url(place)
    facts = [
        Fact(name=_("What it costs"), value=costs),
        Fact(name=_("How long it takes"), value=_takes(rung.answer_by, rung.instance)),
        Fact(name=_("Whom it binds"), value=binds),
    ]
    if rung.act_by is not None:
        facts.append(Fact(name=_("By when"), value=_act_by(rung, house)))
    beyond = ""
    if rung.beyond:
        names = "; ".join(str(one.name) for one in rung.beyond)
        beyond = _("Not for this amount: %(bodies)s.") % {"bodies": names}
    return Door(
        anchor=rung.kind,
        title=_capital(word("bodies", rung.kind)),
        tag=tag,
        tone=tone,
        what=WHAT_IT_IS[rung.instance](),
        facts=facts,
        bring=what_to_bring(rung.instance, house, is_answered=way.silent_since is None),
        bodies=[_body(one, house) for one in rung.heard],
        joined=joined_in_words(rung.joined, house) if rung.joined else "",
        beyond=beyond,
        url=url,
        link=link,
        is_open=rung.is_open,
    )


def _tag(rung: Rung, house: HouseRules) -> tuple[str, Tone]:
    if rung.is_open:
        return _("open now"), "good"
    if rung.opening.at is not None:
        day = spoken.day(spoken.local_day(rung.opening.at, house.entity.timezone))
        return _("from %(day)s, if nobody answers") % {"day": day}, ""
    return spoken.either(word("openings", one) for one in rung.opening.when), ""


def _takes(answer: AnswerBy | None, instance: str) -> str:
    if answer is None:
        if instance == "court":
            return _("How long it takes depends on the court.")
        return _("No term is set for its answer.")
    limit = answer.term.clock.rule.limit
    values = {
        "length": length_in_words(limit.length, limit.unit.value),
        "day": spoken.day(answer.on) if answer.on else "",
    }
    takes = _("%(length)s: until %(day)s, if you bring everything today.") % values
    if answer.is_provisional:
        takes += " " + _("The holidays of that year are not published yet: the day may change.")
    return takes


def _act_by(rung: Rung, house: HouseRules) -> str:
    assert rung.act_by is not None  # noqa: S101 -- asked only where there is one
    day = spoken.last_day(rung.act_by.ends_at, house.entity.timezone)
    law = law_in_words(rung.act_by.version_id, rung.act_by.clock, spoken.language())
    return f"{day} ({law})" if law else day


def _body(heard: Heard, house: HouseRules) -> ToldBody:
    body = heard.body
    checked = {"day": spoken.day(body.checked_on)}
    return ToldBody(
        name=str(body.name),
        facts=reached_in_words(body),
        how=str(body.how_to_file or ""),
        form_url=body.form_url,
        joined=joined_in_words(heard.joined, house) if heard.joined else "",
        source=_("Checked on %(day)s.") % checked,
    )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
