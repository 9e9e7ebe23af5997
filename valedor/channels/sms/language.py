"""In which language a short message is written, told by its small words and its signs. Pure.

A hint, no more: whoever answers can change it. Where two languages are as likely, or nothing tells,
nothing is said and the gateway's own language counts.
"""

import re
from collections.abc import Sequence

_LOOKED_AT = 2000
_WORD = re.compile(r"[^\W\d_]+(?:[·'’][^\W\d_]+)*")
# Small words alone: what somebody writes about changes, how they join it does not. A word that
# several languages have stands in each, and so tells nothing between them.
_SMALL_WORDS = {
    "es": """y el los las del un una unos me mi mis por para con sin pero porque cuando cuándo desde
        hasta hace día días está están estoy tengo tenemos quiero puedo puede pueden ustedes usted
        gracias hola buenos buenas muy también ayer hoy mañana nadie nada algo qué que cómo dónde es
        son ha han he hemos se su sus lo le les al en de la ya aún todavía otra otro vez veces dos
        cobrado llamado agua respuesta ningún ninguna saludos favor no si sí nos a o ahora""",
    "ca": """i el els les del dels un una uns em m'han m'heu me meu meva meus meves per amb sense
        però perquè quan des fins fa dia dies està estan estic tinc tenim vull puc pot poden vostè
        vostès gràcies hola bon bona bones molt també ahir avui demà ningú res què que com on és són
        ha han he hem heu es seu seva ho li al als en de la ja encara altra altre vegada vegades
        cop dues dos cobrat trucat aigua resposta cap salutacions plau si sí no ens us hi a o ara
        aquest aquesta""",
    "pt": """e o os as do da dos das no na nos nas um uma me meu minha meus por para pra com sem mas
        porque quando desde até faz dia dias está estão estou tenho temos quero posso pode podem
        você vocês obrigado obrigada olá oi bom boa muito também ontem hoje amanhã ninguém nada que
        como onde é são há não se seu sua lhe ao aos em de a já ainda outra outro vez vezes duas
        dois cobrado cobraram liguei água resposta nenhum nenhuma isso esse essa este favor sim
        agora""",
    "en": """the a an and is are was were i i'm i've my me you your we our to of for with without
        but because when since day days have has had want can can't cannot do don't does not no
        please thanks thank hello hi good very also yesterday today tomorrow nobody nothing what how
        where it its it's in on at this that been be still again once twice why who or if from""",
}
_SETS = {language: frozenset(words.split()) for language, words in _SMALL_WORDS.items()}
_SIGNS = {
    "es": re.compile(r"[ñ¿¡]", re.IGNORECASE),
    "ca": re.compile(r"l·l|[èòï]|\b[ldnmst]['’](?=[aeiouhàèéíòóú])", re.IGNORECASE),
    "pt": re.compile(r"[ãõâêô]", re.IGNORECASE),
}
_WEIGHT_OF_SIGN = 2


def language_of(text: str, spoken: Sequence[str]) -> str:
    """The one of the languages spoken here in which a text is written; empty where it cannot be
    told, or is one of those that nobody here speaks.
    """
    looked_at = text[:_LOOKED_AT].lower().replace("’", "'")
    words = set(_WORD.findall(looked_at))
    points = {
        language: len(words & small)
        + (_WEIGHT_OF_SIGN if language in _SIGNS and _SIGNS[language].search(looked_at) else 0)
        for language, small in _SETS.items()
    }
    best, second = sorted(points.values(), reverse=True)[:2]
    if best == second:
        return ""
    found = next(language for language, number in points.items() if number == best)
    return next((one for one in spoken if one.partition("-")[0].lower() == found), "")
