"""The form: write, check, send; then the receipt. Every post is kept before it is read."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from valedor.casefile.models import Kind, RawMessage
from valedor.channels.web_form import held as holding
from valedor.channels.web_form import inbound
from valedor.channels.web_form.asking import asked_for, for_others, titles
from valedor.channels.web_form.left_over import mark
from valedor.channels.web_form.multipart import Unreadable
from valedor.channels.web_form.questions import OTHER, ComplaintForm, offered, public_categories
from valedor.channels.web_form.reading import Post, read_post
from valedor.channels.web_form.registering import Origin, Outcome, register
from valedor.channels.web_form.tokens import FormToken, new_token, read_token
from valedor.foundation.moments import now
from valedor.handling.rules.becoming import COMPLAINTS
from valedor.intake.kind_forms import OFFERED
from valedor.intake.models import HeldSubmission
from valedor.portal import admission, framing, ladder, places, receipts, told
from valedor.portal import known as helping
from valedor.portal.drawn_form import drawn_fields
from valedor.portal.expected import Expected, asked, expected
from valedor.portal.summary import carried, summary_of
from valedor.procedures.house_rules import HouseRules, house_rules
from valedor.procedures.models import Category
from valedor.telling import spoken

# What the page folds away as groups.
_GROUPS = ("point", "file", "represented_name", "needs_help")


@dataclass
class Writing:
    """Where somebody is with their form."""

    house: HouseRules
    at: datetime
    token: FormToken = field(default_factory=new_token)
    post: Post = field(default_factory=Post)
    held: HeldSubmission | None = None

    def expected(self) -> Expected:
        """The days for what has been chosen so far."""
        return expected(
            self.house,
            self.kind,
            at=self.at,
            category=self.category,
            matters=[] if self.post.text("category") == OTHER else self.matters,
        )

    def asks(self) -> tuple[tuple[str, str], ...]:
        """The questions that the choice so far brings with it."""
        return asked(self.house, self.kind, at=self.at, category=self.category)

    @property
    def kind(self) -> Kind:
        """What was chosen to do."""
        return offered(self.post.text("kind"))

    @property
    def matters(self) -> list[Category]:
        """What may be chosen today."""
        return public_categories(self.house, self.today)

    @property
    def today(self) -> date:
        """The day where the entity is."""
        return spoken.local_day(self.at, self.house.entity.timezone)

    @property
    def category(self) -> Category | None:
        """The matter chosen so far."""
        chosen = self.post.text("category")
        return next((one for one in self.matters if str(one.pk) == chosen), None)

    def form(self, *, asks: tuple[tuple[str, str], ...], is_sent: bool = False) -> ComplaintForm:
        """The questions, with what was typed; with what is wrong in it once it ``is_sent``."""
        on = self.today
        if is_sent:
            return ComplaintForm(
                self.house, self.post.fields, on=on, ask=asks, troubles=self.post.troubles
            )
        typed: dict[str, Any] = {"kind": Kind.CLAIM, "answer_channel": "email"}
        typed |= {name: self.post.text(name) for name in self.post.fields}
        return ComplaintForm(self.house, on=on, ask=asks, initial=typed)


# Nobody is signed in here, so there is no authority that another site could borrow; and the body
# has to be kept before anything reads it.
@csrf_exempt
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def complain(request: HttpRequest, entity_key: str) -> HttpResponse:
    """GET shows the form; POST is a step of it: ``review``, ``edit``, ``add_point``, ``send``…"""
    if request.method == "POST":
        return _step(request, places.last_seen(request, entity_key), now())
    fields: MultiValueDict[str, str] = MultiValueDict(
        {name: [request.GET[name]] for name in ("kind", "category") if name in request.GET}
    )
    house = places.house_of(request, entity_key)
    return _questions(request, Writing(house, now(), post=Post(fields=fields)))


@csrf_exempt
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def embedded(request: HttpRequest, entity_key: str) -> HttpResponse:
    """The same form for the frame of another site, where the entity lets one show it."""
    house = places.house_of(request, entity_key)
    sites = house.entity.embedding_sites
    if not sites:
        raise Http404
    framing.put_into_frame(request)
    response = complain(request, entity_key)
    return framing.let_frame(response, sites)


def _step(request: HttpRequest, house: HouseRules, at: datetime) -> HttpResponse:
    notice = house.privacy_notice
    language = spoken.language()
    told = {"language": language, "privacy_notice": notice.pk if notice else None}
    try:
        kept = inbound.keep(request, house.entity.pk, at=at, told=told)
    except OSError:
        return _failed(request, house, at)
    house = house_rules(house.entity.pk, kept.settings_number)
    try:
        post = read_post(kept.arrived.content, kept.arrived.media_type, kept.arrived.cuts)
    except Unreadable:
        mark(kept.raw_id, house.entity.pk, RawMessage.State.HELD, "unreadable")
        trouble = _("What arrived could not be read as a form. We kept it; fill in this one.")
        return _questions(request, Writing(house, at), trouble=trouble, status=422)
    token = read_token(post.text("token"))
    writing = Writing(house, at, token or new_token(), post)
    writing.held = holding.held_of(house.entity.pk, writing.token, at=at)
    origin = Origin(
        raw_id=kept.raw_id,
        address=kept.address,
        language=language,
        privacy_notice_id=notice.pk if notice else None,
        received_at=at,
        is_past_rate=kept.is_past_rate,
    )
    step = post.text("step") or "review"
    if step == "send" and token is not None:
        sent = _send(request, writing, origin)
        if sent is not None:
            return sent
    return _hold_and_show(request, writing, kept.raw_id, step)


def _send(request: HttpRequest, writing: Writing, origin: Origin) -> HttpResponse | None:
    """Register what is complete; nothing where something has to be looked at once more."""
    if writing.token.files and writing.held is None:
        already = receipts.sent_before(writing.house.entity.pk, writing.token.secret)
        if already is None:
            return None
    form = writing.form(asks=writing.asks(), is_sent=True)
    if not form.is_valid():
        return None
    outcome = register(form, writing.post, writing.token, origin, held=writing.held, at=writing.at)
    entity_key = writing.house.entity.key
    if framing.is_framed(request):
        return _received_in_frame(request, writing, outcome)
    response = redirect("portal:received", entity_key=entity_key, reference=outcome.case.reference)
    receipts.remember(response, entity_key, outcome.case, outcome.secret)
    return response


def _received_in_frame(request: HttpRequest, writing: Writing, outcome: Outcome) -> HttpResponse:
    """The receipt in the answer itself: a frame of another site keeps no cookie for the next page.
    Sent again, the same form shows the same receipt.
    """
    found = receipts.registered_from(outcome.case, outcome.secret)
    context = dict(receipts.receipt_of(found, writing.house, at=writing.at))
    # Whoever opens one of these shows reference and code first, in a window of their own.
    context["documents"] = [replace(one, url="") for one in context["documents"]]
    return places.page(request, "received.html", writing.house, context)


def _hold_and_show(request: HttpRequest, writing: Writing, raw_id: int, step: str) -> HttpResponse:
    """Keep the step with its files, then show the form again, or what is about to be sent."""
    house, trouble = writing.house, ""
    if writing.token.files and writing.held is None:
        trouble = _("Your files were kept for two days and are gone now: add them once more.")
        writing.token = FormToken(writing.token.secret)
    try:
        writing.token = holding.hold(
            house.entity.pk, writing.post, raw_id, writing.token, at=writing.at
        )
    except OSError:
        trouble = _("Your files could not be kept. Send them once more, or send the form without.")
    writing.held = holding.held_of(house.entity.pk, writing.token, at=writing.at)
    if step.startswith("take_out_") and writing.held and step[9:].isdecimal():
        holding.take_out(writing.held, int(step[9:]))
    if step not in {"review", "send"}:
        return _questions(
            request, writing, one_more=step == "add_point", trouble=trouble, looks=step == "look"
        )
    form = writing.form(asks=writing.asks(), is_sent=True)
    if not form.is_valid() or trouble:
        return _questions(request, writing, form=form, trouble=trouble, status=422)
    return _review(request, writing, form)


def _questions(
    request: HttpRequest,
    writing: Writing,
    *,
    form: ComplaintForm | None = None,
    one_more: bool = False,
    trouble: str = "",
    looks: bool = False,
    status: int = 200,
) -> HttpResponse:
    days = writing.expected()
    form = form or writing.form(asks=days.asks)
    points = [point for point in writing.post.fields.getlist("point") if point.strip()]
    shown = [*points, ""] if one_more or not points else points
    kept, refused = holding.files_of(writing.held)
    fields = drawn_fields(form, writing.house, on=writing.today)
    return places.page(
        request,
        "complain.html",
        writing.house,
        {
            "notices": told.before_writing(writing.house, at=writing.at),
            "titles": titles(form.chosen_kind, OFFERED),
            "asks": asked_for(_GROUPS, form.chosen_kind, OFFERED),
            "no_complaint": for_others(COMPLAINTS, form.chosen_kind, OFFERED),
            "form": form,
            "fields": fields.by_name,
            "asked": fields.asked,
            "is_back": status != 200 or bool(writing.post.fields.get("token")),
            "points": [
                {"number": number, "text": text, "error": form.points_errors.get(number - 1, "")}
                for number, text in enumerate(shown, start=1)
            ],
            "token": str(writing.token),
            "files": kept,
            "refused": [receipts.refused_row(one.name, one.refused, one.size) for one in refused],
            "limits": receipts.limits_in_words(),
            "expected": days,
            "ladder": ladder.ladder_of(writing.house),
            "trouble": trouble,
            "expected_url": reverse("portal:expected", args=[writing.house.entity.key])
            + (f"?{framing.PARAMETER}" if framing.is_framed(request) else ""),
            **helping.beside(writing.house, writing.post.text("narrative"), looks, writing.at),
            "language_form": "complaint",
            "language_step": "review" if form.is_bound else "choose",
        },
        status=status,
    )


def _review(request: HttpRequest, writing: Writing, form: ComplaintForm) -> HttpResponse:
    kept, refused = holding.files_of(writing.held)
    return places.page(
        request,
        "review.html",
        writing.house,
        {
            "summary": summary_of(form),
            "points": form.points,
            "story": form.fields["narrative"].label,
            "narrative": form.cleaned_data["narrative"],
            "carried": carried(form),
            "token": str(writing.token),
            "documents": [receipts.held_row(one) for one in kept]
            + [receipts.refused_row(one.name, one.refused, one.size) for one in refused],
            "expected": writing.expected(),
            "language_form": "complaint",
            "language_step": "review",
        },
    )


def _failed(request: HttpRequest, house: HouseRules, at: datetime) -> HttpResponse:
    """The disk took nothing: the only case in which a post is not kept, so it is said at once."""
    trouble = _(
        "We could not keep what you sent, so nothing has been registered. "
        "Go back in your browser and send it again, or tell us by telephone."
    )
    return _questions(request, Writing(house, at), trouble=trouble, status=503)


@login_not_required
@require_safe
def expected_days(request: HttpRequest, entity_key: str) -> HttpResponse:
    """The days for what was chosen, to be put into the page while somebody writes."""
    house, at = places.house_of(request, entity_key), now()
    fields: MultiValueDict[str, str] = MultiValueDict(
        {name: [request.GET[name]] for name in request.GET}
    )
    writing = Writing(house, at, post=Post(fields=fields))
    days = writing.expected()
    return places.page(
        request,
        "_expected.html",
        house,
        {
            "expected": days,
            "ladder": ladder.ladder_of(house),
            "asked": drawn_fields(writing.form(asks=days.asks), house, on=writing.today).asked,
            "is_part": True,
        },
    )


@login_not_required
@require_safe
def received(request: HttpRequest, entity_key: str, reference: str) -> HttpResponse:
    """The receipt on screen, with the access code, for a quarter of an hour after sending."""
    house, at = places.house_of(request, entity_key), now()
    found = receipts.remembered(request, entity_key, reference)
    if found is None:
        return redirect("portal:sign_in", entity_key=entity_key)
    context: Mapping[str, Any] = receipts.receipt_of(found, house, at=at)
    response = places.page(request, "received.html", house, context)
    admission.let_in(response, found.case, via="receipt", at=at)
    return response
