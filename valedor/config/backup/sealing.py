"""Encryption of a stream under a passphrase: scrypt for the key, AES-256-GCM in chunks.

Each chunk's nonce is its number and each is bound to the header and to whether it is the last, so
that chunks cannot be changed, swapped, dropped or cut off at the end without being noticed.
"""

import os
import struct
from io import RawIOBase
from typing import IO, Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

MAGIC = b"VALEDOR-SEALED-1"
CHUNK = 2**20
_COST = (16, 8, 1)  # log2 of n, r, p: 64 MB and a fifth of a second for each guess.
_TAG = 16
_FRAME = struct.Struct(">IB")


class Broken(Exception):
    """The passphrase is another one, or the file was changed or cut off."""


def _cipher(passphrase: bytes, header: bytes) -> AESGCM:
    _magic, salt, log_n, r, p = struct.unpack(">16s16sBBB", header)
    if not (0 < log_n <= 20 and 0 < r <= 16 and 0 < p <= 4):
        raise Broken("Its first bytes were changed.")
    return AESGCM(Scrypt(salt=salt, length=32, n=2**log_n, r=r, p=p).derive(passphrase))


def _nonce(number: int) -> bytes:
    return number.to_bytes(12, "big")


class Sealer(RawIOBase):
    """A file to write to; what is written comes out encrypted in ``target``. Close it to finish."""

    def __init__(self, target: IO[bytes], passphrase: bytes) -> None:
        self._target = target
        self._header = struct.pack(">16s16sBBB", MAGIC, os.urandom(16), *_COST)
        self._cipher = _cipher(passphrase, self._header)
        self._waiting = bytearray()
        self._number = 0
        target.write(self._header)

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self._waiting += data
        while len(self._waiting) > CHUNK:
            self._emit(bytes(self._waiting[:CHUNK]), is_last=False)
            del self._waiting[:CHUNK]
        return len(data)

    def close(self) -> None:
        if not self.closed:
            self._emit(bytes(self._waiting), is_last=True)
        super().close()

    def _emit(self, text: bytes, *, is_last: bool) -> None:
        sealed = self._cipher.encrypt(_nonce(self._number), text, self._header + bytes([is_last]))
        self._target.write(_FRAME.pack(len(sealed), is_last) + sealed)
        self._number += 1


class Opener(RawIOBase):
    """A file to read from: the text of what a ``Sealer`` wrote. Raises ``Broken``."""

    def __init__(self, source: IO[bytes], passphrase: bytes) -> None:
        self._source = source
        self._header = source.read(35)
        if len(self._header) != 35:
            raise Broken("The file ends before it begins.")
        self._cipher = _cipher(passphrase, self._header)
        self._waiting = b""
        self._number = 0
        self._is_done = False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self._waiting and not self._is_done:
            self._waiting = self._next()
        taken = self._waiting[: len(buffer)]
        buffer[: len(taken)] = taken
        self._waiting = self._waiting[len(taken) :]
        return len(taken)

    def _next(self) -> bytes:
        frame = self._source.read(_FRAME.size)
        if len(frame) != _FRAME.size:
            raise Broken("The file was cut off.")
        length, is_last = _FRAME.unpack(frame)
        if length > CHUNK + _TAG or is_last > 1:
            raise Broken("The file was changed.")
        sealed = self._source.read(length)
        if len(sealed) != length:
            raise Broken("The file was cut off.")
        try:
            text = self._cipher.decrypt(
                _nonce(self._number), sealed, self._header + bytes([is_last])
            )
        except InvalidTag as error:
            first = "The passphrase is another one, or the file was changed."
            raise Broken("The file was changed." if self._number else first) from error
        self._number += 1
        self._is_done = bool(is_last)
        return text
