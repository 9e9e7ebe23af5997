"""Who else may see a case and act in it: let in by the person, each under their own name."""

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from tests.cast import Cast, a_case, acting, again, by_elena, kinds_of, the_response
from valedor.casefile.actors import COMPLAINANT
from valedor.casefile.letters import mailed_link
from valedor.casefile.models import Case, Entry, Letter, RawMessage, Stage
from valedor.casefile.viewing import viewer_of, viewing
from valedor.foundation.moments import local_day, now
from valedor.foundation.refusals import Refused
from valedor.participants.actions.let_in import let_in as let_somebody_in
from valedor.participants.actions.let_out import let_out
from valedor.participants.models import Participant
from valedor.participants.queries import author_of as authored_by
from valedor.participants.rules import Invited
from valedor.people.models import Account, Mandate, Person
from valedor.telling.entries import author_of, sentence_of
from valedor.telling.reader import Reader

from .test_case import act, let_in, url_of
from .test_office import gone_there
from .walking import CODE, Visitor, text_of, token_of

MARIA = Invited(
    name="Maria Ros",
    role="association",
    organisation="Consumidors del Besòs",
    scope="write",
    language="ca",
    email="maria@consum.example",
)


def fields(**more: Any) -> dict[str, Any]:
    """What Ana writes to let Maria in."""
    return {
        "name": "Maria Ros",
        "role": "association",
        "organisation": "Consumidors del Besòs",
        "email": "maria@consum.example",
        "language": "ca",
        "scope": "write",
        **more,
    }


def maria_in(cast: Cast, case: Case, **more: Any) -> Participant:
    """Maria, let in by Ana."""
    made = let_somebody_in(case, replace(MARIA, **more), by=COMPLAINANT, at=now())
    return made.participant


def by_their_link(cast: Cast, who: Participant) -> tuple[Visitor, Any]:
    """Somebody let in, who opens the link of their invitation; and what they get."""
    visitor = Visitor("en", address="198.51.100.4")
    with acting(cast):
        case = Case.objects.select_related("entity").get(pk=who.case_id)
        link = mailed_link(case, who.person_id, at=now())
    return visitor, visitor.get("/" + link.split("/", 3)[3])


def inside(cast: Cast, who: Participant) -> Visitor:
    visitor, answer = by_their_link(cast, who)
    assert answer.status_code == 302, text_of(answer)
    return visitor


# ------------------------------------------------------------------ letting in
def test_the_person_lets_an_association_in(cast: Cast) -> None:
    case = a_case(cast, received_at=now())
    visitor = let_in(cast, case)
    assert url_of(case, "/people") in text_of(visitor.get(url_of(case)))
    assert "Nobody but you." in text_of(visitor.get(url_of(case, "/people")))
    done = act(visitor, case, "/people", **fields())
    assert done.status_code == 302, text_of(done)
    page = text_of(visitor.get(url_of(case, "/people")))
    assert "Maria Ros, for the consumer association Consumidors del Besòs" in page
    assert "May read and write" in page
    assert "nothing yet" in page
    with acting(cast):
        to_maria, to_ana = Letter.objects.filter(case=case, kind="access_word").order_by("pk")
        assert to_maria.contact_point is not None
        assert to_maria.contact_point.value == "maria@consum.example"
        assert to_maria.language == "ca"
        assert to_ana.recipient_id == case.complainant_id
        assert "participant.let_in" in kinds_of(case)


def test_what_they_do_is_told_under_their_name(cast: Cast) -> None:
    case = a_case(cast, received_at=now())
    maria = inside(cast, maria_in(cast, case))
    shown = text_of(maria.get(url_of(case)))
    assert "You are here as Maria Ros, for the consumer association" in shown
    assert act(maria, case, "/messages", text="We ask for the meter log.").status_code == 302
    assert "<b>You</b>" in text_of(maria.get(url_of(case)))
    ana = let_in(cast, case)
    name = "Maria Ros, for the consumer association Consumidors del Besòs"
    assert name in text_of(ana.get(url_of(case)))
    assert f"{name} wrote" in text_of(ana.get(url_of(case, "/print")))
    with acting(cast):
        entry = Entry.objects.get(case=case, kind="message.received")
        assert author_of(entry, again(case), Reader.STAFF).startswith("Maria Ros, for the")
        assert "wrote" in sentence_of(entry, Reader.STAFF)


def test_the_person_sees_what_they_last_opened(cast: Cast) -> None:
    case = a_case(cast, stage=Stage.ANSWERED, received_at=now() - timedelta(days=2))
    maria = inside(cast, maria_in(cast, case))
    maria.get(url_of(case))
    ana = let_in(cast, case)
    assert "the page of the case, " in text_of(ana.get(url_of(case, "/people")))
    with acting(cast):
        letter = the_response(case).letter_id
    assert maria.get(url_of(case, f"/letters/{letter}")).status_code == 200
    assert "a letter, " in text_of(ana.get(url_of(case, "/people")))


def test_somebody_without_mail_gets_a_code_shown_once(cast: Cast) -> None:
    case = a_case(cast, received_at=now())
    visitor = let_in(cast, case)
    told = fields(email="", postal_address="Carrer Major 3\n08930 Sant Adrià", role="companion")
    shown = text_of(act(visitor, case, "/people", **told))
    found = CODE.search(shown)
    assert found is not None
    assert found[1] not in text_of(visitor.get(url_of(case, "/people")))
    with acting(cast):
        letter = Letter.objects.filter(case=case, kind="access_word").order_by("pk")[0]
        assert letter.channel == "letter"
        assert found[1] not in letter.body
    helper = Visitor("en", address="198.51.100.9")
    assert helper.sign_in(case.reference, found[1]).status_code == 302
    assert "You are here as Maria Ros" in text_of(helper.get(url_of(case)))
    with acting(cast):
        who = Participant.objects.get(case=case)
    let_out(case, participant=who, by=COMPLAINANT, at=now())
    assert helper.get(url_of(case)).status_code == 410
    assert helper.sign_in(case.reference, found[1]).status_code == 410


def test_an_interpreter_writes_as_one_and_decides_nothing(cast: Cast) -> None:
    case = a_case(cast, stage=Stage.ANSWERED, received_at=now() - timedelta(days=2))
    visitor = let_in(cast, case)
    refused = act(visitor, case, "/people", **fields(role="interpreter", scope="act"))
    assert refused.status_code == 409
    assert "An interpreter reads" in text_of(refused)
    joan = inside(cast, maria_in(cast, case, role="interpreter", organisation="", name="Joan Pi"))
    act(joan, case, "/messages", text="She says: the meter is wrong.")
    assert "Joan Pi, interpreter" in text_of(visitor.get(url_of(case)))


# ------------------------------------------------------------------ how far
@pytest.mark.parametrize(
    ("scope", "page", "status"),
    [
        ("read", "/messages", 403),
        ("write", "/messages", 302),
        ("write", "/acceptance", 403),
        ("write", "/withdrawal", 403),
        ("act", "/contest", 302),
        ("act", "/acceptance", 302),
    ],
)
def test_each_may_as_much_as_they_were_given(
    cast: Cast, scope: str, page: str, status: int
) -> None:
    case = a_case(cast, stage=Stage.ANSWERED, received_at=now() - timedelta(days=2))
    visitor = inside(cast, maria_in(cast, case, scope=scope))
    token = token_of(text_of(let_in(cast, case).get(url_of(case, "/people"))))
    before = kinds_of_case(cast, case)
    answer = visitor.post(url_of(case, page), {"token": token, "text": "What I wrote."})
    assert answer.status_code == status, text_of(answer)
    if status == 403:
        assert "This needs more" in text_of(answer)
        assert kinds_of_case(cast, case) == before


def kinds_of_case(cast: Cast, case: Case) -> list[str]:
    with acting(cast):
        return kinds_of(case)


def test_what_they_typed_stands_on_the_refusal(cast: Cast) -> None:
    case = a_case(cast, received_at=now())
    visitor = inside(cast, maria_in(cast, case, scope="read"))
    answer = visitor.post(url_of(case, "/messages"), {"token": "x", "text": "Long words of mine."})
    assert "Long words of mine." in text_of(answer)


@pytest.mark.parametrize("page", ["/access-code", "/people", "/ombudsman", "/promotion"])
def test_some_things_are_the_persons_alone(cast: Cast, page: str) -> None:
    case = a_case(cast, stage=Stage.ANSWERED, received_at=now() - timedelta(days=2))
    visitor = inside(cast, maria_in(cast, case, scope="collect"))
    shown = visitor.get(url_of(case, page))
    assert shown.status_code == 403
    assert "belongs to the person whose case it is" in text_of(shown)


def test_nobody_let_in_lets_others_in(cast: Cast) -> None:
    case = a_case(cast, received_at=now())
    who = maria_in(cast, case, scope="collect")
    other = replace(MARIA, email="other@consum.example")
    with acting(cast), pytest.raises(Refused) as caught:
        let_somebody_in(case, other, by=authored_by(who), at=now())
    assert caught.value.code == "not_theirs_to_let_in"


# ------------------------------------------------------------------ out again
def test_let_out_at_once(cast: Cast) -> None:
    case = a_case(cast, received_at=now())
    who = maria_in(cast, case)
    maria, ana = inside(cast, who), let_in(cast, case)
    assert maria.get(url_of(case)).status_code == 200
    assert act(ana, case, f"/people/{who.pk}/out").status_code == 302
    shown = maria.get(url_of(case))
    assert shown.status_code == 410
    assert "You are not let in to this case any more" in text_of(shown)
    _visitor, again_by_link = by_their_link(cast, who)
    assert again_by_link.status_code == 410
    assert "Let out by the person" in text_of(ana.get(url_of(case, "/people")))
    assert act(ana, case, f"/people/{who.pk}/out").status_code == 409


def test_leaves_by_themselves(cast: Cast) -> None:
    case = a_case(cast, received_at=now())
    who = maria_in(cast, case)
    maria = inside(cast, who)
    assert act(maria, case, "/people/leave").status_code == 302
    assert maria.get(url_of(case)).status_code == 302  # The cookie is gone.
    _visitor, answer = by_their_link(cast, who)
    assert answer.status_code == 410
    with acting(cast):
        who.refresh_from_db()
        assert who.ending == Participant.Ending.LEFT


def test_the_time_is_over_and_the_person_is_told_once(cast: Cast) -> None:
    case = a_case(cast, received_at=now())
    today = local_day(now(), case.entity.timezone)
    who = maria_in(cast, case, expires_on=today + timedelta(days=2))
    maria = inside(cast, who)
    with acting(cast):
        Participant.objects.filter(pk=who.pk).update(expires_on=today - timedelta(days=1))
    for _time in range(2):
        shown = maria.get(url_of(case))
        assert shown.status_code == 410
        assert "until a day that is over" in text_of(shown)
    with acting(cast):
        assert kinds_of(case).count("participant.let_out") == 1
        told = Letter.objects.filter(case=case, recipient=case.complainant_id, kind="access_word")
        assert told.count() == 2  # When Maria came in, and when her time was over.


def test_in_until_thirty_days_after_the_end(cast: Cast) -> None:
    case = a_case(cast, stage=Stage.CLOSED, received_at=now() - timedelta(days=2))
    who = maria_in(cast, case)
    assert inside(cast, who).get(url_of(case)).status_code == 200
    with acting(cast):
        Case.objects.filter(pk=case.pk).update(closed_at=now() - timedelta(days=31))
    _visitor, answer = by_their_link(cast, who)
    assert answer.status_code == 410
    with acting(cast), pytest.raises(Refused) as caught:
        let_somebody_in(again(case), replace(MARIA, email="b@b.example"), by=COMPLAINANT, at=now())
    assert caught.value.code == "closed"


def test_a_link_opens_no_other_case(cast: Cast) -> None:
    case, other = a_case(cast, received_at=now()), a_case(cast, received_at=now())
    who = maria_in(cast, case)
    visitor = Visitor("en")
    with acting(cast):
        link = mailed_link(again(other), who.person_id, at=now())
    assert visitor.get("/" + link.split("/", 3)[3]).status_code == 410
    assert visitor.get(url_of(other)).status_code == 302


def test_an_ended_mandate_lets_nobody_act(cast: Cast) -> None:
    case = a_case(cast, submission=by_elena(cast))
    visitor = let_in(cast, case)
    Mandate.objects.filter(represented=case.complainant).update(expires_on=date(2026, 1, 1))
    refused = act(visitor, case, "/messages", text="One thing more.")
    assert refused.status_code == 403
    assert "Your mandate for this case is over" in text_of(refused)
    assert "One thing more." in text_of(refused)


# ------------------------------------------------------------------ what is typed wrongly
@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"email": "ANA@example.org "}, "your own address"),
        ({"expires_on": "2020-01-01"}, "That day is over"),
        ({"expires_on": "2099-01-01"}, "within the next five years"),
        ({"expires_on": "soon"}, "Enter a valid date"),
        ({"email": "nonsense"}, "This is no e-mail address"),
        ({"email": "", "postal_address": ""}, "Give an e-mail address or a postal address"),
        ({"organisation": ""}, "Say which association it is"),
        ({"name": ""}, "Say who it is"),
        ({"name": "Ma\0ria"}, ""),
        ({"scope": "everything"}, "Select a valid choice"),
        ({"name": "x" * 300}, "at most 200"),
        ({"email": "bruno@besos.example"}, "Somebody who works here"),
    ],
)
def test_refuses_with_the_reason(cast: Cast, more: dict[str, str], words: str) -> None:
    Account.objects.filter(pk=cast.bruno.pk).update(email="Bruno@besos.example")
    case = a_case(cast, received_at=now())
    visitor = let_in(cast, case)
    answer = act(visitor, case, "/people", **fields(**more))
    assert answer.status_code in {409, 422}, text_of(answer)
    assert words in text_of(answer)
    with acting(cast):
        assert not Participant.objects.filter(case=case).exists()
        assert not Person.objects.filter(name="Maria Ros").exists()


def test_nobody_is_let_in_twice(cast: Cast) -> None:
    case = a_case(cast, received_at=now())
    visitor = let_in(cast, case)
    token = token_of(text_of(visitor.get(url_of(case, "/people"))))
    for _time in range(2):
        assert visitor.post(url_of(case, "/people"), fields() | {"token": token}).status_code in {
            302,
            409,
        }
    refused = act(visitor, case, "/people", **fields(email="MARIA@consum.example"))
    assert refused.status_code == 409
    assert "is in already" in text_of(refused)
    with acting(cast):
        assert Participant.objects.filter(case=case).count() == 1


def test_a_forged_form_and_a_wrong_number(cast: Cast) -> None:
    case, other = a_case(cast, received_at=now()), a_case(cast, received_at=now())
    visitor = let_in(cast, case)
    forged = visitor.post(url_of(case, "/people"), fields() | {"token": "forged"})
    assert forged.status_code == 422
    theirs = maria_in(cast, other)
    for number in (theirs.pk, 1, 2**62):
        assert visitor.get(url_of(case, f"/people/{number}/out")).status_code == 404


def test_who_may_only_file_lets_nobody_in(cast: Cast) -> None:
    case = a_case(cast, submission=by_elena(cast))
    Mandate.objects.filter(represented=case.complainant).update(scope="file")
    shown = text_of(let_in(cast, case).get(url_of(case, "/people")))
    assert "not let others in" in shown


# ------------------------------------------------------------------ the wall
def test_the_file_of_the_office_is_a_room_of_its_own(cast: Cast) -> None:
    office, ana, file = gone_there(cast)
    with acting(cast):
        case = Case.objects.get(pk__gt=0, complainant=file.complainant_id)
    done = act(ana, file, "/people", **fields())
    assert done.status_code == 302, text_of(done)
    with acting(cast):
        who = Participant.objects.get(case=file)
        assert not Participant.objects.filter(case=case).exists()
        assert "participant.let_in" not in kinds_of(case)
    with viewing(viewer_of(cast.bruno)):
        assert not Participant.objects.filter(pk=who.pk).exists()
        assert not RawMessage.objects.filter(case=file).exists()
    maria = inside(cast, who)
    assert maria.get(url_of(file)).status_code == 200
    assert maria.get(url_of(case)).status_code == 302
    act(maria, file, "/messages", text="The association adds this.")
    page = text_of(ana.get(url_of(file)))
    assert "Maria Ros, for the consumer association" in page
    with viewing(viewer_of(office.felix)):
        assert Participant.objects.filter(pk=who.pk).exists()


def test_in_both_rooms_where_the_person_ticks_it(cast: Cast) -> None:
    _office, ana, file = gone_there(cast)
    with acting(cast):
        case = Case.objects.get(pk__gt=0, complainant=file.complainant_id)
    page = text_of(ana.get(url_of(file, "/people")))
    assert f"Also in your case with the company, {case.reference}" in page
    # The company would read from what is posted there that there is a file.
    assert "Also in your" not in text_of(ana.get(url_of(case, "/people")))
    done = act(ana, file, "/people", **fields(both="on"))
    assert done.status_code == 302, text_of(done)
    with acting(cast):
        here, there = (Participant.objects.get(case=one) for one in (file, case))
        assert here.person_id != there.person_id
        entry = Entry.objects.get(case=case, kind="participant.let_in")
        assert file.reference not in str(entry.particulars) + str(entry.content.details)
    assert inside(cast, there).get(url_of(case)).status_code == 200


def test_whoever_is_in_at_the_company_learns_of_no_file(cast: Cast) -> None:
    _office, _ana, file = gone_there(cast)
    with acting(cast):
        case = Case.objects.get(pk__gt=0, complainant=file.complainant_id)
    shown = text_of(inside(cast, maria_in(cast, case)).get(url_of(case)))
    assert file.reference not in shown
    assert "Go to the ombudsman" not in shown


def test_a_merged_case_leads_those_let_in_nowhere_else(cast: Cast) -> None:
    case, kept = a_case(cast, received_at=now()), a_case(cast, received_at=now())
    maria = inside(cast, maria_in(cast, case))
    with acting(cast):
        Case.objects.filter(pk=case.pk).update(
            merged_into=kept, stage=Stage.CLOSED, closed_at=now()
        )
    assert maria.get(url_of(case)).status_code == 200
    assert maria.get(url_of(kept)).status_code == 302
    assert re.search("sign|case", maria.get(url_of(kept))["Location"])
