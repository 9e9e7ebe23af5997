"""Before a contact is saved: who and what it may be is offered, and only an answer decides."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests import cast as people
from tests.cast import Cast
from valedor.casefile.models import Case, Document, Entry, Letter, RawMessage, Stage
from valedor.desk.tests.conftest import SignIn
from valedor.desk.tests.reading import words_of
from valedor.handling.models import Draft, Repetition
from valedor.people.actions.merge_persons import same_person
from valedor.people.models import ContactPoint, PersonMerge, Role

ADDRESS = "/desk/register?entity=besos"


@pytest.fixture
def known(cast: Cast) -> Case:
    """Ana's open case."""
    return people.a_case(cast, stage=Stage.ASSESSED)


def _given(client: Client, cast: Cast, **more: Any) -> dict[str, Any]:
    return {
        "channel": "telephone",
        "received_at": "2026-11-21T09:00",
        "language": "es",
        "kind": "complaint",
        "category": str(cast.double_charge.pk),
        "name": "Ana Puig",
        "email": "ana@example.org",
        "answer_channel": "email",
        "narrative": "Le han vuelto a cobrar dos veces.",
        "point": "Otro cargo doble",
        "token": client.get(ADDRESS).context["form"]["token"].value(),
    } | more


def _answered(client: Client, page: Any, **said: str) -> Any:
    return client.post(
        page.context["action"],
        {"first": page.context["first"], "step": "save"}
        | {f"alike-{name}": value for name, value in said.items()},
    )


def _cases(cast: Cast) -> list[Case]:
    with people.acting(cast):
        return list(Case.objects.select_related("complainant").order_by("pk"))


def test_person_and_case_are_offered_with_their_evidence_and_nothing_is_chosen(
    cast: Cast, sign_in: SignIn, known: Case
) -> None:
    bruno = sign_in(cast.bruno)
    page = bruno.post(ADDRESS, _given(bruno, cast))
    words = words_of(page)
    assert page.status_code == 200
    assert "Before you save" in words
    assert known.reference in words
    assert (
        "Weak evidence: the same subject, of the same kind, received in the last two weeks" in words
    )
    assert "the same e-mail address, not verified" in words
    assert "checked" not in page.content.decode()
    assert len(_cases(cast)) == 1
    again = _answered(bruno, page)
    assert again.status_code == 422
    assert "Choose the case, or say that it is none." in words_of(again)
    assert len(_cases(cast)) == 1


def test_added_to_the_case_with_its_files(cast: Cast, sign_in: SignIn, known: Case) -> None:
    nuria = sign_in(cast.join("nuria", role=Role.AGENT))
    scan = SimpleUploadedFile("bill.txt", b"twice again")
    page = nuria.post(ADDRESS, _given(nuria, cast, file=scan))
    done = _answered(nuria, page, into=known.reference)
    assert done.status_code == 302
    assert known.reference in done["Location"]
    assert len(_cases(cast)) == 1
    with people.acting(cast):
        line = Entry.objects.select_related("content").filter(kind="message.received").get()
        assert line.case_id == known.pk
        assert line.content.body == "Le han vuelto a cobrar dos veces.\n\n– Otro cargo doble"
        assert Document.objects.get(case=known).name == "bill.txt"
        assert {one.state for one in RawMessage.objects.filter(case=known)} == {"registered"}
    assert not PersonMerge.objects.exists()


def test_an_answer_given_at_once_waits_there_as_a_draft(
    cast: Cast, sign_in: SignIn, known: Case
) -> None:
    nuria = sign_in(cast.join("nuria", role=Role.AGENT))
    answer = {"kind": "enquiry", "answer_now": "The office opens at nine.", "point": ""}
    page = nuria.post(ADDRESS, _given(nuria, cast, **answer))
    done = _answered(nuria, page, into=known.reference)
    shown = nuria.get(done["Location"])
    assert "What you answered is a draft there" in words_of(shown)
    with people.acting(cast):
        assert [one.content["text"] for one in Draft.objects.filter(case=known)] == [
            "The office opens at nine."
        ]
        assert not Letter.objects.filter(case=known, kind="message").exists()


def test_registered_anyway_with_the_reason_kept(cast: Cast, sign_in: SignIn, known: Case) -> None:
    bruno = sign_in(cast.bruno)
    page = bruno.post(ADDRESS, _given(bruno, cast))
    without = _answered(bruno, page, into="none", person="none")
    assert "Say why it is another matter." in words_of(without)
    done = _answered(bruno, page, into="none", person="none", reason="Another bill.")
    assert done.status_code == 200, words_of(done)
    first, second = _cases(cast)
    with people.acting(cast):
        hint = Repetition.objects.get()
        assert (hint.case_id, hint.other_id, hint.reason) == (second.pk, first.pk, "Another bill.")
        assert "case.kept_apart" in people.kinds_of(second)
    assert not PersonMerge.objects.exists()
    assert done.context["code"]


def test_the_person_chosen_counts_as_the_one_we_know(
    cast: Cast, sign_in: SignIn, known: Case
) -> None:
    """An agent may say so of the record that is being made, and it can be parted again."""
    nuria = sign_in(cast.join("nuria", role=Role.AGENT))
    page = nuria.post(ADDRESS, _given(nuria, cast))
    who = str(known.complainant_id)
    assert _answered(nuria, page, into="none", person=who, reason="A new one.").status_code == 200
    first, second = _cases(cast)
    assert first.complainant is not None
    assert second.complainant is not None
    assert second.complainant_id != first.complainant_id
    assert second.complainant_id in same_person(first.complainant)
    merge = PersonMerge.objects.get()
    assert (merge.kept_id, merge.reason) == (
        first.complainant_id, "the same e-mail address, not verified"
    )  # fmt: skip


def test_nothing_is_asked_where_nothing_is_alike(cast: Cast, sign_in: SignIn, known: Case) -> None:
    bruno = sign_in(cast.bruno)
    done = bruno.post(ADDRESS, _given(bruno, cast, name="Marta Soler", email="marta@example.org"))
    assert done.status_code == 200
    assert done.context["code"]


def test_somebody_who_may_not_see_the_case_is_asked_nothing(
    cast: Cast, sign_in: SignIn, known: Case
) -> None:
    with people.acting(cast):
        Case.objects.filter(pk=known.pk).update(recused=[cast.bruno.pk])
    bruno = sign_in(cast.bruno)
    done = bruno.post(ADDRESS, _given(bruno, cast))
    assert known.reference not in words_of(done)
    assert done.context["code"]


def test_back_to_the_form_with_everything_typed(cast: Cast, sign_in: SignIn, known: Case) -> None:
    bruno = sign_in(cast.bruno)
    page = bruno.post(ADDRESS, _given(bruno, cast))
    back = bruno.post(page.context["action"], {"first": page.context["first"], "step": "edit"})
    assert back.status_code == 200
    assert "Le han vuelto a cobrar dos veces." in words_of(back)


def test_nobody_saves_what_somebody_else_typed(cast: Cast, sign_in: SignIn, known: Case) -> None:
    bruno, carla = sign_in(cast.bruno), sign_in(cast.carla)
    page = bruno.post(ADDRESS, _given(bruno, cast))
    taken = _answered(carla, page, into=known.reference)
    assert taken.status_code == 422
    assert "Le han vuelto a cobrar" not in words_of(taken)
    with people.acting(cast):
        assert not Entry.objects.filter(kind="message.received").exists()


def test_the_handler_sees_the_hint_and_keeps_them_apart(
    cast: Cast, sign_in: SignIn, known: Case
) -> None:
    from valedor.handling.repeating import note_repetitions

    second = people.a_case(cast, stage=Stage.ASSESSED, received_at=people.hours(2))
    ContactPoint.objects.filter(person=known.complainant).update(verified_at=people.FRIDAY)
    with people.acting(cast):
        (hint,) = note_repetitions(
            Case.objects.select_related("entity", "complainant", "mandate").get(pk=second.pk),
            at=people.hours(2),
        )
    bruno = sign_in(cast.bruno)
    for here, there in ((second, known), (known, second)):
        words = words_of(bruno.get(f"/desk/cases/{here.reference}"))
        assert f"This may be the same matter as {there.reference}" in words
        assert "the same e-mail address, which was verified" in words
    form = bruno.get(f"/desk/cases/{second.reference}/merger")
    assert known.reference in form.content.decode()
    address = f"/desk/cases/{second.reference}/repetitions/{hint.pk}"
    assert bruno.post(address, {"reason": "Another bill."}).status_code == 302
    words = words_of(bruno.get(f"/desk/cases/{second.reference}"))
    assert "This may be the same matter" not in words
    assert f"Kept apart from {known.reference}." in words


def test_no_hint_of_a_case_behind_the_wall(cast: Cast, sign_in: SignIn, known: Case) -> None:
    from valedor.handling.repeating import note_repetitions

    second = people.a_case(cast, stage=Stage.ASSESSED, received_at=people.hours(2))
    with people.acting(cast):
        (hint,) = note_repetitions(
            Case.objects.select_related("entity", "complainant", "mandate").get(pk=second.pk),
            at=people.hours(2),
        )
        Case.objects.filter(pk=known.pk).update(recused=[cast.bruno.pk])
    bruno = sign_in(cast.bruno)
    page = bruno.get(f"/desk/cases/{second.reference}")
    assert known.reference not in page.content.decode()
    assert (
        known.reference not in bruno.get(f"/desk/cases/{second.reference}/merger").content.decode()
    )
    address = f"/desk/cases/{second.reference}/repetitions/{hint.pk}"
    assert bruno.get(address).status_code == 404
    assert bruno.post(address, {"reason": "No."}).status_code == 404
