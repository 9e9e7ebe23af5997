"""Why not: bringing something to the ombudsman, and each step of the office. Pure."""

from collections.abc import Collection
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from valedor.casefile.models import Case, Kind, RawMessage
from valedor.casefile.seats import OFFICE_FILE
from valedor.casefile.viewing import Viewer
from valedor.foundation.moments import last_day, local_day
from valedor.foundation.refusals import Refusal
from valedor.foundation.spoken_dates import day_in_words
from valedor.handling.models import Decision
from valedor.people.models import Account
from valedor.people.permissions import Permission
from valedor.procedures.applicable import pack_of_version
from valedor.procedures.plain_names import pack_title
from valedor.review.office.door import Door
from valedor.review.office.models import Appointment, Hearing, Offer, Opinion, Proceeding, Statement
from valedor.review.office.queries import FileState, is_declared

State = Proceeding.State
GOES_ON = frozenset({State.RECEIVED, State.INCOMPLETE, State.PASSED_ON, State.ADMITTED})
_BEFORE_ADMISSION = frozenset({State.RECEIVED, State.INCOMPLETE})
_MAY_COME_AGAIN = frozenset({State.REFUSED, State.WITHDRAWN})
LONGEST_OFFER = timedelta(days=60)  # For which a proposal waits for a word at most.
LONGEST_TERM = 8  # Years for which somebody holds the office at most.


# ------------------------------------------------------------------ who comes
def why_not_bring(
    case: Case, door: Door, *, has_office: bool, before: Proceeding | None
) -> Refusal | None:
    """Whether the person may take the company's case to the ombudsman now. ``before`` is how it
    stands there, where it was brought already.
    """
    if not has_office:
        return Refusal("no_office", _("This company has no ombudsman."))
    if case.erased_at is not None:
        return Refusal("erased", _("The personal content of this case was erased."))
    if case.merged_into_id is not None:
        return Refusal("merged", _("This goes on in another case of yours: write to us there."))
    if case.kind not in {Kind.COMPLAINT, Kind.CLAIM, Kind.INCIDENT, Kind.AFTER_SALES}:
        return Refusal(
            "no_complaint",
            _("The ombudsman deals with complaints. Say first that this is one."),
        )
    if before is not None and before.state not in _MAY_COME_AGAIN:
        return Refusal("is_there", _("The ombudsman has this case already."))
    if not door.is_open:
        return Refusal(
            "too_early",
            _("The company may still answer: the ombudsman is open from %(day)s."),
            {"day": door.opens_in_words},
        )
    return None


def why_not_first_hand(*, has_office: bool, text: str | None) -> Refusal | None:
    """Whether somebody may turn straight to the office: always, with something to say."""
    if not has_office:
        return Refusal("no_office", _("This company has no ombudsman."))
    if text is not None and not text.strip():
        return Refusal("text_missing", _("Tell the ombudsman what happened."))
    return None


# ------------------------------------------------------------------ the office itself
def why_not_work(fs: FileState, viewer: Viewer) -> Refusal | None:
    """Whether somebody of the office may do anything with a file: nobody in a matter of their own,
    nor in one with which they dealt for the company. They step back, and somebody else goes on.
    """
    if refusal := _why_not_there(fs, viewer):
        return refusal
    if viewer.account_id in fs.parties:
        return Refusal(
            "is_party",
            _("You are one of the sides here: step back, and somebody else of the office goes on."),
        )
    if viewer.account_id in fs.handled:
        return Refusal(
            "handled_before",
            _(
                "You dealt with this case for the company: step back, and somebody else of the "
                "office goes on."
            ),
        )
    return None


def _why_not_there(fs: FileState, viewer: Viewer) -> Refusal | None:
    """Whether somebody is of the office and takes part in the file."""
    here = viewer.within(fs.file.entity_id)
    if not here.may(Permission.WORK_IN_OFFICE):
        return Refusal("not_permitted", _("Your role does not let you work in the office."))
    if viewer.account_id in fs.file.recused:
        return Refusal("recused", _("You take no part in this file: you are recused from it."))
    if fs.file.erased_at is not None:
        return Refusal("erased", _("The personal content of this file was erased."))
    return None


def _while(fs: FileState, viewer: Viewer, states: Collection[str]) -> Refusal | None:
    if refusal := why_not_work(fs, viewer):
        return refusal
    if fs.proceeding.state in states:
        return None
    if fs.file.closed_at is not None:
        return Refusal("closed", _("This file is closed."))
    return Refusal("not_now", _("The file does not stand there."))


def why_not_note(fs: FileState, viewer: Viewer, *, text: str | None = None) -> Refusal | None:
    """The office writes down what it deliberates, as long as it wishes."""
    if refusal := why_not_work(fs, viewer):
        return refusal
    return _empty(text)


def why_not_take(fs: FileState, viewer: Viewer) -> Refusal | None:
    """Somebody of the office takes the file up."""
    if refusal := why_not_work(fs, viewer):
        return refusal
    if fs.file.holder_id == viewer.account_id:
        return Refusal("has_it", _("You have this file already."))
    return None


def why_not_recuse(fs: FileState, viewer: Viewer, *, reasons: str | None = None) -> Refusal | None:
    """Whoever has a tie with one side steps back; a substitute, or the office, goes on."""
    if refusal := _why_not_there(fs, viewer):
        return refusal
    if reasons is not None and not reasons.strip():
        return Refusal("reasons_missing", _("Say why: the file keeps it."))
    return None


def why_not_write(fs: FileState, viewer: Viewer, *, text: str | None = None) -> Refusal | None:
    """The office writes to the person whenever it has something to say."""
    if refusal := why_not_work(fs, viewer):
        return refusal
    return _empty(text)


def why_not_ask_missing(
    fs: FileState, viewer: Viewer, *, text: str | None = None
) -> Refusal | None:
    """A time to complete what is missing, before it is decided whether the office deals with it."""
    return _while(fs, viewer, {State.RECEIVED}) or _empty(text)


def why_not_pass_on(fs: FileState, viewer: Viewer) -> Refusal | None:
    """The company answers first what it was not asked yet; the person knows of it."""
    if refusal := _while(fs, viewer, _BEFORE_ADMISSION):
        return refusal
    if fs.proceeding.about_id is not None:
        return Refusal("was_asked", _("The company has this case already."))
    return None


def why_not_admit(fs: FileState, viewer: Viewer) -> Refusal | None:
    """The office deals with it: somebody has to hold it, and to have declared their ties."""
    if refusal := _while(fs, viewer, _BEFORE_ADMISSION):
        return refusal
    return why_not_hold(fs.appointments, on=fs.today)


def why_not_hold(appointments: Collection[Appointment], *, on: date) -> Refusal | None:
    """Whether the office is held by somebody whose declaration stands."""
    if not appointments:
        return Refusal("no_holder", _("Nobody holds the office today: appoint somebody first."))
    if not any(is_declared(one, on=on) for one in appointments):
        return Refusal(
            "not_declared",
            _("Whoever holds the office has to declare their ties first: it is renewed each year."),
        )
    return None


def why_not_refuse(
    fs: FileState, viewer: Viewer, *, ground: str | None = None, reasons: str | None = None
) -> Refusal | None:
    """Not admitted: with a ground, its reasons, and the other doors named."""
    if refusal := _while(fs, viewer, _BEFORE_ADMISSION):
        return refusal
    if ground is not None and ground not in Proceeding.Refusal.values:
        return Refusal("ground_unknown", _("Choose why the office does not deal with it."))
    if reasons is not None and not reasons.strip():
        return Refusal("reasons_missing", _("Give the reasons: the person reads them."))
    if ground == Proceeding.Refusal.NOT_COMPLAINED and fs.proceeding.about_id is None:
        return Refusal("pass_on", _("Pass it on to the company instead: it comes back by itself."))
    return None


# ------------------------------------------------------------------ hearing
def why_not_ask(
    fs: FileState, viewer: Viewer, *, side: str | None = None, text: str | None = None
) -> Refusal | None:
    """Ask one side, an expert or an authority."""
    if refusal := _while(fs, viewer, {State.ADMITTED}):
        return refusal
    if side == Statement.Side.COMPANY and fs.proceeding.about_id is None:
        return Refusal(
            "no_case",
            _("The company has no case of this: pass it on first, or decide without."),
        )
    return _empty(text)


def why_not_show(fs: FileState, viewer: Viewer, statement: Statement | None) -> Refusal | None:
    """Show the other side what one side said."""
    if refusal := _while(fs, viewer, {State.ADMITTED}):
        return refusal
    if statement is None or statement.given_at is None:
        return Refusal("nothing_said", _("Nothing has been said there yet."))
    if statement.shared_at is not None:
        return Refusal("shown_already", _("The other side has read this."))
    return None


def why_not_say(fs: FileState, *, text: str | None = None) -> Refusal | None:
    """The person writes to the office, until its file is closed."""
    if fs.file.erased_at is not None:
        return Refusal("erased", _("The personal content of this file was erased."))
    if fs.file.closed_at is not None:
        return Refusal(
            "closed",
            _("The ombudsman has closed this file. Every other way stays open to you."),
        )
    return _empty(text)


def why_not_give_way(
    fs: FileState, viewer: Viewer, *, reasons: str | None = None
) -> Refusal | None:
    """What was admitted ends without an opinion where a court or another body has it: two never
    decide the same.
    """
    if refusal := _while(fs, viewer, {State.ADMITTED}):
        return refusal
    if reasons is not None and not reasons.strip():
        return Refusal("reasons_missing", _("Give the reasons: the person reads them."))
    return None


def why_not_withdraw(fs: FileState) -> Refusal | None:
    """The person does not go on: until the opinion is given."""
    if fs.proceeding.state in GOES_ON:
        return None
    return Refusal("over", _("The ombudsman has dealt with this already."))


# ------------------------------------------------------------------ the time for the opinion
def why_not_extend(
    fs: FileState,
    viewer: Viewer,
    *,
    at: datetime,
    length: int | None = None,
    reason: str | None = None,
) -> Refusal | None:
    """The office takes longer, where its rules allow it. How much at most, the clock says."""
    if refusal := _while(fs, viewer, {State.ADMITTED}):
        return refusal
    running = fs.running("respond")
    if running is None:
        return Refusal("no_limit", _("No limit runs for the opinion."))
    if "extended" not in fs.events:
        language = get_language() or "en"
        versions = {one.procedure_version_id for one in fs.deadlines if one.duty == "respond"}
        titles = {pack_title(pack_of_version(one), language) for one in versions if one}
        return Refusal(
            "no_extension",
            _(
                "The rules that hold for the office (%(regimes)s) allow no extension. Write to the "
                "person why it takes longer."
            ),
            {"regimes": "; ".join(sorted(titles)) or fs.house.entity.name},
        )
    if running.due_at is not None and running.due_at < at:
        return Refusal(
            "too_late", _("The day for the opinion is over: it cannot be extended any more.")
        )
    if length is not None and length < 1:
        return Refusal("length_missing", _("Say by how much."))
    if reason is not None and not reason.strip():
        return Refusal("reasons_missing", _("Give the reasons: both sides read them."))
    return None


# ------------------------------------------------------------------ settling
def why_not_propose(
    proceeding: Proceeding,
    open_offer: Offer | None,
    *,
    side: str,
    at: datetime,
    instead_of: Offer | None = None,
) -> Refusal | None:
    """Whether one side may propose to settle now: at any moment while both sides are heard, one
    proposal at a time. ``instead_of`` is the other side's, which is declined with it.
    """
    if refusal := _why_not_settle(proceeding):
        return refusal
    if proceeding.about_id is None:
        return Refusal(
            "no_case", _("The company has no case of this: there is nobody to propose it to.")
        )
    waits = open_offer is not None and at < open_offer.answer_by
    if instead_of is None and not waits:
        return None
    if open_offer is not None and waits and open_offer.by_side == side:
        return Refusal(
            "offer_open", _("Your proposal waits for the other side's word: wait for that first.")
        )
    if instead_of is None:
        return Refusal("offer_open", _("A proposal waits for a word already: answer that one."))
    if open_offer is None or not waits or open_offer.pk != instead_of.pk:
        return Refusal("no_offer", _("No proposal waits for a word."))
    return None


def _why_not_settle(proceeding: Proceeding) -> Refusal | None:
    """Too early until the office has admitted it, too late once it has its opinion."""
    said = {
        State.RECEIVED: Refusal(
            "too_early", _("The ombudsman has not admitted it yet: settle once both are heard.")
        ),
        State.PASSED_ON: Refusal(
            "too_early", _("The company answers first: settle once it comes back to the ombudsman.")
        ),
        State.DECIDED: Refusal(
            "too_late", _("The opinion is given: the company says whether it follows it.")
        ),
        State.SETTLED: Refusal("too_late", _("Both sides have agreed already.")),
    }
    said[State.INCOMPLETE] = said[State.RECEIVED]
    over = Refusal("too_late", _("The ombudsman has closed this file."))
    return None if proceeding.state == State.ADMITTED else said.get(State(proceeding.state), over)


def why_not_offer(
    fs: FileState,
    *,
    side: str,
    option: str,
    amount: Decimal | None,
    currency: str,
    text: str,
    answer_by: datetime,
    at: datetime,
    instead_of: Offer | None = None,
) -> Refusal | None:
    """The same, with what is proposed: something of the catalogue, an amount or words, a day."""
    refusal = why_not_propose(fs.proceeding, fs.open_offer, side=side, at=at, instead_of=instead_of)
    if refusal:
        return refusal
    if option not in {one.key for one in fs.house.redress_options}:
        return Refusal("option_unknown", _("Choose what is proposed."))
    if amount is not None and (amount <= 0 or not currency):
        return Refusal("no_money", _("Write an amount above zero, with its currency."))
    if amount is None and not text.strip():
        return Refusal("nothing_offered", _("Say what is proposed."))
    if answer_by <= at:
        return Refusal("day_over", _("This day is over. Choose a later one."))
    if answer_by > at + LONGEST_OFFER:
        return Refusal(
            "day_too_far",
            _("A proposal waits %(days)s days at most: choose an earlier day."),
            {"days": LONGEST_OFFER.days},
        )
    return None


def why_not_answer_offer(
    fs: FileState, offer: Offer | None, *, side: str, at: datetime
) -> Refusal | None:
    """Yes or no, by the side that did not make it, until its day."""
    if refusal := _why_not_settle(fs.proceeding):
        return refusal
    if offer is None or offer.state not in {Offer.State.OPEN, Offer.State.LAPSED}:
        return Refusal("no_offer", _("No proposal waits for a word."))
    if offer.state == Offer.State.LAPSED or offer.answer_by <= at:
        day = last_day(offer.answer_by, fs.house.entity.timezone)
        return Refusal(
            "offer_lapsed",
            _("This proposal stood until %(day)s. Either side may make a new one."),
            {"day": day_in_words(day, get_language() or "en")},
        )
    if offer.by_side == side:
        return Refusal("own_offer", _("The other side says yes or no to a proposal."))
    return None


# ------------------------------------------------------------------ the opinion
def why_not_draft(fs: FileState, viewer: Viewer) -> Refusal | None:
    """The opinion is drafted while both sides are heard, and never changed once signed."""
    if refusal := _while(fs, viewer, {State.ADMITTED}):
        return refusal
    if fs.opinion is not None and fs.opinion.signed_at is not None:
        return Refusal("signed", _("The opinion is signed: it is not changed any more."))
    return None


def missing_in(fs: FileState) -> list[str]:
    """What an opinion lacks before it can be signed, in words."""
    found = []
    if not fs.facts:
        found.append(str(_("a fact held proved, and by what")))
    if fs.opinion is None or not fs.opinion.principles.strip():
        found.append(str(_("the rules and the good practice that it applies")))
    concluded = {one.grievance_id: one for one in fs.conclusions}
    for point in fs.grievances:
        one = concluded.get(point.pk)
        if one is None:
            found.append(str(_("a conclusion on point %(number)s")) % {"number": point.ordinal})
        elif one.outcome != Decision.Outcome.NOT_UPHELD and not (one.to_do and one.do_by):
            asked = str(_("what the company must do about point %(number)s, and by when"))
            found.append(asked % {"number": point.ordinal})
    if not any(one.side == Statement.Side.COMPANY for one in fs.statements) and (
        fs.proceeding.about_id is not None
    ):
        found.append(str(_("the company's side: it has not been asked")))
    return found


def why_not_sign(fs: FileState, viewer: Viewer) -> Refusal | None:
    """Signed by whoever holds the office, complete, and with both sides heard."""
    if refusal := why_not_draft(fs, viewer):
        return refusal
    if not viewer.within(fs.file.entity_id).may(Permission.GIVE_OPINION):
        return Refusal("not_permitted", _("Only whoever holds the office signs an opinion."))
    appointment = fs.holds_office(viewer.account)
    if appointment is None:
        return Refusal("not_appointed", _("You do not hold the office today."))
    if not is_declared(appointment, on=fs.today):
        return Refusal("not_declared", _("Declare your ties first: it is renewed each year."))
    if lacking := missing_in(fs):
        return Refusal(
            "incomplete",
            _("The opinion lacks: %(what)s."),
            {"what": "; ".join(lacking)},
        )
    waiting = [one for one in fs.to_show if one.side != Statement.Side.THIRD]
    if waiting:
        return Refusal(
            "not_shown",
            _("What one side said has not been shown to the other: both are heard on everything."),
        )
    return None


def why_not_answer_hearing(
    viewer: Viewer, hearing: Hearing, *, text: str | None = None
) -> Refusal | None:
    """The company gives its word to what the office addressed to it."""
    if refusal := why_not_speak_for_company(viewer, hearing):
        return refusal
    if hearing.ended_at is not None:
        return Refusal("ended", _("The office needs no word on this any more."))
    if hearing.what == Hearing.What.NOTICE:
        return Refusal("no_word_needed", _("This is a notice: no word is needed."))
    if hearing.answered_at is not None:
        return Refusal("answered", _("This was answered already."))
    return _empty(text)


def why_not_speak_for_company(viewer: Viewer, hearing: Hearing) -> Refusal | None:
    """Whoever handles cases of the company speaks for it, those who are recused left out."""
    if not viewer.within(hearing.entity_id).may(Permission.HANDLE):
        return Refusal("not_permitted", _("Your role does not let you handle this case."))
    if viewer.account_id in hearing.case.recused:
        return Refusal("recused", _("You take no part in this case: you are recused from it."))
    return None


def why_not_carry_out(opinion: Opinion | None, *, text: str | None = None) -> Refusal | None:
    """The company says what it did of what an opinion asks."""
    if opinion is None or opinion.answer != Opinion.Answer.ACCEPTED:
        return Refusal("not_accepted", _("The company has not said that it follows the opinion."))
    if opinion.carried_out_at is not None:
        return Refusal("done_already", _("This was done already."))
    return _empty(text)


def why_not_verify(fs: FileState, viewer: Viewer) -> Refusal | None:
    """The office verifies with the person that it was done."""
    if refusal := _while(fs, viewer, {State.DECIDED, State.SETTLED}):
        return refusal
    if fs.opinion is not None and fs.opinion.verified_at is not None:
        return Refusal("done_already", _("This was done already."))
    return None


def why_not_close(fs: FileState, viewer: Viewer) -> Refusal | None:
    """A file that has its opinion ends once the company has answered it."""
    if refusal := _while(fs, viewer, {State.DECIDED, State.SETTLED}):
        return refusal
    opinion = fs.opinion
    owes_word = opinion is not None and not opinion.binds and not opinion.answer
    answer_by = opinion.answer_by if opinion is not None else None
    zone = fs.house.entity.timezone
    if owes_word and answer_by is not None and fs.today < local_day(answer_by, zone):
        return Refusal("company_owes", _("The company has not said yet whether it follows it."))
    return None


def _empty(text: str | None) -> Refusal | None:
    if text is not None and not text.strip():
        return Refusal("text_missing", _("Write something."))
    return None


# ------------------------------------------------------------------ what could not be read
def why_not_sort(raw: RawMessage, viewer: Viewer) -> Refusal | None:
    """Whether a message to the office still waits for somebody of it. ``viewer`` is within its
    entity.
    """
    if not viewer.may(Permission.WORK_IN_OFFICE) or raw.seats != OFFICE_FILE:
        return Refusal("not_permitted", _("Your role does not let you work in the office."))
    if raw.state not in {RawMessage.State.HELD, RawMessage.State.ARRIVED}:
        return Refusal("sorted_already", _("Somebody has seen to this message already."))
    return None


def why_not_take_held_up(raw: RawMessage, viewer: Viewer) -> Refusal | None:
    """Whether a message to the office lies aside."""
    if not viewer.may(Permission.WORK_IN_OFFICE) or raw.seats != OFFICE_FILE:
        return Refusal("not_permitted", _("Your role does not let you work in the office."))
    if raw.state != RawMessage.State.SET_ASIDE:
        return Refusal("not_set_aside", _("This message is not set aside."))
    return None


def why_not_file_held(raw: RawMessage, file: Case, *, text: str) -> Refusal | None:
    """A message goes into a file of the office that it came to."""
    if not file.is_of_the_office or raw.entity_id != file.entity_id:
        return Refusal(
            "other_entity", _("This message came to the office of another entity than the file.")
        )
    if file.erased_at is not None:
        return Refusal("erased", _("The personal content of this file was erased."))
    return _empty(text)


def why_not_set_aside(reason: str) -> Refusal | None:
    """A message becomes nothing only for a reason that others can read."""
    return None if reason.strip() else Refusal("reasons_missing", _("Say why nothing comes of it."))


# ------------------------------------------------------------------ who holds it
def why_not_appoint(
    *,
    begins_on: date,
    ends_on: date,
    holds_role: bool,
    has_ties: bool,
    overlaps: bool,
) -> Refusal | None:
    """Who holds the office: in its role, without a tie, for a term that ends."""
    if ends_on <= begins_on:
        return Refusal("ends_before_it_begins", _("The last day lies before the first one."))
    if ends_on.year - begins_on.year > LONGEST_TERM:
        return Refusal(
            "term_too_long",
            _("A term has %(years)s years at most."),
            {"years": LONGEST_TERM},
        )
    if not holds_role:
        return Refusal(
            "no_role",
            _("Give this person the role of the ombudsman first: the office confirms it."),
        )
    if has_ties:
        return Refusal(
            "has_ties",
            _("Whoever has a tie with the company cannot hold the office."),
        )
    if overlaps:
        return Refusal("held_already", _("Somebody holds the office in that time already."))
    return None


def why_not_declare(appointment: Appointment, *, by: Account) -> Refusal | None:
    """Whoever holds the office declares their own ties, while they hold it."""
    if appointment.account_id != by.pk:
        return Refusal("not_theirs", _("Whoever holds the office declares their own ties."))
    if appointment.ended_on is not None:
        return Refusal("ended", _("This appointment has ended."))
    return None


def why_not_end(appointment: Appointment, *, reason: str | None = None) -> Refusal | None:
    """Removed before the term only for a reason, which is public."""
    if appointment.ended_on is not None:
        return Refusal("ended", _("This appointment has ended."))
    if reason is not None and not reason.strip():
        return Refusal("reasons_missing", _("Say why: the reason is public."))
    return None
