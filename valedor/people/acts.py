"""What the administration log tells: an act each, as a sentence without its subject."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Act(models.TextChoices):
    """A change of settings or rights. The log keeps the code; the reader gets the words."""

    ORGANISATION_ESTABLISHED = "organisation.established", _("set up the organisation")
    ORGANISATION_CHANGED = "organisation.changed", _("changed the organisation")
    ENTITY_ADDED = "entity.added", _("added a legal entity")
    ENTITY_CHANGED = "entity.changed", _("changed a legal entity")
    REGIMES_ADOPTED = "regimes.adopted", _("changed the rules that an entity follows")
    TEAM_ADDED = "team.added", _("added a team")
    TEAM_CHANGED = "team.changed", _("changed a team")
    ACCOUNT_ADDED = "account.added", _("added a person of the staff")
    ACCOUNT_CHANGED = "account.changed", _("changed a person of the staff")
    ACCOUNT_DEACTIVATED = "account.deactivated", _("took away somebody's sign-in")
    ACCOUNT_REACTIVATED = "account.reactivated", _("gave somebody their sign-in back")
    SIGN_IN_RESET = "account.sign_in_reset", _("made a one-time link to sign in")
    ROLE_GRANTED = "role.granted", _("granted a role")
    ROLE_ENDED = "role.ended", _("ended a role")
    ABSENCE_SET = "absence.set", _("said when somebody is away")
    ABSENCE_ENDED = "absence.ended", _("ended an absence")
    MESSAGE_SET_ASIDE = "message.set_aside", _("set aside a message that could not be read")
    MESSAGE_TAKEN_UP = "message.taken_up", _("took up a message again that was set aside")
    ROW_SET_ASIDE = "import.row_set_aside", _("set aside a row that became no case")
    PERSONS_MERGED = "persons.merged", _("said that two records are one person")
    PERSONS_PARTED = "persons.parted", _("said that two records are two people after all")
    OFFICE_ASKED = "office.asked", _("asked the ombudsman's office to confirm a step")
    OFFICE_CONFIRMED = "office.confirmed", _("confirmed a step of the ombudsman's office")
    OFFICE_DECLINED = "office.declined", _("declined a step of the ombudsman's office")
    CLOSURE_ADDED = "closure.added", _("added a day on which the offices are shut")
    CLOSURE_WITHDRAWN = "closure.withdrawn", _("withdrew a day on which the offices are shut")
    TARGET_SET = "target.set", _("set an internal target")
    TARGET_ENDED = "target.ended", _("ended an internal target")
    AREA_ADDED = "area.added", _("added an area")
    AREA_CHANGED = "area.changed", _("changed an area")
    CATEGORY_ADDED = "category.added", _("added a category")
    CATEGORY_CHANGED = "category.changed", _("changed a category")
    LETTER_PUBLISHED = "letter.published", _("published a new version of a letter")
    REDRESS_SET = "redress.set", _("changed the redress catalogue")
    AUTHORITY_SET = "authority.set", _("changed a limit of authority")
    NOTICE_PUBLISHED = "notice.published", _("published a new version of the privacy notice")
    MAILBOX_ADDED = "mailbox.added", _("added a mailbox")
    MAILBOX_CHANGED = "mailbox.changed", _("changed a mailbox")
    MAILBOX_SECRET_SET = "mailbox.secret_set", _("gave a mailbox another password")
    LINE_ADDED = "line.added", _("added a telephone line")
    LINE_CHANGED = "line.changed", _("changed a telephone line")
    LINE_SECRET_SET = "line.secret_set", _("gave a telephone line another secret")
    VERSION_PUBLISHED = "version.published", _("took in a new version of a body of rules")


def words_of(act: str) -> str:
    """The words of an act; acts that another package records tell themselves by their code."""
    return str(Act(act).label) if act in Act.values else act
