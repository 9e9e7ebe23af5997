"""What is drawn once and kept looks as it would drawn anew."""

from typing import Any

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import mark_safe

from valedor.design.parts import Pause, Rail
from valedor.design.templatetags.drawing import drawn, icon, spans


def _anew(component: str, **handed: Any) -> str:
    return render_to_string(f"design/components/{component}.html", handed)


def test_a_component_is_drawn_as_its_template_says() -> None:
    rail = Rail(label="answer", words="3 days left", share_gone=40, pauses=[Pause(10, 5)])
    for _ in range(2):
        assert drawn("rail_of", rail=rail, words_first=1) == _anew(
            "rail_of", rail=rail, words_first=1
        )
        assert drawn("tag", words="Closed", tone="good", icon="check") == _anew(
            "tag", words="Closed", tone="good", icon="check"
        )


def test_each_language_has_its_own_drawing() -> None:
    with translation.override("en"):
        english = drawn("who", initials="", name="")
    with translation.override("es"):
        spanish = drawn("who", initials="", name="")
    assert english != spanish


def test_safe_and_unsafe_text_are_not_mistaken_for_each_other() -> None:
    assert "&lt;b&gt;" in drawn("tag", words="<b>")
    assert "<b>" in drawn("tag", words=mark_safe("<b>"))
    assert "&lt;b&gt;" in drawn("tag", words="<b>")


def test_what_is_drawn_is_escaped() -> None:
    assert spans(["<i>", mark_safe("<i>")]) == "<span>&lt;i&gt;</span><span><i></span>"
    assert "&quot;" in icon("check", 'say "yes"')
