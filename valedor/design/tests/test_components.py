"""Components come out with the words and shapes they were given."""

from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from django import forms
from django.template.loader import render_to_string
from django.test import RequestFactory

from valedor.design import examples, views
from valedor.design.forms import ChoiceCards, DayInput, DesignRenderer, FilesInput
from valedor.design.parts import MenuItem, Pause, Rail

COMPONENTS = "design/components/"
ALONE = {"area", "br", "hr", "img", "input", "link", "meta"}


class Outline(HTMLParser):
    """Elements in order, refusing what is not closed where it should be."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in ALONE:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def outline(html: str) -> Outline:
    parsed = Outline()
    parsed.feed(html)
    assert parsed.open == []
    return parsed


def render(name: str, /, **arguments: Any) -> str:
    return render_to_string(f"{COMPONENTS}{name}.html", arguments)


def living_page() -> str:
    return views.living_page(RequestFactory().get("/design/")).content.decode()


def test_the_living_page_is_whole_and_public() -> None:
    page = outline(living_page())

    assert [tag for tag, _ in page.elements].count("h1") == 1
    assert getattr(views.living_page, "login_required", True) is False


def test_the_living_page_repeats_no_identifier() -> None:
    names = [
        attributes["id"] for _, attributes in outline(living_page()).elements if "id" in attributes
    ]

    assert len(names) == len(set(names))


def test_the_living_page_refers_only_to_what_is_there() -> None:
    elements = outline(living_page()).elements
    there = {attributes.get("id") for _, attributes in elements}
    meant = {
        name
        for _, attributes in elements
        for key in ("for", "aria-describedby", "aria-labelledby", "popovertarget")
        for name in (attributes.get(key) or "").split()
    }

    assert meant - there == set()


def test_the_living_page_shows_every_component() -> None:
    """A component nobody can look at is one nobody keeps."""
    folder = Path(examples.__file__).parent / "templates/design"
    shown = "".join(
        path.read_text() for path in folder.rglob("*.html") if path.parent.name != "form"
    )
    names = [path.name for path in (folder / "components").iterdir()]
    opened_by_htmx = {"dialog.html", "messages.html", "form_errors.html", "field.html"}

    included = {name for name in names if f"components/{name}" in shown}
    drawn = {name for name in names if f'drawn "{name.removesuffix(".html")}"' in shown}
    assert set(names) - included - drawn - opened_by_htmx == set()


@pytest.mark.parametrize("glyph", examples.GLYPHS)
def test_a_glyph_says_its_label_or_hides(glyph: str) -> None:
    ((_, silent), *_) = outline(render("icon", name=glyph)).elements
    ((_, spoken), *_) = outline(render("icon", name=glyph, label="Close")).elements

    assert silent["aria-hidden"] == "true"
    assert (spoken["role"], spoken["aria-label"]) == ("img", "Close")


def test_rail_draws_the_share_and_the_pauses_as_attributes() -> None:
    html = render(
        "rail",
        label="First answer",
        words="17 h left",
        state="warn",
        share_gone=64,
        pauses=[Pause(30, 9)],
        start="Thu 19",
        end="Sat 21",
        how_counted_url="/how",
    )
    elements = outline(html).elements

    assert ("rect", {"class": "rail__gone", "width": "64%", "height": "100%"}) in elements
    assert ("svg", {"x": "30%", "width": "9%", "height": "100%"}) in elements
    assert "64 % of the time is used; the hatched part did not count" in html
    assert "<b>First answer</b> · 17 h left" in html
    assert "style=" not in html


def test_rail_in_a_row_puts_the_day_first() -> None:
    html = render("rail_of", rail=Rail(label="answer", words="3 days left"), words_first=True)

    assert "<b>3 days left</b> · answer" in html


@pytest.mark.parametrize("state", ["warn", "late", "met", "paused", "held"])
def test_rail_tells_its_state_by_a_shape_too(state: str) -> None:
    assert 'class="icon"' in render("rail", label="Answer", state=state, share_gone=50)


@pytest.mark.parametrize(
    "arguments",
    [
        {"share_gone": 101},
        {"share_gone": -1},
        {"pauses": [Pause(95, 6)]},
        {"pauses": [Pause(-1, 6)]},
    ],
)
def test_rail_refuses_lengths_outside_itself(arguments: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="0 to 100"):
        Rail(label="Answer", **arguments)


def test_refused_action_stays_focusable_and_says_why() -> None:
    elements = outline(
        render("action_button", label="Close", refusal="Redress is pending.", id="close")
    ).elements
    button = next(attributes for tag, attributes in elements if tag == "button")

    assert button["aria-disabled"] == "true"
    assert button["type"] == "button"
    assert button["aria-describedby"] == "close_reason"
    assert "disabled" not in button
    assert ("span", {"class": "action__reason", "id": "close_reason"}) in elements


def test_allowed_action_submits() -> None:
    html = render("action_button", label="Close", refusal=None, id="close", kind="primary")

    assert 'type="submit" class="button button--primary"' in html
    assert "aria-disabled" not in html


def test_entry_escapes_what_people_write() -> None:
    html = render(
        "entry", side="theirs", author="<b>Ana</b>", text="<script>alert(1)</script>\n\nBye"
    )

    assert "<script>" not in html
    assert "&lt;b&gt;Ana" in html
    assert html.count("<p>") == 2


def test_menu_marks_where_one_is_and_shows_nought() -> None:
    html = render(
        "menu", title="Trays", items=[MenuItem(name="Mine", url="/", count=0, is_current=True)]
    )

    assert 'aria-current="page"' in html
    assert '<span class="menu__count">0</span>' in html


def test_severity_keeps_its_word_for_who_cannot_see_it() -> None:
    assert '<span class="visually-hidden">High</span>' in render(
        "severity", level=3, words="High", hide_words=True
    )


class Complaint(forms.Form):
    default_renderer = DesignRenderer()

    kind = forms.ChoiceField(
        choices=[("claim", "Claim"), ("thanks", "Thanks")],
        widget=ChoiceCards(helps={"claim": "Something is asked for."}),
    )
    narrative = forms.CharField(widget=forms.Textarea, help_text="In your words.")
    happened_on = forms.DateField(widget=DayInput, required=False)
    evidence = forms.FileField(widget=FilesInput, required=False)
    agrees = forms.BooleanField(required=False)


def test_form_puts_errors_beside_the_field_and_on_top() -> None:
    form = Complaint({"kind": "claim", "narrative": ""})
    elements = outline(str(form)).elements
    narrative = next(attributes for tag, attributes in elements if tag == "textarea")

    assert narrative["aria-invalid"] == "true"
    assert narrative["aria-describedby"] == "id_narrative_helptext id_narrative_error"
    assert ("a", {"href": "#id_narrative"}) in elements
    there = {attributes.get("id") for _, attributes in elements}
    assert {"id_narrative", "id_narrative_helptext", "id_narrative_error"} <= there


def test_form_keeps_what_was_typed() -> None:
    form = Complaint({"narrative": "Charged twice <again>", "happened_on": "2026-11-19"})
    html = str(form)

    assert "Charged twice &lt;again&gt;" in html
    assert 'type="date" name="happened_on" value="2026-11-19"' in html


def test_choices_are_cards_with_their_explanation() -> None:
    html = str(Complaint()["kind"])

    assert '<span class="choice__label">Claim</span>' in html
    assert '<small class="choice__help">Something is asked for.</small>' in html


def test_group_of_choices_has_a_legend_and_a_tick_has_a_label() -> None:
    form = Complaint()

    assert "<legend" in form["kind"].as_field_group()
    assert '<label for="id_agrees">Agrees</label>' in form["agrees"].as_field_group()


def test_several_files_may_be_chosen() -> None:
    assert " multiple" in str(Complaint()["evidence"])


def test_every_component_is_in_the_reference() -> None:
    package = Path(examples.__file__).parent
    reference = (package.parents[1] / "docs/reference/components.md").read_text()
    names = {
        path.stem
        for path in (package / "templates/design/components").iterdir()
        if not path.name.startswith("_")
    }
    elements = {path.stem for path in (package / "static/js").iterdir()}

    assert {name for name in names if f"| `{name}` |" not in reference} == set()
    assert {name for name in elements if f"`<{name}" not in reference} == set()
