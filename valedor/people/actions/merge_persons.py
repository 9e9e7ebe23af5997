"""Say that two records are one person. Nothing is moved, so taking it back loses nothing."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from valedor.foundation.refusals import Refusal, refuse_if
from valedor.people.acts import Act
from valedor.people.administration import record_change
from valedor.people.models import Account, Person, PersonMerge
from valedor.people.permissions import PERMITS, Permission

JUST_NOW = timedelta(minutes=10)


def why_not_merge(
    kept: Person, absorbed: Person, *, by: Account, reason: str, merged: frozenset[int]
) -> Refusal | None:
    """``merged`` are the records of either person that already count as somebody else's."""
    if not _may(by):
        return Refusal("not_permitted", _("Your role does not let you merge people."))
    if kept.pk == absorbed.pk:
        return Refusal("same_record", _("These are the same record already."))
    if kept.erased_at or absorbed.erased_at:
        return Refusal("erased", _("One of them was erased; there is nothing left to compare."))
    if absorbed.pk in merged:
        return Refusal("already_merged", _("This record already counts as somebody else's."))
    if kept.pk in merged:
        return Refusal(
            "keeper_merged", _("Merge into the record that the other one counts as instead.")
        )
    if not reason.strip():
        return Refusal("reason_missing", _("Say how you know that they are the same person."))
    return None


@transaction.atomic
def merge_persons(
    kept: Person, *, absorbed: Person, reason: str, by: Account, at: datetime
) -> PersonMerge:
    """``absorbed`` counts as ``kept`` from here on. Raises ``Refused``."""
    locked = {
        one.pk: one
        for one in Person.objects.select_for_update()
        .filter(pk__in=[kept.pk, absorbed.pk])
        .order_by("pk")
    }
    merged = frozenset(
        PersonMerge.objects.filter(absorbed__in=locked, undone_at=None).values_list(
            "absorbed", flat=True
        )
    )
    refuse_if(
        why_not_merge(locked[kept.pk], locked[absorbed.pk], by=by, reason=reason, merged=merged)
    )
    merge = PersonMerge.objects.create(kept=kept, absorbed=absorbed, by=by, at=at, reason=reason)
    record_change(by, Act.PERSONS_MERGED.value, str(kept.pk), None, _records(merge), at=at)
    return merge


@transaction.atomic
def recognise(
    new: Person, *, as_known: Person, reason: str, by: Account, at: datetime
) -> PersonMerge | None:
    """Whoever registers says that the person of the new case is one we know. Nothing where the
    record they chose is the very same. Raises ``Refused``.

    What is registered under a new record first can be parted again, whatever was mistaken.
    """
    refuse_if(why_not_recognise(new, by=by, at=at))
    kept = record_that_counts(as_known)
    if kept.pk == new.pk:
        return None
    merge = PersonMerge.objects.create(kept=kept, absorbed=new, by=by, at=at, reason=reason)
    record_change(by, Act.PERSONS_MERGED.value, str(kept.pk), None, _records(merge), at=at)
    return merge


def why_not_recognise(new: Person, *, by: Account, at: datetime) -> Refusal | None:
    """Only a record that was made a moment ago: an older one is merged by who corrects cases."""
    if not _permitted(by, Permission.REGISTER) or at - new.created_at > JUST_NOW:
        return Refusal("not_permitted", _("Your role does not let you merge people."))
    if new.erased_at is not None:
        return Refusal("erased", _("One of them was erased; there is nothing left to compare."))
    if PersonMerge.objects.filter(undone_at=None, absorbed=new).exists():
        return Refusal("already_merged", _("This record already counts as somebody else's."))
    return None


@transaction.atomic
def unmerge_persons(merge: PersonMerge, *, by: Account, at: datetime) -> PersonMerge:
    """They are two people after all. Raises ``Refused``."""
    merge = PersonMerge.objects.select_for_update().get(pk=merge.pk)
    refuse_if(why_not_unmerge(merge, by=by))
    merge.undone_by, merge.undone_at = by, at
    merge.save(update_fields=["undone_by", "undone_at"])
    record_change(by, Act.PERSONS_PARTED.value, str(merge.kept_id), _records(merge), None, at=at)
    return merge


def _records(merge: PersonMerge) -> dict[str, int]:
    """Which records, by number: the log is kept for ever, names and reasons are not."""
    return {"kept": merge.kept_id, "absorbed": merge.absorbed_id}


def why_not_unmerge(merge: PersonMerge, *, by: Account) -> Refusal | None:
    if not _may(by):
        return Refusal("not_permitted", _("Your role does not let you merge people."))
    if merge.undone_at is not None:
        return Refusal("already_undone", _("This was taken back already."))
    return None


def same_person(person: Person) -> frozenset[int]:
    """The records that count as one person with this one, itself included."""
    merge = PersonMerge.objects.filter(absorbed=person, undone_at=None).first()
    keeper = merge.kept_id if merge else person.pk
    absorbed = PersonMerge.objects.filter(kept=keeper, undone_at=None)
    return frozenset({keeper, *absorbed.values_list("absorbed", flat=True)})


def record_that_counts(person: Person) -> Person:
    """The record as which this one counts; itself, unless it was merged."""
    merge = (
        PersonMerge.objects.filter(absorbed=person, undone_at=None).select_related("kept").first()
    )
    return merge.kept if merge else person


def _may(account: Account) -> bool:
    return _permitted(account, Permission.CORRECT)


def _permitted(account: Account, permission: Permission) -> bool:
    roles = account.grants.filter(ended_at=None).values_list("role", flat=True)
    return account.is_active and any(permission in PERMITS[role] for role in roles)
