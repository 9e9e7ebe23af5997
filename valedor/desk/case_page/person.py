"""Who the case is of, what they booked or ordered, and their other cases."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from valedor.acts import Situation
from valedor.acts.identity import state_of_check
from valedor.acts.order import orders_nothing_yet
from valedor.bookings.calendar_file import place_of
from valedor.bookings.words import slot_in_words
from valedor.casefile.models import Case, Kind, Stage
from valedor.design.parts import Fact
from valedor.desk.case_page.addresses import url_of
from valedor.desk.queries.case import CaseFile, OtherCase
from valedor.orders.queries import products_of
from valedor.orders.rules import why_not_name_product
from valedor.participants.models import Participant
from valedor.participants.rules import why_out
from valedor.participants.words import named, until_words
from valedor.people.models import ContactPoint
from valedor.telling import spoken


def person_of(situation: Situation, file: CaseFile) -> list[Fact]:
    """Who it is, how they are answered, and who speaks for them."""
    case = situation.case
    person, mandate = case.complainant, situation.state.mandate
    facts = [Fact(name=_("Name"), value=person.name if person else _("Anonymous"))]
    if mandate is not None:
        facts.append(Fact(name=_("Spoken for by"), value=mandate.representative.name))
        if mandate.basis:
            facts.append(Fact(name=_("Why they may"), value=mandate.basis))
        if mandate.expires_on:
            facts.append(
                Fact(
                    name=pgettext("end of a mandate", "Until"), value=spoken.day(mandate.expires_on)
                )
            )
    facts += let_in_to(situation, file.participants)
    names = {
        ContactPoint.Kind.EMAIL: _("E-mail"),
        ContactPoint.Kind.TELEPHONE: _("Telephone"),
        ContactPoint.Kind.POST: _("Address"),
    }
    if is_shown := state_of_check(situation, file.identity_check):
        facts.append(Fact(name=_("Who they are"), value=is_shown))
    for point in file.points:
        known = _("verified") if point.verified_at else _("not verified")
        if point.failed_at:
            known = _("a letter came back")
        shown = " ".join(point.value.split())
        value = shown if point.kind == ContactPoint.Kind.POST else f"{shown} ({known})"
        facts.append(Fact(name=names[ContactPoint.Kind(point.kind)], value=value))
    facts.append(
        Fact(
            name=_("Language"),
            value=_("%(language)s, by %(channel)s")
            % {
                "language": spoken.language_name(case.language),
                "channel": _in_a_sentence(str(Case.Channel(case.answer_channel).label)),
            },
        )
    )
    if case.contract_number:
        facts.append(Fact(name=_("Contract"), value=case.contract_number))
    if person is not None and person.place:
        facts.append(Fact(name=_("Place"), value=person.place))
    answer = situation.state.response
    if answer is not None and answer.react_by is not None and answer.accepted_at is None:
        until = spoken.end_of_limit(answer.react_by, case.entity.timezone)
        facts.append(Fact(name=_("May say that they do not agree until"), value=until))
    if answer is not None and answer.contest_by is not None:
        until = spoken.end_of_limit(answer.contest_by, case.entity.timezone)
        facts.append(Fact(name=_("May take the answer further until"), value=until))
    return facts


def let_in_to(situation: Situation, participants: Sequence[Participant]) -> list[Fact]:
    """Who else is in, how far and until when; each leads to where they are let out."""
    case, at = situation.case, situation.at
    today = spoken.local_day(at, case.entity.timezone)
    facts = []
    for one in participants:
        name = named(one.person.name, str(one.role), one.organisation)
        is_over = why_out(one, case, today=today, at=at) is not None
        told = {
            "name": name,
            "scope": one.get_scope_display(),
            "until": _("its time is over")
            if is_over
            else until_words(one.expires_on, spoken.language()),
        }
        facts.append(
            Fact(
                name=_("Let in"),
                value=_("%(name)s. %(scope)s, %(until)s") % told,
                url=url_of(case, "participants", one.pk),
            )
        )
    return facts


def order_of(situation: Situation) -> list[Fact]:
    """What was ordered, as it was asked and answered; nothing where nothing was."""
    order = situation.order
    if order is None:
        return []
    told = [
        (_("Ordered"), str(order.product.name)),
        (_("Ready on"), spoken.day(order.ready_on) if order.ready_on else ""),
        (_("Brought to"), order.address),
        *((question, answer) for question, answer in order.answers),
        (_("State"), str(order.get_state_display())),
    ]
    return [Fact(name=name, value=value) for name, value in told if value]


def products_to_name(situation: Situation) -> list[dict[str, str]]:
    """What an order that names no product may order, each with its page."""
    here = situation.with_rights_here()
    if not orders_nothing_yet(here) or why_not_name_product(here.state, here.viewer, None):
        return []
    return [
        {"name": str(one.name), "url": url_of(here.case, "order", one.pk)}
        for one in products_of(here.state.house)
    ]


def booking_of(situation: Situation) -> list[Fact]:
    """What was booked, when and where; nothing where nothing was."""
    booking = situation.booking if situation.case.kind == Kind.BOOKING else None
    if booking is None:
        return []
    zone, language = situation.case.entity.timezone, spoken.language()
    facts = [
        (_("Service"), str(booking.service.name)),
        (_("When"), slot_in_words(booking.starts_at, booking.ends_at, zone, language)),
        (_("Where"), place_of(booking, language)),
        (_("State"), str(booking.get_state_display())),
    ]
    return [Fact(name=name, value=value) for name, value in facts if value]


def others_of(case: Case, others: Sequence[OtherCase]) -> list[dict[str, str]]:
    """Other cases of the same person."""
    zone = case.entity.timezone
    return [
        {
            "url": reverse("desk:case", args=[one.reference]),
            "reference": one.reference,
            "subject": one.subject,
            "about": f"{Stage(one.stage).label}, "
            f"{spoken.short_day(spoken.local(one.received_at, zone).date())}",
        }
        for one in others
    ]


def similar_to(case: Case) -> str:
    """Where open cases about the same subject are listed."""
    if case.category is None:
        return ""
    return f"{reverse('desk:queues')}?queue=open&category={case.category.key}"


def _in_a_sentence(name: str) -> str:
    """A name that stands alone elsewhere; what is written in capitals stays so."""
    return name if name.isupper() else name[:1].lower() + name[1:]
