"""What messages call an encoding, and what it is in Python.

Only codecs of this table are ever asked for by a message. Python's other codecs are no encodings of
text, and looking up a name that does not exist costs memory for ever.
"""

from encodings.aliases import aliases
from functools import lru_cache

_NO_TEXT = frozenset(
    {"base64_codec", "bz2_codec", "hex_codec", "quopri_codec", "rot_13", "uu_codec", "zlib_codec",
     "mbcs", "oem", "idna", "punycode", "undefined", "unicode_escape", "raw_unicode_escape"}
)  # fmt: skip
_WIDER = {
    # What mail programs write is rarely the standard, mostly its vendor's superset.
    "ascii": "cp1252",
    "latin_1": "cp1252",
    "iso8859_9": "cp1254",
    "tis_620": "cp874",
    "iso8859_11": "cp874",
    "shift_jis": "cp932",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "euc_kr": "cp949",
    "big5": "cp950",
    "iso2022_jp": "iso2022_jp_ext",
    "iso2022_jp_1": "iso2022_jp_ext",
}
_MORE = {
    "iso88598i": "iso8859_8",
    "iso88596i": "iso8859_6",
    "ksc56011987": "cp949",
    "ksc5601": "cp949",
    "windows874": "cp874",
    "xsjis": "cp932",
    "windows31j": "cp932",
    "xmacroman": "mac_roman",
    "macintosh": "mac_roman",
    "xmaccyrillic": "mac_cyrillic",
    "xgbk": "gb18030",
    "xeucjp": "euc_jp",
    "xxbig5": "cp950",
    "unicode11utf7": "utf_7",
    "utf8sig": "utf_8",
    "utf8mb4": "utf_8",
    "cesu8": "utf_8",
    "unicode": "utf_16",
    "ucs2": "utf_16",
    "iso106461": "utf_16",
    "ansi": "cp1252",
    "ibm850": "cp850",
    "koi8ru": "koi8_u",
    "koi": "koi8_r",
}
_NOBODY_SAYS = frozenset({
    "", "none", "default", "unknown8bit", "xunknown", "unknown", "8bit", "7bit", "autodetect",
    "xuserdefined", "binary", "ansix341968", "usascii", "ascii",
})  # fmt: skip


@lru_cache(maxsize=256)
def _plain(label: str) -> str:
    return "".join(sign for sign in label.lower() if sign.isalnum())


def _table() -> dict[str, str]:
    modules = set(aliases.values()) - _NO_TEXT
    table = {_plain(name): name for name in modules}
    table |= {_plain(name): module for name, module in aliases.items() if module in modules}
    table |= _MORE
    return {name: _WIDER.get(module, module) for name, module in table.items()}


_TABLE = _table()


def codec_of(label: str) -> str | None:
    """Python's codec for what a message calls its encoding; none where it is not known."""
    return _TABLE.get(_plain(label[:64]))


def name_of(codec: str) -> str:
    """A codec as mail calls it."""
    return {"cp1252": "windows-1252", "utf_8_sig": "utf-8"}.get(codec, codec.replace("_", "-"))


def family_of(codec: str) -> str:
    return "utf_8" if codec.startswith("utf_8") else codec.removesuffix("_le").removesuffix("_be")


def says_nothing(label: str) -> bool:
    """Whether a message calls its encoding by a word that names none, or only ASCII."""
    return _plain(label[:64]) in _NOBODY_SAYS
