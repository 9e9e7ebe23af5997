"""Guidance stands in four languages; what is noticed of somebody belongs to a contact, and goes."""

from datetime import timedelta
from typing import Any

import pytest

from tests.cast import FRIDAY, Cast, a_case, again, days
from valedor.casefile.models import Case, Entry, Stage
from valedor.casefile.viewing import complainant_of, viewer_of, viewing
from valedor.foundation.multilingual import LANGUAGES
from valedor.foundation.refusals import Refused
from valedor.knowledge import guidance_rules, sheets
from valedor.knowledge.actions.keep_impressions import keep_impressions
from valedor.knowledge.actions.note_impression import note_impression
from valedor.knowledge.actions.publish_sheet import publish_sheet
from valedor.knowledge.impressions import forget_impressions, impression_of
from valedor.knowledge.models import Impression, Manner, SheetVersion
from valedor.people.models import AdministrationEntry

BRIEF = {"ca": "Escolteu.", "es": "Escuche.", "en": "Listen."}


# ------------------------------------------------------------------ sheets
@pytest.mark.parametrize("key", sheets.shipped_keys())
def test_every_shipped_sheet_could_be_published_as_it_is(key: str) -> None:
    parts = sheets.shipped(key)
    assert parts["brief"], key
    assert guidance_rules.why_not_publish(parts, languages=LANGUAGES) is None
    assert all(len(text.splitlines()) == 3 for text in parts["brief"].values())
    for part in sheets.PARTS:
        lengths = {len(text.splitlines()) for text in parts[part].values()}
        assert len(lengths) <= 1, f"{key}: {part} says more in one language than in another"


def test_the_shipped_files_hold_nothing_that_is_shown_nowhere() -> None:
    assert set(sheets._shipped()) == set(sheets.shipped_keys())


def test_how_to_speak_forbids_what_the_house_does_not_say(cast: Cast) -> None:
    sheet = sheets.sheet_of(cast.besos, "speech-telephone")
    assert sheet is not None
    assert "that is not my job" in sheet.brief["en"]
    assert "otro departamento" in sheet.avoid["es"]


def test_an_entity_writes_its_own_and_the_versions_stay(cast: Cast) -> None:
    publish_sheet(cast.besos, "kind-complaint", brief=BRIEF, by=cast.carla, at=FRIDAY)
    publish_sheet(
        cast.besos, "kind-complaint", brief=BRIEF | {"en": "Hear."}, by=cast.carla, at=days(1)
    )
    sheet = sheets.sheet_of(cast.besos, "kind-complaint")
    assert sheet is not None
    assert (sheet.number, sheet.brief["en"]) == (2, "Hear.")
    assert [one.number for one in sheets.versions_of(cast.besos, "kind-complaint")] == [2, 1]
    others = sheets.sheet_of(cast.ipe, "kind-complaint")
    assert others is not None
    assert others.number == 0
    acts = AdministrationEntry.objects.filter(act="guidance.published")
    assert [one.subject for one in acts] == ["besos/kind-complaint"] * 2
    again = publish_sheet(cast.besos, "kind-complaint", by=cast.carla, at=days(2))
    assert again is None


def test_a_subject_has_a_script_once_somebody_writes_it(cast: Cast) -> None:
    key = f"category-{cast.water_cut.key}"
    empty = sheets.sheet_of(cast.besos, key)
    assert empty is not None
    assert not empty.brief
    publish_sheet(cast.besos, key, brief=BRIEF, by=None, at=FRIDAY)
    assert sheets.sheet_of(cast.besos, key) != empty
    assert sheets.sheet_of(cast.ipe, key) is None


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"brief": {"ca": "Escolteu.", "en": "Listen."}}, "languages_missing"),
        ({"brief": dict.fromkeys(BRIEF, "a\nb\nc\nd")}, "brief_too_many_lines"),
        ({"do": {"en": "Listen.", "ca": "Escolteu."}}, "languages_missing"),
        ({"avoid": dict.fromkeys(BRIEF, "x" * 5000)}, "text_too_long"),
    ],
)
def test_what_lacks_a_language_or_is_too_long_is_refused(
    cast: Cast, said: dict[str, Any], code: str
) -> None:
    with pytest.raises(Refused) as refused:
        publish_sheet(cast.besos, "kind-complaint", by=cast.carla, at=FRIDAY, **said)
    assert refused.value.code == code
    assert not SheetVersion.objects.exists()


def test_nothing_is_written_about_what_does_not_exist(cast: Cast) -> None:
    for key in ("kind-poem", "category-none", "x"):
        with pytest.raises(Refused) as refused:
            publish_sheet(cast.besos, key, brief=BRIEF, by=None, at=FRIDAY)
        assert refused.value.code == "unknown_sheet"


@pytest.mark.parametrize("who", ["bruno", "gia", "dario"])
def test_only_leads_and_administrators_write_guidance(cast: Cast, who: str) -> None:
    with pytest.raises(Refused) as refused:
        publish_sheet(cast.besos, "kind-complaint", brief=BRIEF, by=getattr(cast, who), at=FRIDAY)
    assert refused.value.code == "not_editor"


# ------------------------------------------------------------------ impressions
def note(cast: Cast, case: Case, manner: str = "impatient", *, at: Any = FRIDAY) -> None:
    note_impression(case, manner, viewer=viewer_of(cast.bruno), at=at)


def test_it_belongs_to_the_contact_and_the_last_one_holds(cast: Cast) -> None:
    case, another = a_case(cast), a_case(cast)
    note(cast, case)
    note(cast, case, "reserved")
    assert impression_of(case, FRIDAY) == Manner.RESERVED
    assert impression_of(another, FRIDAY) == ""  # The same person, another contact.
    note(cast, case, "")
    assert impression_of(case, FRIDAY) == ""
    fields = {field.name for field in Impression._meta.concrete_fields}
    assert not fields & {"person", "complainant"}


def test_it_leaves_no_line_that_would_stay(cast: Cast) -> None:
    case = a_case(cast)
    before = Entry.objects.filter(case=case).count()
    note(cast, case)
    assert Entry.objects.filter(case=case).count() == before
    assert again(case).last_sequence == case.last_sequence


def test_neither_the_person_nor_the_office_sees_it(cast: Cast) -> None:
    case = a_case(cast)
    note(cast, case)
    with viewing(complainant_of(case.pk)):
        assert not Impression.objects.exists()
    with viewing(viewer_of(cast.felix)):
        assert not Impression.objects.exists()
    with viewing(viewer_of(cast.dario)):
        assert not Impression.objects.exists()
    with viewing(viewer_of(cast.bruno)):
        assert Impression.objects.count() == 1


def test_it_goes_by_itself_after_the_days_that_the_entity_says(cast: Cast) -> None:
    keep_impressions(cast.besos, days=3, by=cast.carla, at=FRIDAY)
    case = a_case(cast)
    note(cast, case)
    assert forget_impressions(days(2.9)) == 0
    assert impression_of(case, FRIDAY + timedelta(days=3)) == ""  # Not shown before it is removed.
    assert forget_impressions(days(3)) == 1
    assert not Impression.objects.exists()


def test_it_ends_with_the_conversation(cast: Cast) -> None:
    case = a_case(cast, stage=Stage.CLOSED)
    with pytest.raises(Refused) as refused:
        note(cast, case)
    assert refused.value.code == "conversation_over"
    other = a_case(cast)
    note(cast, other)
    Case.objects.filter(pk=other.pk).update(stage=Stage.CLOSED, closed_at=days(1))
    assert impression_of(again(other), days(1)) == ""
    assert forget_impressions(days(1)) == 1
    Case.objects.filter(pk=other.pk).update(stage=Stage.RECEIVED, closed_at=None)


@pytest.mark.parametrize("number", [0, 91])
def test_it_is_kept_briefly(cast: Cast, number: int) -> None:
    with pytest.raises(Refused):
        keep_impressions(cast.besos, days=number, by=None, at=FRIDAY)


@pytest.mark.parametrize("who", ["gia", "hugo"])
def test_only_whoever_talks_with_people_notes_it(cast: Cast, who: str) -> None:
    with pytest.raises(Refused) as refused:
        note_impression(a_case(cast), "reserved", viewer=viewer_of(getattr(cast, who)), at=FRIDAY)
    assert refused.value.code == "talks_with_nobody"
    with pytest.raises(Refused):
        note(cast, a_case(cast), "grumpy")
