"""What is new in a message, and what was quoted below it.

Nothing is thrown away. An answer under or between quoted lines needs them to be understood, so
there everything is the text; so it is wherever it is in doubt. Only what stands at the end, and is
known by its first line to be another message, is taken for quoted.
"""

import re
from collections.abc import Iterator
from itertools import islice

_VERBS = (
    r"escribió|ha escrito|escribe|escribio|va escriure|ha escrit|escrigué|escreveu|escribiu"
    r"|wrote|writes|a écrit|ha scritto|schrieb"
)
_ATTRIBUTION_END = re.compile(rf"(?:\b(?:{_VERBS})\b.{{0,120}}|[>\d)\]]):\s*$", re.IGNORECASE)
_ATTRIBUTION = re.compile(
    rf"\b(?:{_VERBS})\b|[^\s@]@[^\s@]|\d{{1,2}}[:.h]\d\d|\d{{1,4}}[/.-]\d{{1,2}}[/.-]\d{{2,4}}",
    re.IGNORECASE,
)
_BEGINS_ATTRIBUTION = re.compile(
    r"(?:Missatge|Mensaje|Mensagem) de\b|\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}"
    r"|(?:El|Le|On|Em|A|Am|Il|Dia|Día|Data|Fecha|Date)\b.*\d",
    re.IGNORECASE,
)
# Patterns that search begin with a letter or line end of their own: so they are fast.
_COLON_ENDS = re.compile(r":[ \t]*(?:\n|\Z)")
_VERB_ENDS = re.compile(rf"\b(?:{_VERBS})\Z", re.IGNORECASE)
_TIME = re.compile(r"\d{1,2}[:.h]\d\d")
_LONGEST_ATTRIBUTION = 4

_FROM = r"From|De|Von|Da|Remitente|Remitent"
_SENT = r"Sent|Enviado(?: el| em)?|Enviada(?: em)?|Enviat(?: el)?|Envoyé|Gesendet|Inviato"
_DATE = r"Date|Fecha|Data|Datum"
_TO = r"To|Para|Per a|A|Per|À|An"
_SUBJECT = r"Subject|Asunto|Assunto|Assumpte|Tema|Objet|Oggetto|Betreff"
_OTHER = r"Cc|C\.c\.|CCO|Bcc|Con copia|Amb còpia|Reply-To|Responder a|Importance|Importancia"
_LABEL = re.compile(
    rf"[ \t]*[*_]{{0,2}}(?:(?P<sender>{_FROM})|(?P<sent>{_SENT})|(?P<date>{_DATE})|(?P<to>{_TO})"
    rf"|(?P<subject>{_SUBJECT})|(?P<other>{_OTHER}))[ \t\xa0]?[*_]{{0,2}}:[*_]{{0,2}}(?P<value>.*)",
    re.IGNORECASE,
)
_SENDER_LINE = re.compile(rf"\n[ \t]*[*_]{{0,2}}(?:{_FROM})[ \t\xa0]?[*_]{{0,2}}:", re.IGNORECASE)
_ORIGINAL = re.compile(
    r"\n[ \t]*-{2,}[ \t]*(?:Original Message|Mensaje original|Missatge original|Mensagem original"
    r"|Original-Nachricht|Message d'origine|Messaggio originale)[ \t]*-{2,}[ \t]*(?=\n|\Z)",
    re.IGNORECASE,
)
_RULE = re.compile(r"[ \t]*(?:_{8,}|-{8,}|—{4,}|={8,})[ \t]*$")
_FORWARDED = re.compile(
    r"\n[ \t>*-]*(?:Forwarded message|Begin forwarded message|Mensaje reenviado|Missatge reenviat"
    r"|Mensagem encaminhada|Inicio del mensaje reenviado|Inici del missatge reenviat"
    r"|Início da mensagem encaminhada)\b",
    re.IGNORECASE,
)
_FORWARDING_SUBJECT = re.compile(r"\s*(?:fwd?|rv|tr|enc|wg|reenv|re-?enviado)\s*:", re.IGNORECASE)
_BELOW = (
    "abajo", "debajo", "entre líneas", "en rojo", "en azul", "a sota", "en vermell", "en blau",
    "entre línies", "abaixo", "entre linhas", "em vermelho", "em azul", "below", "inline",
    "in-line", "in red", "in blue",
)  # fmt: skip
_ANSWERS_BELOW = re.compile(
    r"(?:respond|contest|respost|respuest|answer|repl|coment|comment|\bsee\b|\bveu|\bvegeu\b|\bver\b"
    rf"|\bvéase\b|\bveja\b)\w{{0,12}}[^\n.]{{0,40}}\b(?:{'|'.join(_BELOW)})\b"
)
_SIGNATURE = re.compile(
    r"--\s?$|_{8,}\s*$|(?:Enviado|Enviat|Sent|Get|Obtener|Obtén|Obteniu|Obter|Descarga|Baixe)\b.{0,20}"
    r"\b(?:desde|des d|do meu|do|pelo|a partir|from|Outlook)\b",
    re.IGNORECASE,
)
_LONGEST_SIGNATURE = 8
_HEADER_LINES = 16
_MOST_CANDIDATES = 100


def split(text: str, *, subject: str = "") -> tuple[str, str]:
    """What is new, and what was quoted; the latter is empty wherever it is in doubt."""
    lines = text.split("\n")
    cut = _cut(text, lines, is_forward=bool(_FORWARDING_SUBJECT.match(subject)))
    if cut is None:
        return _trimmed(lines), ""
    begins, ends = cut
    head = _trimmed(lines[:begins])
    if not head or _are_answers_below(head[-600:].lower()):
        return _trimmed(lines), ""
    tail = _trimmed(lines[ends:])
    return f"{head}\n\n{tail}" if tail else head, _trimmed(lines[begins:ends])


def _are_answers_below(words: str) -> bool:
    """Whether somebody says that the answers stand between the lines below."""
    return any(one in words for one in _BELOW) and _ANSWERS_BELOW.search(words) is not None


def _trimmed(lines: list[str]) -> str:
    begins = 0
    while begins < len(lines) and not lines[begins].strip():
        begins += 1
    return "\n".join(lines[begins:]).rstrip()


def _cut(text: str, lines: list[str], *, is_forward: bool) -> tuple[int, int] | None:
    """The lines between which the quoted message lies."""
    quoted = _quoted_lines(lines)
    headed = None if is_forward else _headed_message(text, lines)
    found = [one for one in (quoted, headed) if one is not None]
    return min(found) if found else None


def _quoted_lines(lines: list[str]) -> tuple[int, int] | None:
    """A block of ``>`` lines at the end with the line above it that says whose words they are."""
    ends = len(lines)
    while ends and not lines[ends - 1].strip():
        ends -= 1
    ends = _before_signature(lines, ends)
    begins = ends
    while begins and (lines[begins - 1].startswith(">") or not lines[begins - 1].strip()):
        begins -= 1
    while begins < ends and not lines[begins].strip():
        begins += 1
    if begins == ends:
        return None
    attribution = _attribution_above(lines, begins)
    if attribution is None and _introduces_itself(lines[begins : begins + _LONGEST_ATTRIBUTION]):
        attribution = begins
    return None if attribution is None else (attribution, ends)


def _before_signature(lines: list[str], ends: int) -> int:
    """Where a block of quoted lines ends when only a signature follows it."""
    begins = ends
    while begins and ends - begins < _LONGEST_SIGNATURE and not lines[begins - 1].startswith(">"):
        begins -= 1
    if begins == ends or not begins or not lines[begins - 1].startswith(">"):
        return ends
    first = next(line for line in lines[begins:ends] if line.strip())
    return begins if _SIGNATURE.match(first.strip()) else ends


def _attribution_above(lines: list[str], below: int) -> int | None:
    """The first line of the words that introduce quoted lines: ``On Monday … wrote:``."""
    last = below - 1
    while last >= 0 and below - last <= 3 and not lines[last].strip():
        last -= 1
    if last < 0 or not _ATTRIBUTION_END.search(lines[last][-400:]):
        return None
    first = last
    while first and last - first < _LONGEST_ATTRIBUTION - 1 and lines[first - 1].strip():
        if _BEGINS_ATTRIBUTION.match(lines[first].strip()[:400]):
            break
        first -= 1
    if not _BEGINS_ATTRIBUTION.match(lines[first].strip()[:400]):
        first = last
    words = " ".join(lines[first : last + 1])[:2_000]
    return first if _ATTRIBUTION.search(words) else None


def _introduces_itself(quoted: list[str]) -> bool:
    """Whether the first quoted lines say whose words they are, as telephones have it."""
    bare = [line.lstrip("> ") for line in quoted]
    last = next((at for at, line in enumerate(bare) if _ATTRIBUTION_END.search(line[-400:])), None)
    if last is None:
        return False
    words = " ".join(bare[: last + 1])[:1_000]
    return bool(_BEGINS_ATTRIBUTION.match(words) and _ATTRIBUTION.search(words))


def _headed_message(text: str, lines: list[str]) -> tuple[int, int] | None:
    """A whole message below, known by its headers, by a line that announces it, or by both."""
    places = [
        place
        for place in (
            next(_lines_of(_ORIGINAL, text), None),
            next((at for at in _lines_of(_SENDER_LINE, text) if _is_header_block(lines, at)), None),
            _introduced(text, lines),
        )
        if place is not None
    ]
    if not places:
        return None
    place = min(places)
    # What somebody passes on is what they want to be read.
    forwarded = next(_lines_of(_FORWARDED, text), None)
    if forwarded is not None and forwarded <= place:
        return None
    while place and (not lines[place - 1].strip() or _RULE.match(lines[place - 1])):
        place -= 1
    return place, len(lines)


def _lines_of(pattern: "re.Pattern[str]", text: str) -> Iterator[int]:
    """The numbers of the lines with which the first matches of a pattern begin."""
    number, position = -1, 0
    text = f"\n{text}"
    for found in islice(pattern.finditer(text), _MOST_CANDIDATES):
        number += text.count("\n", position, found.start() + 1)
        position = found.start() + 1
        yield number


def _introduced(text: str, lines: list[str]) -> int | None:
    """Where a message is introduced in full and follows without ``>``, as Yahoo has it."""
    number = position = 0
    for found in islice(_COLON_ENDS.finditer(text), _MOST_CANDIDATES):
        if not _VERB_ENDS.search(text, max(0, found.start() - 20), found.start()):
            continue
        number += text.count("\n", position, found.start())
        position = found.start()
        below = next((line for line in lines[number + 1 : number + 4] if line.strip()), ">")
        if below.startswith(">"):
            continue
        for first in range(number, max(-1, number - _LONGEST_ATTRIBUTION), -1):
            if not lines[first].strip():
                break
            words = " ".join(lines[first : number + 1]).strip()[:1_000]
            if _BEGINS_ATTRIBUTION.match(words) and _TIME.search(words) and "@" in words:
                return first
    return None


def _is_header_block(lines: list[str], place: int) -> bool:
    """Whether From, Sent, To and Subject of a message stand there, and not a form or a journey."""
    said: dict[str, str] = {}
    for line in lines[place : place + _HEADER_LINES]:
        if not line.strip():
            if "subject" in said:
                break
            continue
        found = _LABEL.match(line[:500])
        if found and found.lastgroup:
            kind = next(key for key, value in found.groupdict().items() if value is not None)
            said.setdefault(kind, found["value"].strip())
    moment = said.get("sent") or said.get("date") or ""
    if "subject" not in said or not any(sign.isdigit() for sign in moment):
        return False
    above = next((line for line in reversed(lines[max(0, place - 3) : place]) if line.strip()), "")
    is_announced = bool(_RULE.match(above) or _ORIGINAL.match(f"\n{above}"))
    if "@" in said.get("sender", "") or is_announced:
        return True
    return "sent" in said and "to" in said and re.search(r"\d:\d\d", moment) is not None
