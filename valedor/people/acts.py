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
    MESSAGE_SPARED = "message.spared", _("said that a mail held as spam is wanted")
    ROW_SET_ASIDE = "import.row_set_aside", _("set aside a row that became no case")
    PERSONS_MERGED = "persons.merged", _("said that two records are one person")
    PERSONS_PARTED = "persons.parted", _("said that two records are two people after all")
    CONSENT_RECORDED = "consent.recorded", _("wrote down a consent to promotional contact")
    CONSENT_WITHDRAWN = "consent.withdrawn", _("wrote down that such a consent was withdrawn")
    CONSENTS_EXPORTED = "consents.exported", _("took the consents to promotional contact along")
    OFFICE_ASKED = "office.asked", _("asked the ombudsman's office to confirm a step")
    OFFICE_CONFIRMED = "office.confirmed", _("confirmed a step of the ombudsman's office")
    OFFICE_DECLINED = "office.declined", _("declined a step of the ombudsman's office")
    OMBUDSMAN_APPOINTED = "ombudsman.appointed", _("recorded who holds the ombudsman's office")
    OMBUDSMAN_DECLARED = "ombudsman.declared", _("declared what ties them to the company")
    OMBUDSMAN_ENDED = "ombudsman.ended", _("ended an appointment to the ombudsman's office")
    RECOMMENDATION_WRITTEN = "recommendation.written", _("recommended something to the company")
    RECOMMENDATION_ANSWERED = "recommendation.answered", _("answered a general recommendation")
    RECOMMENDATION_CARRIED_OUT = (
        "recommendation.carried_out",
        _("said what was done of a general recommendation"),
    )
    RECOMMENDATION_FOLLOWED_UP = (
        "recommendation.followed_up",
        _("found a general recommendation done or not done"),
    )
    OFFICE_REPORT_PUBLISHED = "report.published", _("published the yearly report of the office")
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
    SERVICE_SET = "service.set", _("changed what can be booked")
    PRODUCT_SET = "product.set", _("changed what can be ordered")
    BODY_SET = "body.set", _("wrote down a body outside the house")
    BODY_ENDED = "body.ended", _("said when a body outside the house ends")
    ADHESION_SET = "adhesion.set", _("changed what an entity has joined")
    AUTHORITY_SET = "authority.set", _("changed a limit of authority")
    NOTICE_PUBLISHED = "notice.published", _("published a new version of the privacy notice")
    MAILBOX_ADDED = "mailbox.added", _("added a mailbox")
    MAILBOX_CHANGED = "mailbox.changed", _("changed a mailbox")
    MAILBOX_SECRET_SET = "mailbox.secret_set", _("gave a mailbox another password")
    LINE_ADDED = "line.added", _("added a telephone line")
    LINE_CHANGED = "line.changed", _("changed a telephone line")
    LINE_SECRET_SET = "line.secret_set", _("gave a telephone line another secret")
    GATEWAY_ADDED = "gateway.added", _("added an SMS gateway")
    GATEWAY_CHANGED = "gateway.changed", _("changed an SMS gateway")
    GATEWAY_SECRET_SET = "gateway.secret_set", _("gave an SMS gateway another secret")
    CHAT_OFFERED = "chat.offered", _("offered talk by chat")
    CHAT_CHANGED = "chat.changed", _("changed how one talks by chat")
    WEBHOOK_ADDED = "webhook.added", _("added a webhook")
    WEBHOOK_CHANGED = "webhook.changed", _("changed a webhook")
    WEBHOOK_SECRET_SET = "webhook.secret_set", _("gave a webhook another secret")
    WEBHOOK_RESUMED = "webhook.resumed", _("let a paused webhook go on")
    WEBHOOK_SENT_AGAIN = "webhook.sent_again", _("sent events to a webhook again")
    TOKEN_ISSUED = "token.issued", _("made a token for a program")
    TOKEN_REVOKED = "token.revoked", _("revoked the token of a program")
    ARTICLE_SAVED = "article.saved", _("saved a version of an article")
    ARTICLE_PUBLISHED = "article.published", _("published an article")
    ARTICLE_WITHDRAWN = "article.withdrawn", _("withdrew an article")
    DUTY_PLAN_SET = "duty.plan_set", _("set a plan of duty")
    DUTY_TURNS_SET = "duty.turns_set", _("changed the weekly plan of duty")
    DUTY_CHANGED = "duty.changed", _("changed who is on duty for a while")
    DUTY_CHANGE_WITHDRAWN = "duty.change_withdrawn", _("took a change of duty back")
    GUIDANCE_PUBLISHED = "guidance.published", _("published a new version of guidance")
    IMPRESSIONS_KEPT = "impressions.kept", _("set for how long impressions are kept")
    VERSION_PUBLISHED = "version.published", _("took in a new version of a body of rules")


def words_of(act: str) -> str:
    """The words of an act; acts that another package records tell themselves by their code."""
    return str(Act(act).label) if act in Act.values else act
