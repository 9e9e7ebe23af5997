"""Set up the organisation that an installation serves."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from valedor.foundation.refusals import Refusal, Refused, refuse_if
from valedor.people import rules
from valedor.people.acts import Act
from valedor.people.changes import change_row, lock_settings, record_setting
from valedor.people.models import Account, Organisation
from valedor.people.queries import roles_of


@transaction.atomic
def establish(name: str, *, at: datetime) -> Organisation:
    """Give an empty installation its organisation. There is one, for good."""
    lock_settings()
    if Organisation.objects.exists():
        raise Refused(
            Refusal("already_established", _("This installation has an organisation already."))
        )
    organisation = Organisation.objects.create(name=name)
    record_setting(Act.ORGANISATION_ESTABLISHED, name, after={"name": name}, by=None, at=at)
    return organisation


@transaction.atomic
def rename_organisation(name: str, *, by: Account | None, at: datetime) -> bool:
    """Change the name of the organisation; False when it has that name."""
    lock_settings()
    refuse_if(rules.why_not_administer(by=by, roles=roles_of(by)))
    organisation = Organisation.objects.get()
    return change_row(organisation, Act.ORGANISATION_CHANGED, name, {"name": name}, by=by, at=at)
