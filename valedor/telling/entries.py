"""The lines of a timeline: what each says, who said it, and on which side it stands."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from valedor.casefile.facts import KNOWN
from valedor.casefile.models import Case, Entry
from valedor.casefile.seats import Seat
from valedor.participants.words import named
from valedor.telling.reader import Reader
from valedor.telling.values import details_of, values_of

# What the person said, and what was said to them: bubbles. The rest are events, or stay inside.
THEIRS = frozenset(
    {
        "case.received",
        "message.received",
        "case.contested",
        "case.withdrawn",
        "case.kind_claimed",
    }
)
OURS: Mapping[str, Promise | str] = {
    "message.sent": "",
    "case.asked": gettext_lazy("Question"),
    "case.cure_requested": gettext_lazy("Request for missing details"),
    "case.answered": pgettext_lazy("letter", "Answer"),
    "case.delay_told": gettext_lazy("Word that it takes longer"),
    "case.extended": gettext_lazy("Extension"),
    "case.measure_told": gettext_lazy("Measure taken"),
    "import.answered": gettext_lazy("Answer, as imported"),
}
INSIDE: Mapping[str, Promise | str] = {
    "case.note_written": gettext_lazy("Internal note"),
    "case.area_asked": gettext_lazy("Question to an area"),
    "case.area_answered": gettext_lazy("Answer of an area"),
    "case.found": gettext_lazy("Finding"),
    "case.decided": gettext_lazy("Decision"),
    "case.part_given": gettext_lazy("Part of the work"),
    "case.part_finished": gettext_lazy("Part finished"),
}
# What staff read of "the person" is said to the person themselves here.
_TO_YOU: Mapping[str, Promise | str] = {
    "case.received": gettext_lazy("Registered"),
    "case.acknowledged": gettext_lazy("The receipt reached you"),
    "case.cure_requested": gettext_lazy("We asked you for something that is missing"),
    "case.cured": gettext_lazy("You sent what was missing"),
    "case.cure_lapsed": gettext_lazy("The time to send what is missing is over"),
    "message.sent": gettext_lazy("We wrote to you"),
    "message.received": gettext_lazy("You wrote to us"),
    "case.asked": gettext_lazy("We asked you something"),
    "case.question_answered": gettext_lazy("You answered what we asked"),
    "redress.offered": gettext_lazy("We offered you: %(what)s %(amount)s"),
    "redress.accepted": gettext_lazy("You accepted: %(what)s %(amount)s"),
    "redress.declined": gettext_lazy("You declined: %(what)s %(amount)s"),
    "redress.carried_out": gettext_lazy("Done: %(what)s %(amount)s"),
    "case.answered": gettext_lazy("We answered"),
    "case.extended": gettext_lazy("The time to answer was extended to %(due_on)s"),
    "case.delay_told": gettext_lazy("We told you that it takes longer"),
    "case.answer_accepted": gettext_lazy("You accepted the answer"),
    "case.contested": gettext_lazy("You did not agree with the answer"),
    "case.withdrawn": gettext_lazy("You withdrew the case"),
    "booking.made": gettext_lazy("You have a booking: %(service)s, %(slot)s"),
    "booking.moved": gettext_lazy("Your booking has another time: %(service)s, %(slot)s"),
    "booking.cancelled": gettext_lazy("The booking was cancelled: %(service)s, %(slot)s"),
    "booking.kept": gettext_lazy("Done: %(service)s, %(slot)s"),
    "booking.missed": gettext_lazy("You did not come: %(service)s, %(slot)s"),
    "order.placed": gettext_lazy("You ordered: %(product)s"),
    "order.confirmed": gettext_lazy("Your order is confirmed: %(product)s"),
    "order.preparing": gettext_lazy("Your order is being prepared: %(product)s"),
    "order.fulfilled": gettext_lazy("Your order is delivered: %(product)s"),
    "order.cancelled": gettext_lazy("The order was cancelled: %(product)s"),
    "case.kind_claimed": gettext_lazy("You told us what it is: %(kind_of_contact)s"),
    "case.kind_changed": gettext_lazy("We deal with it as: %(after)s (before: %(before)s)"),
    "case.closed": gettext_lazy("The case was closed"),
    "case.measure_told": gettext_lazy("We told you of a measure taken since"),
    "case.reopened": gettext_lazy("The case was reopened"),
    "case.merged": gettext_lazy("It goes on in your case %(reference)s"),
    "case.took_in": gettext_lazy("%(reference)s goes on in this case: both are about one matter"),
    "case.merge_undone": gettext_lazy("It goes on by itself again, apart from %(reference)s"),
    "case.let_go": gettext_lazy("%(reference)s goes on by itself again"),
    "case.split_off": gettext_lazy("A part of this case is now a case of its own: %(reference)s"),
    "case.came_from": gettext_lazy("This was a part of %(reference)s"),
    "case.letter_corrected": gettext_lazy("We corrected a letter"),
    "case.access_code_issued": gettext_lazy("You got a new access code"),
    "case.links_revoked": gettext_lazy("The links mailed before no longer work"),
    "case.next_step_opened": gettext_lazy("No answer came in time: the next step is open to you"),
    "document.kept": gettext_lazy("A document was added: “%(name)s”"),
    "document.refused": gettext_lazy("The file “%(name)s” was not taken"),
    "document.receipt_drawn_up": gettext_lazy("Your receipt was drawn up as a file"),
    "letter.accepted": gettext_lazy("A letter went to you by e-mail"),
    "letter.posted": gettext_lazy("A letter was posted to you"),
    "papers.handed_in": gettext_lazy("You handed in papers, of %(pages)s pages: %(what)s"),
    "letter.handed_over": gettext_lazy("A letter was handed over to you"),
    "letter.proved": gettext_lazy("A letter was delivered to you"),
    "participant.let_in": gettext_lazy("Let in: %(name)s (%(role)s). %(scope)s"),
    "participant.let_out": gettext_lazy("No longer let in: %(name)s. %(ending)s"),
}
# What somebody did whom the person let in: under their own name, to every reader.
_BY_PARTICIPANT: Mapping[str, Promise | str] = {
    "message.received": gettext_lazy("%(who)s wrote"),
    "office.person_said": gettext_lazy("%(who)s wrote"),
    "case.question_answered": gettext_lazy("%(who)s answered what was asked"),
    "document.kept": gettext_lazy("%(who)s added a document: “%(name)s”"),
    "document.refused": gettext_lazy("The file “%(name)s” of %(who)s was not taken"),
    "case.cured": gettext_lazy("%(who)s sent what was missing"),
    "case.answer_accepted": gettext_lazy("%(who)s accepted the answer"),
    "case.contested": gettext_lazy("%(who)s did not agree with the answer"),
    "redress.accepted": gettext_lazy("%(who)s accepted: %(what)s %(amount)s"),
    "redress.declined": gettext_lazy("%(who)s declined: %(what)s %(amount)s"),
    "case.withdrawn": gettext_lazy("%(who)s withdrew the case"),
    "office.withdrawn": gettext_lazy("%(who)s did not go on before the ombudsman"),
    "case.kind_claimed": gettext_lazy("%(who)s told what it is: %(kind_of_contact)s"),
    "participant.let_out": gettext_lazy("%(who)s left"),
    "office.offer_answered": gettext_lazy("%(who)s answered the proposal"),
}


def sentence_of(entry: Entry, reader: Reader) -> str:
    """What happened, in one sentence of the reader's language."""
    if who := said_by(entry):
        values = values_of(entry, reader)
        values["who"] = who
        told = _BY_PARTICIPANT.get(entry.kind)
        if told is not None:
            return " ".join((str(told) % values).split()).rstrip(" :")
    sentence = _TO_YOU.get(entry.kind) if reader is Reader.COMPLAINANT else None
    if sentence is None:
        fact = KNOWN.get(entry.kind)
        sentence = fact.sentence if fact else _("Something was recorded.")
    said = str(sentence) % values_of(entry, reader)
    return " ".join(said.replace(" .", ".").split()).rstrip(" :")


def side_of(entry: Entry) -> str:
    """Where a line stands: theirs, ours, inside the house, behind the wall, or an event."""
    if not Seat(entry.seats) & (Seat.COMPANY | Seat.COMPLAINANT):
        return "walled"
    if entry.kind in THEIRS:
        return "theirs"
    if entry.kind in OURS:
        return "ours"
    return "inside" if entry.kind in INSIDE else "event"


def channel_of(entry: Entry) -> str:
    """How something came or went; empty where the line does not say."""
    channel = str(details_of(entry).get("channel", ""))
    return str(Case.Channel(channel).label) if channel in Case.Channel.values else ""


def said_by(entry: Entry) -> str:
    """Whoever the person let in, where it was they who did it: with name and role. Empty else."""
    if "said_by" not in entry.particulars:
        return ""
    details = details_of(entry)
    name = str(details.get("said_name", "")) or _("Somebody who was let in")
    return named(name, str(details.get("said_as", "")), str(details.get("said_for", "")))


def author_of(
    entry: Entry,
    case: Case,
    reader: Reader,
    *,
    names: Mapping[int, str] | None = None,
    as_actor: str = Entry.Actor.COMPLAINANT,
    as_participant: int | None = None,
) -> str:
    """Who said or did it. ``names`` are the accounts'; ``as_actor`` is as whom the complainant's
    seat is read: by the person, or by who speaks for them; or ``as_participant``, by somebody whom
    the person let in.
    """
    if reader is Reader.COMPLAINANT and as_participant is not None:
        return _author_to_participant(entry, case, as_participant)
    if who := said_by(entry):
        return who
    if reader is Reader.COMPLAINANT:
        return _author_to_you(entry, case, as_actor)
    person = (case.complainant.name if case.complainant else "") or _("The person")
    if entry.actor == Entry.Actor.REPRESENTATIVE:
        return _representative(case, person)
    if entry.by_id is not None and entry.kind not in THEIRS:
        return (names or {}).get(entry.by_id, "")
    if entry.by_id is not None or entry.actor == Entry.Actor.COMPLAINANT:
        return person
    return case.entity.name if entry.kind in OURS else ""


def _author_to_participant(entry: Entry, case: Case, participant_id: int) -> str:
    """To somebody who was let in, the person is somebody else."""
    if "said_by" in entry.particulars:
        return _("You") if entry.particulars["said_by"] == participant_id else said_by(entry)
    person = (case.complainant.name if case.complainant else "") or _("The person")
    if entry.actor == Entry.Actor.REPRESENTATIVE:
        return _representative(case, person)
    is_theirs = entry.kind in THEIRS or entry.actor == Entry.Actor.COMPLAINANT
    return person if is_theirs else case.entity.name


def _author_to_you(entry: Entry, case: Case, as_actor: str) -> str:
    """The house speaks with one voice here: no member of the staff is named by a line."""
    if entry.kind not in THEIRS and entry.actor not in {
        Entry.Actor.COMPLAINANT,
        Entry.Actor.REPRESENTATIVE,
    }:
        return case.entity.name
    by_representative = entry.actor == Entry.Actor.REPRESENTATIVE
    if by_representative == (as_actor == Entry.Actor.REPRESENTATIVE):
        return _("You")
    if by_representative:
        name = case.mandate.representative.name if case.mandate else ""
        return _("%(name)s, who speaks for you") % {"name": name} if name else _("Representative")
    return (case.complainant.name if case.complainant else "") or _("The person")


def _representative(case: Case, person: str) -> str:
    name = case.mandate.representative.name if case.mandate else ""
    if not name:
        return _("Representative")
    return _("%(name)s, representative of %(person)s") % {"name": name, "person": person}
