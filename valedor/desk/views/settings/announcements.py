"""What a webhook was told: what went, what waits, what was given up, and sending it again."""

import json
import uuid
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from valedor.announcing import queries, rules
from valedor.announcing.actions.send_again import send_again, send_failed_again
from valedor.announcing.events import TEST, Event
from valedor.announcing.models import Announcement, Subscription, Try
from valedor.design.forms import DayInput
from valedor.desk.pages import StaffRequest, page, staff_page
from valedor.foundation.moments import local_day, now
from valedor.foundation.refusals import Refused
from valedor.people.permissions import Permission
from valedor.telling import spoken

from .shell import do, entity_or_404, frame
from .webhooks import TAB, webhook_or_404

PAGE = 50
_WEEK = timedelta(days=7)


class NarrowForm(forms.Form):
    """Which of the events are shown."""

    use_required_attribute = False

    state = forms.ChoiceField(
        label=gettext_lazy("State"),
        choices=[("", gettext_lazy("All")), *Announcement.State.choices],
        required=False,
    )
    begins = forms.DateField(label=gettext_lazy("From"), widget=DayInput, required=False)
    ends = forms.DateField(label=gettext_lazy("To"), widget=DayInput, required=False)


class PeriodForm(forms.Form):
    """From which day to which, both included."""

    use_required_attribute = False

    begins = forms.DateField(label=gettext_lazy("From"), widget=DayInput)
    ends = forms.DateField(label=gettext_lazy("To"), widget=DayInput)


@require_safe
@staff_page(Permission.CONFIGURE)
def announcements(request: StaffRequest, key: str, webhook_key: str) -> HttpResponse:
    """Fifty events from a place on, the newest first."""
    entity = entity_or_404(key)
    found = webhook_or_404(entity, webhook_key)
    zone = entity.timezone
    form = NarrowForm(request.GET or None)
    said = form.cleaned_data if form.is_bound and form.is_valid() else {}
    begins, ends = _span(said.get("begins"), said.get("ends"), zone)
    shown = queries.announcements_of(
        found,
        state=said.get("state", ""),
        begins=begins,
        ends=ends,
        before=_place(request.GET.get("before", "")),
        at_most=PAGE + 1,
    )
    tries = queries.last_tries_of(shown[:PAGE])
    today = local_day(now(), zone)
    names = [key, webhook_key]
    here = reverse("desk:settings:announcements", args=names)
    narrowed = {name: request.GET.get(name, "") for name in NarrowForm.base_fields}
    narrowed = {name: value for name, value in narrowed.items() if value}
    context = frame(TAB, entity=entity) | {
        "title": _("What %(key)s was told") % {"key": webhook_key},
        "webhook": found,
        "webhook_url": reverse("desk:settings:webhook", args=names),
        "form": form,
        "is_narrowed": bool(narrowed),
        "rows": [_row(one, found, tries.get(one.pk)) for one in shown[:PAGE]],
        "again_url": reverse("desk:settings:announcements_again", args=names),
        "again_form": PeriodForm(
            initial={
                "begins": said.get("begins") or today - _WEEK,
                "ends": said.get("ends") or today,
            },
            auto_id="again_%s",
        ),
        "against": _words(rules.why_not_send(found)),
        "next_url": f"{here}?{urlencode(narrowed | {'before': _written(shown[PAGE - 1])})}"
        if len(shown) > PAGE
        else "",
    }
    return page(request, "desk/settings/announcements.html", context, place="settings")


def _span(
    begins: date | None, ends: date | None, zone: str
) -> tuple[datetime | None, datetime | None]:
    """Whole days of the entity as moments."""
    there = ZoneInfo(zone)
    return (
        datetime(begins.year, begins.month, begins.day, tzinfo=there) if begins else None,
        datetime(ends.year, ends.month, ends.day, tzinfo=there) + timedelta(days=1)
        if ends
        else None,
    )


def _place(written: str) -> tuple[datetime, uuid.UUID] | None:
    """Where the page before ended; what cannot be read begins at the beginning."""
    moment, _sign, name = written.partition("|")
    try:
        at, pk = parse_datetime(moment), uuid.UUID(name)
    except ValueError:
        return None
    return (at, pk) if at is not None and at.tzinfo is not None else None


def _written(one: Announcement) -> str:
    return f"{one.made_at.isoformat()}|{one.pk}"


def _words(refusal: object) -> str:
    return str(refusal) if refusal else ""


def _row(one: Announcement, webhook: Subscription, last: Try | None) -> dict[str, Any]:
    zone = webhook.entity.timezone
    return {
        "url": reverse(
            "desk:settings:announcement", args=[webhook.entity.key, webhook.key, one.pk]
        ),
        "event": event_in_words(one.event),
        "reference": one.reference,
        "at": one.made_at.isoformat(),
        "when": spoken.stamp(one.made_at, zone),
        "state": one.get_state_display(),
        "is_failed": one.state == Announcement.State.FAILED,
        "tries": one.tries,
        "next_try": spoken.stamp(one.next_try_at, zone) if one.next_try_at and one.tries else "",
        "answer": answer_in_words(last) if last else "",
    }


def event_in_words(event: str) -> str:
    """What happened."""
    if event == TEST:
        return _("A trial")
    return str(Event(event).label) if event in Event.values else event


def answer_in_words(made: Try) -> str:
    """What came of a try: the number of the answer, and what was wrong with it."""
    told = [str(made.status)] if made.status is not None else []
    if made.trouble:
        told.append(made.get_trouble_display())
    return " · ".join(told)


@require_safe
@staff_page(Permission.CONFIGURE)
def announcement(
    request: StaffRequest, key: str, webhook_key: str, event_id: uuid.UUID
) -> HttpResponse:
    """One event: the body as it is sent, and every try."""
    one = _announcement(key, webhook_key, event_id)
    webhook = one.subscription
    zone = webhook.entity.timezone
    names = [key, webhook_key]
    context = frame(TAB, entity=webhook.entity) | {
        "title": event_in_words(one.event),
        "one": one,
        "row": _row(one, webhook, None),
        "body": json.dumps(json.loads(one.body), ensure_ascii=False, indent=2),
        "tries": [
            {
                "at": made.at.isoformat(),
                "when": spoken.stamp(made.at, zone),
                "answer": answer_in_words(made),
                "said": made.answer,
                "took": made.milliseconds,
            }
            for made in queries.tries_of(one)
        ],
        "against": _words(rules.why_not_send_again(one)),
        "again_url": reverse("desk:settings:announcement_again", args=[*names, event_id]),
        "list_url": reverse("desk:settings:announcements", args=names),
    }
    return page(request, "desk/settings/announcement.html", context, place="settings")


@require_POST
@staff_page(Permission.CONFIGURE)
def again(request: StaffRequest, key: str, webhook_key: str, event_id: uuid.UUID) -> HttpResponse:
    """Send one event again."""
    one = _announcement(key, webhook_key, event_id)
    here = reverse("desk:settings:announcement", args=[key, webhook_key, event_id])
    return do(request, lambda at: send_again(one, by=request.user, at=at), here)


@require_POST
@staff_page(Permission.CONFIGURE)
def all_again(request: StaffRequest, key: str, webhook_key: str) -> HttpResponse:
    """Send everything that was given up of some days again."""
    entity = entity_or_404(key)
    found = webhook_or_404(entity, webhook_key)
    here = reverse("desk:settings:announcements", args=[key, webhook_key])
    form = PeriodForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Say from which day to which."))
        return HttpResponseRedirect(here)
    begins, ends = _span(form.cleaned_data["begins"], form.cleaned_data["ends"], entity.timezone)
    assert begins is not None  # noqa: S101 -- the form asks for both
    assert ends is not None  # noqa: S101
    try:
        number = send_failed_again(found, begins, ends, by=request.user, at=now())
    except Refused as refused:
        messages.error(request, str(refused.refusal))
        return HttpResponseRedirect(here)
    if number:
        words = ngettext(
            "%(number)s event is sent again.", "%(number)s events are sent again.", number
        )
        messages.success(request, words % {"number": number})
    else:
        messages.info(request, _("Nothing was given up on these days."))
    return HttpResponseRedirect(here)


def _announcement(key: str, webhook_key: str, event_id: uuid.UUID) -> Announcement:
    found = queries.announcement_with(webhook_or_404(entity_or_404(key), webhook_key), event_id)
    if found is None:
        raise Http404
    return found
