"""Opening what S/MIME signed in one piece: the message lies within, only wrapped (RFC 8551).

Nothing is verified here. The wrapping is BER: lengths may be open, strings in pieces.
"""

from dataclasses import dataclass

_SEQUENCE, _OCTETS, _OCTETS_IN_PIECES, _WITHIN, _IDENTIFIER, _INTEGER = (
    0x30, 0x04, 0x24, 0xA0, 0x06, 0x02,
)  # fmt: skip
_SIGNED_DATA = bytes.fromhex("2a864886f70d010702")
_ENVELOPED_DATA = bytes.fromhex("2a864886f70d010703")
_AUTHENTICATED = bytes.fromhex("2a864886f70d0109100117")
_MOST_PIECES = 100_000


class _Broken(Exception):
    """The bytes are no BER."""


@dataclass(frozen=True)
class _Value:
    tag: int
    begins: int
    ends: int
    """Where the content ends; of an open length as far as the bytes go."""
    is_open: bool


def kind_of(content: bytes) -> str:
    """What a wrapping holds: ``signed``, ``encrypted``, or nothing that is known."""
    try:
        outer = _value(content, 0, len(content))
        identifier = _value(content, outer.begins, outer.ends)
    except _Broken:
        return ""
    said = content[identifier.begins : identifier.ends]
    if said == _SIGNED_DATA:
        return "signed"
    return "encrypted" if said in {_ENVELOPED_DATA, _AUTHENTICATED} else ""


def opened(content: bytes) -> bytes | None:
    """The message within signed data; none where there is none, or the wrapping is broken."""
    try:
        outer = _value(content, 0, len(content), _SEQUENCE)
        identifier = _value(content, outer.begins, outer.ends, _IDENTIFIER)
        if content[identifier.begins : identifier.ends] != _SIGNED_DATA:
            return None
        signed = _value(content, identifier.ends, outer.ends, _WITHIN)
        data = _value(content, signed.begins, signed.ends, _SEQUENCE)
        version = _value(content, data.begins, data.ends, _INTEGER)
        digests = _value(content, version.ends, data.ends)
        wrapped = _value(content, _after(content, digests), data.ends, _SEQUENCE)
        what = _value(content, wrapped.begins, wrapped.ends, _IDENTIFIER)
        within = _value(content, what.ends, wrapped.ends, _WITHIN)
        return _octets(content, _value(content, within.begins, within.ends))
    except _Broken:
        return None


def _value(content: bytes, position: int, ends: int, tag: int | None = None) -> _Value:
    if position + 2 > ends or (tag is not None and content[position] != tag):
        raise _Broken
    found, length = content[position], content[position + 1]
    position += 2
    if length == 0x80:
        return _Value(found, position, ends, is_open=True)
    if length > 0x80:
        count = length & 0x7F
        if count > 8 or position + count > ends:
            raise _Broken
        length = int.from_bytes(content[position : position + count], "big")
        position += count
    # A message that was cut short still has its beginning.
    return _Value(found, position, min(position + length, ends), is_open=False)


def _after(content: bytes, value: _Value) -> int:
    """Where what follows a value begins. Of an open one its members are passed over one by one."""
    if not value.is_open:
        return value.ends
    position, depth, steps = value.begins, 1, 0
    while depth:
        steps += 1
        if steps > _MOST_PIECES:
            raise _Broken
        if content[position : position + 2] == b"\0\0":
            position, depth = position + 2, depth - 1
            continue
        member = _value(content, position, value.ends)
        if member.is_open:
            position, depth = member.begins, depth + 1
        else:
            position = member.ends
    return position


def _octets(content: bytes, value: _Value) -> bytes:
    """A string of bytes, in one piece or in many."""
    if value.tag == _OCTETS:
        return content[value.begins : value.ends]
    if value.tag != _OCTETS_IN_PIECES:
        raise _Broken
    pieces: list[bytes] = []
    position = value.begins
    while position < value.ends and content[position : position + 2] != b"\0\0":
        piece = _value(content, position, value.ends, _OCTETS)
        pieces.append(content[piece.begins : piece.ends])
        position = piece.ends
        if len(pieces) > _MOST_PIECES:
            raise _Broken
    return b"".join(pieces)
