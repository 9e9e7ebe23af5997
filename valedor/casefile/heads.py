"""Signed heads: once a day, what every chain that grew ends with, signed and kept outside the
database.

Whoever can rewrite the whole database can make every hash anew. A head that was copied elsewhere
still knows the old ones: ``valedor verify --head FILE --public-key FILE`` finds a chain that was
rewritten, shortened or taken out. docs/concepts/chains.md writes the format down.

A head is a JSON file that names what it covers by a Merkle root; the covered lines (chain,
sequence, hash) lie beside it, compressed, one a line. Each head names the digest of the one before
it.
"""

import base64
import gzip
import hashlib
import json
import os
import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)
from django.conf import settings
from django.db import connection, transaction

from valedor.casefile.models import Case, ReadLink
from valedor.casefile.verification import Broken, line_hashes
from valedor.casefile.viewing import the_house, viewing
from valedor.foundation import chain
from valedor.people.models import AdministrationEntry

# One signer at a time: a number of our own for PostgreSQL's advisory locks.
LOCK = 7_245_322
BITE = 2000
_KNOWN = struct.Struct(">QI")  # Id of a case, and the length of its chain at the last head.


class Line(NamedTuple):
    """The end of a chain: ``case:<id>``, ``administration`` or ``reads``."""

    chain: str
    sequence: int
    hash: str


class BadHead(Exception):
    """A head or its key cannot be read, or the signature is not the key's. The message says
    which.
    """


@dataclass(frozen=True, kw_only=True)
class Head:
    """One signed statement. ``previous`` is the SHA-256 of the statement before it, in hex."""

    number: int
    at: str
    previous: str
    root: str
    lines: int
    covered: str  # The name of the file with the covered lines.
    signature: str = ""

    def statement(self) -> bytes:
        """What is signed: everything but the signature, as canonical JSON."""
        content = {name: value for name, value in vars(self).items() if name != "signature"}
        return chain.canonical(content)

    def digest(self) -> str:
        """What the next head calls ``previous``."""
        return hashlib.sha256(self.statement()).hexdigest()


def folder() -> Path:
    """Where heads are kept."""
    return Path(settings.VALEDOR_HOME) / "heads"


def public_key_path() -> Path:
    """The public key, to be copied elsewhere together with the heads."""
    return Path(settings.VALEDOR_HOME) / "keys" / "heads.public.pem"


# ------------------------------------------------------------------ signing
def sign_head(at: datetime) -> Head | None:
    """Sign what every chain that grew since the last head ends with; nothing when none did."""
    folder().mkdir(parents=True, exist_ok=True, mode=0o700)
    house = the_house()
    with transaction.atomic():
        if not connection.savepoint_ids:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        with viewing(house), connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
            return _sign(at)


def _sign(at: datetime) -> Head | None:
    last = latest()
    number = last.number + 1 if last else 1
    name = f"{number:06d}.lines.gz"
    known, covered = folder() / "known.bin", folder() / name
    new_known, part = known.with_suffix(".part"), covered.with_suffix(".part")
    tree = _Tree()
    with gzip.open(part, "wt", encoding="ascii") as lines, new_known.open("wb") as remembered:
        for line in _grown(last, known, remembered):
            lines.write(f"{line.chain} {line.sequence} {line.hash}\n")
            tree.add(line)
    if tree.count == 0:
        part.unlink()
        new_known.unlink()
        return None
    statement = Head(
        number=number,
        at=at.isoformat(),
        previous=last.digest() if last else "",
        root=tree.root().hex(),
        lines=tree.count,
        covered=name,
    )
    signature = _private_key().sign(statement.statement())
    head = Head(**{**vars(statement), "signature": base64.b64encode(signature).decode("ascii")})
    _replace(part, covered)
    _write(folder() / f"{number:06d}.json", json.dumps(vars(head), indent=1).encode())
    _replace(new_known, known)
    return head


def _grown(last: Head | None, known: Path, remembered: BinaryIO) -> Iterator[Line]:
    """The chains that grew. What the last head knew is read beside the cases, both by id."""
    before = _other_chains_before(last)
    for name, newest in (
        ("administration", AdministrationEntry.objects.order_by("-sequence").first()),
        ("reads", ReadLink.objects.order_by("-sequence").first()),
    ):
        if newest is not None and newest.sequence > before.get(name, 0):
            yield Line(name, newest.sequence, bytes(newest.hash).hex())
    told = _known_lengths(known) if last else iter(())
    case, length = next(told, (0, 0))
    ends = Case.objects.order_by("pk").values_list("pk", "last_sequence", "last_hash")
    for key, sequence, hashed in ends.iterator(chunk_size=BITE):
        while case and case < key:
            remembered.write(_KNOWN.pack(case, length))  # Gone: a head of before knows it.
            case, length = next(told, (0, 0))
        seen = length if case == key else 0
        remembered.write(_KNOWN.pack(key, max(sequence, seen)))
        if case == key:
            case, length = next(told, (0, 0))
        if sequence > seen:
            yield Line(f"case:{key}", sequence, bytes(hashed).hex())


def _known_lengths(known: Path) -> Iterator[tuple[int, int]]:
    try:
        with known.open("rb") as file:
            while piece := file.read(_KNOWN.size * 4096):
                yield from _KNOWN.iter_unpack(piece[: len(piece) // _KNOWN.size * _KNOWN.size])
    except FileNotFoundError:
        return  # Every chain is covered anew.


def _other_chains_before(last: Head | None) -> dict[str, int]:
    found: dict[str, int] = {}
    head = last
    while head is not None and len(found) < 2:
        try:
            for line in _first_lines(head):
                found.setdefault(line.chain, line.sequence)
        except OSError:
            break
        head = _numbered(head.number - 1)
    return found


def _first_lines(head: Head) -> Iterator[Line]:
    """The lines of administration and reads, which come first."""
    for line in covered_by(head):
        if line.chain.startswith("case:"):
            return
        yield line


def _private_key() -> Ed25519PrivateKey:
    kept = public_key_path().with_name("heads.private.pem")
    try:
        key = serialization.load_pem_private_key(kept.read_bytes(), password=None)
    except FileNotFoundError:
        key = Ed25519PrivateKey.generate()
        kept.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        pem = key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        _write(kept, pem)
        public = key.public_key().public_bytes(
            serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
        )
        _write(public_key_path(), public)
    if not isinstance(key, Ed25519PrivateKey):
        raise BadHead(f"{kept} is not an Ed25519 key.")
    return key


def _write(path: Path, content: bytes) -> None:
    part = path.with_name(f".{path.name}.part")
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)


def _replace(part: Path, path: Path) -> None:
    with part.open("rb") as file:
        os.fsync(file.fileno())
    part.replace(path)


# ------------------------------------------------------------------ Merkle tree
class _Tree:
    """A Merkle root in constant memory: leaves and nodes are hashed apart (0 and 1 before them),
    and a node without a neighbour goes up as it is (RFC 6962 draws the same tree).
    """

    def __init__(self) -> None:
        self.count = 0
        self._peaks: list[tuple[int, bytes]] = []

    def add(self, line: Line) -> None:
        leaf = json.dumps(list(line), separators=(",", ":")).encode()
        size, node = 1, hashlib.sha256(b"\0" + leaf).digest()
        while self._peaks and self._peaks[-1][0] == size:
            _size, left = self._peaks.pop()
            size, node = size * 2, hashlib.sha256(b"\1" + left + node).digest()
        self._peaks.append((size, node))
        self.count += 1

    def root(self) -> bytes:
        peaks = [node for _size, node in self._peaks]
        root = peaks.pop() if peaks else hashlib.sha256(b"").digest()
        while peaks:
            root = hashlib.sha256(b"\1" + peaks.pop() + root).digest()
        return root


def merkle_root(lines: Iterable[Line]) -> bytes:
    """The root over some lines, in their order."""
    tree = _Tree()
    for line in lines:
        tree.add(line)
    return tree.root()


# ------------------------------------------------------------------ reading and comparing
def latest() -> Head | None:
    """The head signed last."""
    numbers = sorted(int(path.stem) for path in folder().glob("[0-9]*.json"))
    return _numbered(numbers[-1]) if numbers else None


def _numbered(number: int) -> Head | None:
    path = folder() / f"{number:06d}.json"
    return read_head(path) if number > 0 and path.exists() else None


def read_head(path: Path) -> Head:
    """A head from its file. Raises ``BadHead``."""
    try:
        content: dict[str, Any] = json.loads(path.read_bytes())
        return Head(**content)
    except OSError as error:
        raise BadHead(f"{path} cannot be read: {error.strerror}.") from error
    except (ValueError, TypeError) as error:
        raise BadHead(f"{path} is not a head that valedor signed.") from error


def read_public_key(path: Path) -> Ed25519PublicKey:
    """A public key from its file. Raises ``BadHead``."""
    try:
        key = serialization.load_pem_public_key(path.read_bytes())
    except OSError as error:
        raise BadHead(f"{path} cannot be read: {error.strerror}.") from error
    except ValueError as error:
        raise BadHead(f"{path} is not a public key in PEM.") from error
    if not isinstance(key, Ed25519PublicKey):
        raise BadHead(f"{path} is not an Ed25519 key.")
    return key


def check_signature(head: Head, key: Ed25519PublicKey) -> None:
    """Raises ``BadHead`` when the statement is not what the key signed."""
    try:
        key.verify(base64.b64decode(head.signature, validate=True), head.statement())
    except (InvalidSignature, ValueError) as error:
        raise BadHead(f"The signature of head {head.number} is not this key's.") from error


def covered_by(head: Head) -> Iterator[Line]:
    """The lines that a head covers. Raises ``OSError`` when their file is gone or unreadable."""
    with gzip.open(folder() / Path(head.covered).name, "rt", encoding="ascii") as file:
        for text in file:
            name, sequence, hashed = text.split()
            yield Line(name, int(sequence), hashed)


def compare_with(head: Head, key: Ed25519PublicKey) -> Iterator[Broken]:
    """Compare the register with a head kept elsewhere, and with every head before it.

    Raises ``BadHead`` when the head itself is not what the key signed.
    """
    check_signature(head, key)
    current: Head | None = head
    while current is not None:
        yield from _compare_one(current)
        if not current.previous:
            return
        try:
            before = _numbered(current.number - 1)
            if before is not None:
                check_signature(before, key)
        except BadHead as error:
            yield Broken("heads", current.number - 1, str(error))
            return
        if before is None or before.digest() != current.previous:
            what = "is missing" if before is None else "is not the one that was signed"
            yield Broken("heads", current.number - 1, f"Head {current.number - 1} {what}.")
            return
        current = before


def _compare_one(head: Head) -> Iterator[Broken]:
    try:
        if merkle_root(covered_by(head)).hex() != head.root:
            yield Broken("heads", head.number, f"The lines beside head {head.number} were changed.")
        bite: list[Line] = []
        for line in covered_by(head):
            bite.append(line)
            if len(bite) == BITE:
                yield from _compare_lines(head, bite)
                bite = []
        yield from _compare_lines(head, bite)
    except (OSError, ValueError, EOFError):
        yield Broken("heads", head.number, f"The lines beside head {head.number} are missing.")


def _compare_lines(head: Head, lines: list[Line]) -> Iterator[Broken]:
    with viewing(the_house()):
        found = line_hashes([(line.chain, line.sequence) for line in lines])
        names = _references([line.chain for line in lines])
    for line in lines:
        hashed = found.get((line.chain, line.sequence))
        if hashed is None:
            what = f"The chain is shorter than head {head.number} of {head.at} says, or gone."
        elif hashed.hex() != line.hash:
            what = f"The chain was rewritten since head {head.number} of {head.at}."
        else:
            continue
        yield Broken(names.get(line.chain, line.chain), line.sequence, what)


def _references(chains: list[str]) -> dict[str, str]:
    cases = [int(name[5:]) for name in chains if name.startswith("case:")]
    found = Case.objects.filter(pk__in=cases).values_list("pk", "reference")
    return {f"case:{key}": reference for key, reference in found}
