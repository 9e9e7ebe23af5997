"""A complaint as somebody writes it and the words of the house that go with it, by language."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Told:
    """What both sides say of one complaint."""

    narrative: str
    points: tuple[str, str]
    question: str
    reply: str
    reasons: str


TOLD = {
    "es": Told(
        "Me cobraron dos veces la factura de octubre. Llamé el día 3 y nadie respondió.",
        ("La factura de octubre está cobrada dos veces.", "Nadie respondió a mi llamada."),
        "¿En qué cuenta ve los dos cargos?",
        "En la que acaba en 21.",
        "El banco confirma dos cargos, el día 2 y el día 5.",
    ),
    "ca": Told(
        "M'han cobrat dues vegades la factura d'octubre. Vaig trucar i ningú no va respondre.",
        ("La factura d'octubre està cobrada dues vegades.", "Ningú no va respondre."),
        "En quin compte hi veieu els dos càrrecs?",
        "En el que acaba en 21.",
        "El banc confirma dos càrrecs, el dia 2 i el dia 5.",
    ),
    "pt-br": Told(
        "Cobraram duas vezes a fatura de outubro. Liguei no dia 3 e ninguém respondeu.",
        ("A fatura de outubro foi cobrada duas vezes.", "Ninguém respondeu à ligação."),
        "Em que conta aparecem as duas cobranças?",
        "Na que termina em 21.",
        "O banco confirma duas cobranças, no dia 2 e no dia 5.",
    ),
    "en": Told(
        "The bill of October was charged twice. I called on the 3rd and nobody answered.",
        ("The bill of October was charged twice.", "Nobody answered my call."),
        "In which account do you see both charges?",
        "In the one that ends in 21.",
        "The bank confirms two charges, on the 2nd and on the 5th.",
    ),
}
