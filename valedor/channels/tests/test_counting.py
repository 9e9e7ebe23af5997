"""Short messages are counted as networks count them (3GPP TS 23.038)."""

import pytest

from valedor.channels.sms.counting import Size, folded, size_of


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("", Size(1, True)),
        ("a" * 160, Size(1, True)),
        ("a" * 161, Size(2, True)),
        ("a" * 306, Size(2, True)),
        ("a" * 307, Size(3, True)),
        ("Año, señora: ¿cuánto costó?".replace("á", "a").replace("ó", "o"), Size(1, True)),
        ("à é ì ò ù Ç ñ ü ¿ ¡", Size(1, True)),
        ("€" * 80, Size(1, True)),
        ("€" * 81, Size(2, True)),
        ("a" * 152 + "€" + "a" * 10, Size(2, True)),
        ("a" * 152 + "€" + "a" * 152, Size(3, True)),  # The euro sign is not cut in half.
        ("á" * 70, Size(1, False)),
        ("á" * 71, Size(2, False)),
        ("ç" + "a" * 70, Size(2, False)),
        ("ã" * 134, Size(2, False)),
        ("😀" * 35, Size(1, False)),
        ("😀" * 36, Size(2, False)),
        ("a" * 66 + "😀" + "a" * 66, Size(3, False)),
    ],
)
def test_parts_are_counted_right(text: str, size: Size) -> None:
    assert size_of(text) == size


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Llegiu-ho aquí", "Llegiu-ho aqui"),
        ("Águas do Rio: atenção", "Aguas do Rio: atencao"),
        ("paral·lel «així» …", 'paral.lel "aixi" ...'),
        ("水 😀", "水 😀"),
        ("Besòs è à ñ Ç €", "Besòs è à ñ Ç €"),
    ],
)
def test_a_text_loses_the_accents_that_make_it_long(text: str, plain: str) -> None:
    assert folded(text) == plain
