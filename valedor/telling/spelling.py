"""References and codes spelled so that an ear takes them in: groups of signs, a word a letter.

The words are those that people of a language are used to on the telephone.
"""

from dataclasses import dataclass

_WORDS = {
    "es": "Antonio Barcelona Carmen Dolores Enrique Francia Gerona Historia Inés José Kilo Lorenzo"
    " Madrid Navarra Oviedo París Querido Ramón Sábado Tarragona Ulises Valencia Washington"
    " Xilófono Yegua Zaragoza",
    "ca": "Anna Barcelona Carme Dinamarca Enric França Girona Holanda Itàlia Joan Quilo Lleida"
    " Maria Nadal Olot París Quimet Ramon Sabadell Tarragona Urgell València Washington Xavier"
    " York Zamora",
    "pt-br": "amor bola casa dado escola faca gato hotel igreja janela kiwi lua Maria navio ovo"
    " pato queijo rato sapo tatu uva vaca Wilson xícara yoga zebra",
    "en": "Alfa Bravo Charlie Delta Echo Foxtrot Golf Hotel India Juliett Kilo Lima Mike November"
    " Oscar Papa Quebec Romeo Sierra Tango Uniform Victor Whiskey X-ray Yankee Zulu",
}
_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_OF = {
    language: dict(zip(_ALPHABET, said.split(), strict=True)) for language, said in _WORDS.items()
}


@dataclass(frozen=True)
class Group:
    """Signs said in one breath. ``words`` has each of them, a letter as a word of the language."""

    signs: str
    words: str


def spelled(code: str, language: str) -> list[Group]:
    """A code as it is said, group by group; a sign that is no letter stands for itself."""
    alphabet = _OF.get(language, _OF["en"])
    return [
        Group(signs, " · ".join(alphabet.get(sign, sign) for sign in signs.upper()))
        for signs in code.split("-")
        if signs
    ]
