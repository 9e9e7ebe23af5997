"""A short message is answered in the language in which it is written, where that can be told."""

import pytest

from valedor.channels.sms.language import language_of

SPOKEN = ("ca", "es", "en", "pt-BR")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("No tinc aigua des d'ahir", "ca"),
        ("Hola, m’heu cobrat dues vegades la factura", "ca"),
        ("Gràcies", "ca"),
        ("No tengo agua desde ayer", "es"),
        ("Hola, me han cobrado dos veces la factura", "es"),
        ("¿Cuándo vienen?", "es"),
        ("Estou sem água", "pt-BR"),
        ("Oi, cobraram duas vezes a minha conta", "pt-BR"),
        ("Obrigada", "pt-BR"),
        ("You charged me twice", "en"),
        ("There has been no water since yesterday", "en"),
        ("ok", ""),
        ("2026-004182-P", ""),
        ("", ""),
        ("Ich habe kein Wasser", ""),
        ("👍", ""),
    ],
)
def test_it_is_told_by_small_words_and_signs(text: str, language: str) -> None:
    assert language_of(text, SPOKEN) == language


def test_a_language_that_nobody_speaks_here_is_not_said() -> None:
    assert language_of("No tinc aigua", ("es", "en")) == ""
    assert language_of("a" * 1_000_000 + " the and", SPOKEN) == ""
