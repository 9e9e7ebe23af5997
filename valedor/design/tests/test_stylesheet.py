"""The stylesheet keeps its own rules: layers, tokens, one file a component."""

import re
from pathlib import Path

import pytest

CSS = Path(__file__).parents[1] / "static" / "css"
INDEX = (CSS / "app.css").read_text()
FILES = sorted(path for path in CSS.rglob("*.css") if path.name != "app.css")
LAYERS = ["tokens", "base", "layout", "components", "utilities"]


def without_comments(text: str) -> str:
    return re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)


def test_layers_are_declared_in_order_before_anything_else() -> None:
    first = without_comments(INDEX).strip().splitlines()[0]

    assert first == f"@layer {', '.join(LAYERS)};"


def test_imports_follow_the_order_of_the_layers() -> None:
    imported = re.findall(r'@import url\("[^"]+"\) layer\((\w+)\)', INDEX)

    assert imported == sorted(imported, key=LAYERS.index)


def test_the_index_imports_every_file_once() -> None:
    imported = re.findall(r'@import url\("([^"]+)"\)', INDEX)

    assert sorted(imported) == sorted(str(path.relative_to(CSS)) for path in FILES)
    assert INDEX.count("@import") == len(imported)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_variable_used_is_defined(path: Path) -> None:
    """A component's own variables carry a fallback where they are read."""
    everything = "".join(file.read_text() for file in FILES)
    defined = set(re.findall(r"(--[\w-]+)\s*:", everything))

    used_without_fallback = set(re.findall(r"var\((--[\w-]+)\)", path.read_text()))
    used_with_fallback = set(re.findall(r"var\((--[\w-]+)\s*,", path.read_text()))

    assert used_without_fallback <= defined
    documented = set(re.findall(r"--[\w-]+", "".join(re.findall(r"/\*.*?\*/", everything, re.S))))
    assert used_with_fallback <= defined | documented


@pytest.mark.parametrize(
    "path", [path for path in FILES if path.name != "tokens.css"], ids=lambda path: path.name
)
def test_colours_live_among_the_tokens(path: Path) -> None:
    text = without_comments(path.read_text())

    assert re.findall(r"#[0-9a-fA-F]{3,8}\b(?=[^{]*[;}])", text) == []
    assert re.findall(r"\b(?:rgba?|hsla?|oklch|oklab|lab|lch)\(", text) == []


@pytest.mark.parametrize(
    "path", [path for path in FILES if path.parent.name == "components"], ids=lambda path: path.name
)
def test_a_component_says_what_it_is(path: Path) -> None:
    assert path.read_text().startswith("/* .")


def test_colours_are_pairs_for_light_and_dark() -> None:
    tokens = without_comments((CSS / "tokens.css").read_text())
    alone = [
        line.strip()
        for line in tokens.splitlines()
        if re.search(r":\s*#", line) and "light-dark(" not in line
    ]

    assert alone == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_no_direction_is_baked_in(path: Path) -> None:
    physical = re.findall(
        r"[;{]\s*((?:margin|padding|border)-(?:left|right)|(?:left|right)|text-align:\s*(?:left|right))\s*:",
        without_comments(path.read_text()),
    )

    assert physical == []


def luminance(colour: str) -> float:
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


PAIRS = {
    "ink": ["paper", "surface", "sunken", "accent-wash", "amber-wash", "coral-wash", "violet-wash"],
    "ink-soft": [
        "paper", "surface", "sunken", "accent-wash", "amber-wash", "coral-wash", "violet-wash",
    ],
    "ink-faint": ["paper", "surface", "sunken"],
    "accent": ["paper", "surface", "sunken", "accent-wash", "amber-wash", "coral-wash"],
    "accent-strong": ["surface", "accent-wash", "line"],
    "coral": ["paper", "surface", "sunken", "coral-wash"],
    "amber": ["paper", "surface", "amber-wash"],
    "violet": ["paper", "surface", "violet-wash"],
    "on-accent": ["accent", "accent-strong"],
    "on-coral": ["coral", "coral-strong"],
}  # fmt: skip


@pytest.mark.parametrize("side", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("ink", "grounds"), PAIRS.items(), ids=PAIRS.keys())
def test_text_reaches_contrast_of_4_5(ink: str, grounds: list[str], side: int) -> None:
    """WCAG 2.2, success criterion 1.4.3 (level AA)."""
    found = re.findall(
        r"--([\w-]+):\s*light-dark\((#\w{6}), (#\w{6})\)", (CSS / "tokens.css").read_text()
    )
    colours = {name: pair for name, *pair in found}

    measured = {ground: contrast(colours[ink][side], colours[ground][side]) for ground in grounds}

    assert {ground: ratio for ground, ratio in measured.items() if ratio < 4.5} == {}
