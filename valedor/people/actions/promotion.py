"""Write down a yes to promotional contact, and take it back: as easily as it was given."""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from valedor.foundation.refusals import Refusal, refuse_if
from valedor.people.actions.merge_persons import same_person
from valedor.people.acts import Act
from valedor.people.administration import record_change
from valedor.people.models import Account, Entity, Person, PromotionConsent
from valedor.people.permissions import PERMITS, Permission

NOT_PERMITTED = Refusal("not_permitted", _("Your role does not let you write down a consent."))


def why_not_record(
    person: Person, *, known: bool, may: bool, given_at: datetime, at: datetime
) -> Refusal | None:
    """``known`` says that they consented already, ``may`` that whoever records it may."""
    if not may:
        return NOT_PERMITTED
    if person.erased_at is not None:
        return Refusal("erased", _("This person was erased: nobody is left to be written to."))
    if known:
        return Refusal("known_already", _("They have consented already."))
    if given_at > at:
        return Refusal("not_yet", _("This moment has not come yet."))
    return None


def why_not_withdraw(consent: PromotionConsent | None, *, may: bool) -> Refusal | None:
    """Nobody is asked for a reason."""
    if not may:
        return NOT_PERMITTED
    if consent is None:
        return Refusal("no_consent", _("There is no consent: nothing promotional is sent."))
    return None


@transaction.atomic
def record_consent(
    person: Person,
    *,
    entity: Entity,
    channel: PromotionConsent.Channel,
    occasion: PromotionConsent.Occasion,
    giver: PromotionConsent.Giver,
    words: str,
    version: str,
    language: str,
    given_at: datetime,
    by: Account,
    at: datetime,
) -> PromotionConsent:
    """They said yes, and how that is known. Raises ``Refused``."""
    person = Person.objects.select_for_update().get(pk=person.pk)
    refuse_if(
        why_not_record(
            person,
            known=consent_in_force(person, entity) is not None,
            may=may_record(by, entity),
            given_at=given_at,
            at=at,
        )
    )
    consent = PromotionConsent.objects.create(
        person=person,
        entity=entity,
        channel=channel,
        occasion=occasion,
        giver=giver,
        words=words.strip(),
        version=version.strip(),
        language=language,
        given_at=given_at,
        recorded_at=at,
        recorded_by=by,
    )
    record_change(by, Act.CONSENT_RECORDED.value, str(person.pk), None, _told(consent), at=at)
    return consent


@transaction.atomic
def withdraw_consent(
    person: Person,
    *,
    entity: Entity,
    channel: PromotionConsent.Channel,
    by: Account | None,
    at: datetime,
) -> PromotionConsent:
    """Nothing promotional from here on, to any record of theirs. ``by`` is nobody where the person
    does it themselves. Raises ``Refused``.
    """
    Person.objects.select_for_update().get(pk=person.pk)
    consent = consent_in_force(person, entity)
    refuse_if(why_not_withdraw(consent, may=by is None or may_record(by, entity)))
    for one in _in_force(person, entity).select_for_update():
        before = _told(one)
        one.withdrawn_at, one.withdrawn_through, one.withdrawn_by = at, channel, by
        one.save(update_fields=["withdrawn_at", "withdrawn_through", "withdrawn_by"])
        record_change(by, Act.CONSENT_WITHDRAWN.value, str(one.person_id), before, None, at=at)
        consent = one
    assert consent is not None  # noqa: S101 -- refused above
    return consent


def consent_in_force(person: Person, entity: Entity) -> PromotionConsent | None:
    """The yes that holds now, given under whichever record of theirs; none means no."""
    return _in_force(person, entity).first()


def may_record(account: Account, entity: Entity) -> bool:
    """Whether somebody writes down what people of an entity say."""
    roles = account.grants.filter(ended_at=None, team__entities=entity)
    held = roles.values_list("role", flat=True)
    return account.is_active and any(Permission.REGISTER in PERMITS[role] for role in held)


def _in_force(person: Person, entity: Entity) -> QuerySet[PromotionConsent]:
    return PromotionConsent.objects.filter(
        person__in=same_person(person), entity=entity, withdrawn_at=None
    ).order_by("given_at", "pk")


def _told(consent: PromotionConsent) -> dict[str, str | int]:
    """By number: the log is kept for ever, words and names are not."""
    return {"consent": consent.pk, "entity": consent.entity_id, "channel": str(consent.channel)}
