"""A seal holds until one byte changes, wherever it is, and says what it can prove and what not."""

import hashlib
import io
import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pikepdf
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import pkcs12

from tests import timestamping
from tests.timestamping import certificate, pem_of
from valedor.casefile.paper.typeset import typeset
from valedor.casefile.receipts import paper_words
from valedor.foundation.pdf_seal import manifest
from valedor.foundation.pdf_seal.certificates import (
    BadCertificate,
    SealCertificate,
    chain_of,
    demonstration,
    from_pem,
    from_pkcs12,
)
from valedor.foundation.pdf_seal.enclosing import Enclosure, enclose
from valedor.foundation.pdf_seal.sealing import seal_file, sealed
from valedor.foundation.pdf_seal.verifying import NotAPdf, Verified, verify_file

NOW = datetime.now(UTC).replace(microsecond=0)


@pytest.fixture(scope="module")
def ours(tmp_path_factory: pytest.TempPathFactory) -> SealCertificate:
    return demonstration(tmp_path_factory.mktemp("keys") / "seal.pem", at=NOW)


@pytest.fixture(scope="module")
def authority() -> SealCertificate:
    """A certificate that another one vouches for."""
    root_key, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    root = certificate("Root", root_key, "Root", root_key, is_authority=True)
    own = certificate("Grup Besòs", key, "Root", root_key)
    return SealCertificate(key, own, chain_of(own, [root]))


@pytest.fixture(scope="module")
def pages() -> bytes:
    values = {
        "title": "2026-004182-P", "foot": "Aigües", "entity": "Aigües", "words": paper_words("es"),
        "facts": [], "narrative": "Agua.", "points": [], "remedy": "", "documents": [],
        "refused": [], "dates": [], "later": [], "address": "https://house", "hash": "",
    }  # fmt: skip
    return typeset("receipt", values, "es", at=NOW, standard="a-3a")


def looked_at(content: bytes, folder: Path, *, at: datetime = NOW) -> Verified:
    path = folder / "looked-at.pdf"
    path.write_bytes(content)
    return verify_file(path, at=at)


FILES = {"D1-bill.pdf": b"%PDF-1.4 a bill", "D2-meter.jpg": b"\xff\xd8\xff a photograph" * 900}


def a_dossier(
    pages: bytes,
    by: SealCertificate | None,
    folder: Path,
    *,
    files: dict[str, bytes] = FILES,
    listed: dict[str, bytes] | None = None,
) -> bytes:
    """Pages with files and a manifest that lists some, sealed where a certificate is given."""
    path = folder / "dossier.pdf"
    path.write_bytes(pages)
    told = [
        {
            "name": name,
            "sha256": hashlib.sha256(content).hexdigest(),
            "size": len(content),
            "media_type": "application/pdf",
        }
        for name, content in (files if listed is None else listed).items()
    ]
    own = manifest.written(
        {"reference": "2026-004182-P"}, told, pages=(len(pages), hashlib.sha256(pages).hexdigest())
    )

    def enclosures() -> Iterator[Enclosure]:
        for name, content in {**files, manifest.NAME: own}.items():
            yield Enclosure(name, "application/pdf", name, NOW, partial(bytes, content))

    enclose(path, enclosures())
    if by is not None:
        seal_file(path, by, at=NOW, reason="test")
    return path.read_bytes()


# ------------------------------------------------------------------ a seal that holds
def test_it_holds_and_says_that_its_signer_is_for_demonstration(
    pages: bytes, ours: SealCertificate, tmp_path: Path
) -> None:
    made = sealed(pages, ours, at=NOW, reason="test")
    assert made.startswith(pages)
    found = looked_at(made, tmp_path)
    assert found.holds
    assert found.signed is not None
    assert found.signed.claimed_at == NOW
    assert any("demonstration" in one for one in found.said)
    assert found.as_json()["seal"]["level"] == "PAdES B-B"


def test_it_stays_the_archive_that_it_was(
    pages: bytes, ours: SealCertificate, tmp_path: Path
) -> None:
    made = a_dossier(pages, ours, tmp_path)
    with pikepdf.open(io.BytesIO(pages)) as before, pikepdf.open(io.BytesIO(made)) as pdf:
        assert pdf.Root.Metadata.read_bytes() == before.Root.Metadata.read_bytes()
        assert dict(pdf.docinfo) == dict(before.docinfo)
        assert "/Version" not in pdf.Root
        assert pdf.pdf_version == "1.7"
        assert {str(one.AFRelationship) for one in pdf.Root.AF} == {"/Supplement"}
        assert sorted(pdf.attachments) == sorted([*FILES, manifest.NAME])
        for name, content in FILES.items():
            assert pdf.attachments[name].get_file().read_bytes() == content
        field = pdf.Root.AcroForm.Fields[0]
        assert int(field.F) & 4  # Printed: PDF/A wants it of every annotation.
        assert str(field.V.SubFilter) == "/ETSI.CAdES.detached"
        assert int(pdf.Root.Perms.DocMDP.Reference[0].TransformParams.P) == 1


def test_it_says_who_vouches_for_the_signer(
    pages: bytes, authority: SealCertificate, tmp_path: Path
) -> None:
    found = looked_at(sealed(pages, authority, at=NOW, reason="test"), tmp_path)
    assert found.holds
    assert any("CN=Grup Besòs, for whom CN=Root vouches" in one for one in found.said)


def test_a_chain_without_its_root_is_not_put_into_a_seal(authority: SealCertificate) -> None:
    assert chain_of(authority.certificate, []) == ()


# ------------------------------------------------------------------ one byte
@pytest.mark.parametrize("kind", ["demonstration", "authority", "stamped"])
def test_one_byte_anywhere_breaks_it(
    kind: str, pages: bytes, ours: SealCertificate, authority: SealCertificate, tmp_path: Path
) -> None:
    by = ours if kind == "demonstration" else authority
    if kind == "stamped":
        with timestamping.running() as service:
            made = sealed(pages, by, at=NOW, reason="test", timestamp_url=service.url)
    else:
        made = a_dossier(pages, by, tmp_path)
    assert looked_at(made, tmp_path).holds
    begins = made.index(b"/Contents <") + len(b"/Contents ")
    ends = made.index(b">", begins)
    chance = random.Random(7)
    places = [chance.randrange(len(made)) for _ in range(12)]
    # What the signature itself does not cover: its container, and the zeros behind it.
    places += [chance.randrange(begins, ends + 1) for _ in range(20)] + [begins, ends, ends - 1]
    for place in places:
        changed = bytearray(made)
        changed[place] ^= chance.choice([1, 2, 4, 8, 16, 32, 64, 128])
        try:
            found = looked_at(bytes(changed), tmp_path)
        except NotAPdf:
            continue
        assert not found.holds, f"byte {place} of {len(made)}, {kind}"


def test_bytes_behind_it_break_it(pages: bytes, ours: SealCertificate, tmp_path: Path) -> None:
    made = sealed(pages, ours, at=NOW, reason="test")
    for more in (b"\n", b"%%EOF\n", b"% nothing"):
        assert looked_at(made + more, tmp_path).broken
    assert looked_at(made[:-1], tmp_path).broken


# ------------------------------------------------------------------ what is missing
def test_without_a_seal_nothing_shows_who_made_it(pages: bytes, tmp_path: Path) -> None:
    assert "There is no seal" in looked_at(pages, tmp_path).broken[0]


def test_what_is_no_pdf_is_said_to_be_none(tmp_path: Path) -> None:
    for content in (b"", b"hello", b"\x89PNG\r\n"):
        with pytest.raises(NotAPdf):
            looked_at(content, tmp_path)
    assert "damaged" in looked_at(b"%PDF-1.7\nnothing follows", tmp_path).broken[0]


@pytest.mark.parametrize(
    ("files", "listed", "said"),
    [
        ({"D1.pdf": b"one"}, {"D1.pdf": b"one", "D2.pdf": b"two"}, "D2.pdf is missing"),
        ({"D1.pdf": b"one", "D2.pdf": b"two"}, {"D1.pdf": b"one"}, "does not list it"),
        ({"D1.pdf": b"one"}, {"D1.pdf": b"eno"}, "D1.pdf is not the one"),
    ],
)
def test_files_that_are_not_those_of_the_manifest_break_it_whoever_seals_it(
    files: dict[str, bytes],
    listed: dict[str, bytes],
    said: str,
    pages: bytes,
    ours: SealCertificate,
    tmp_path: Path,
) -> None:
    found = looked_at(a_dossier(pages, ours, tmp_path, files=files, listed=listed), tmp_path)
    assert found.signed is not None
    assert not found.signed.broken
    assert [one for one in found.broken if said in one]


def test_a_file_added_by_another_program_breaks_seal_and_manifest(
    pages: bytes, ours: SealCertificate, tmp_path: Path
) -> None:
    made = a_dossier(pages, ours, tmp_path)
    with pikepdf.open(io.BytesIO(made)) as pdf:
        pdf.attachments["D3.txt"] = pikepdf.AttachedFileSpec(
            pdf, b"more", filename="D3.txt", description="", mime_type="text/plain",
            creation_date="", mod_date="",
        )  # fmt: skip
        pdf.save(tmp_path / "added.pdf")
    found = verify_file(tmp_path / "added.pdf", at=NOW)
    assert any("D3.txt is in it" in one for one in found.broken)
    assert any("changed after it was sealed" in one for one in found.broken)


def test_files_without_a_manifest_are_told(
    pages: bytes, ours: SealCertificate, tmp_path: Path
) -> None:
    path = tmp_path / "bare.pdf"
    path.write_bytes(pages)
    enclose(path, [Enclosure("D1.pdf", "application/pdf", "D1", NOW, lambda: b"one")])
    seal_file(path, ours, at=NOW, reason="test")
    assert verify_file(path, at=NOW).broken == ["1 files are in it and no manifest lists them."]


# ------------------------------------------------------------------ time
def test_after_the_end_of_its_certificate_it_proves_nothing(
    pages: bytes, authority: SealCertificate, tmp_path: Path
) -> None:
    made = sealed(pages, authority, at=NOW, reason="test")
    later = looked_at(made, tmp_path, at=NOW + timedelta(days=400))
    assert len(later.broken) == 1
    assert "without a time stamp nothing shows that the seal was made before" in later.broken[0]


def test_a_seal_from_before_its_certificate_is_told(
    pages: bytes, authority: SealCertificate, tmp_path: Path
) -> None:
    made = sealed(pages, authority, at=NOW - timedelta(days=90), reason="test")
    assert "the seal was not made then" in looked_at(made, tmp_path).broken[0]


def test_a_time_stamp_outlasts_the_certificate(
    pages: bytes, authority: SealCertificate, tmp_path: Path
) -> None:
    with timestamping.running() as service:
        made = sealed(pages, authority, at=NOW, reason="test", timestamp_url=service.url)
        assert service.asked == 1
    found = looked_at(made, tmp_path, at=NOW + timedelta(days=400))
    assert found.holds
    told = found.as_json()["seal"]
    assert (told["level"], told["stamped_by"]) == ("PAdES B-T", "CN=Test TSA")


def test_a_time_stamp_ends_too(pages: bytes, authority: SealCertificate, tmp_path: Path) -> None:
    with timestamping.running(lasts=timedelta(days=30)) as service:
        made = sealed(pages, authority, at=NOW, reason="test", timestamp_url=service.url)
    later = looked_at(made, tmp_path, at=NOW + timedelta(days=60))
    assert "certificate of the time stamp ended" in later.broken[0]


def test_a_service_that_gives_none_stops_no_seal(
    pages: bytes, ours: SealCertificate, tmp_path: Path
) -> None:
    path = tmp_path / "sealed.pdf"
    path.write_bytes(pages)
    url = "http://127.0.0.1:9/nobody"
    assert seal_file(path, ours, at=NOW, reason="test", timestamp_url=url) is False
    found = verify_file(path, at=NOW)
    assert found.holds
    assert found.as_json()["seal"]["level"] == "PAdES B-B"


# ------------------------------------------------------------------ certificates
def test_the_demonstration_is_drawn_once_and_nobody_else_reads_it(tmp_path: Path) -> None:
    kept = tmp_path / "keys" / "seal.pem"
    first = demonstration(kept, at=NOW)
    assert demonstration(kept, at=NOW).certificate == first.certificate
    assert first.is_demonstration
    assert kept.stat().st_mode & 0o077 == 0


def test_an_authoritys_files_are_read(authority: SealCertificate, tmp_path: Path) -> None:
    above = [authority.certificate, *authority.chain]
    encoding = serialization.Encoding.PEM
    (tmp_path / "seal.crt").write_bytes(b"".join(one.public_bytes(encoding) for one in above))
    assert isinstance(authority.key, ec.EllipticCurvePrivateKey)
    (tmp_path / "seal.key").write_bytes(pem_of(authority.key))
    read = from_pem(tmp_path / "seal.crt", tmp_path / "seal.key")
    assert (read.certificate, read.chain) == (authority.certificate, authority.chain)
    packed = pkcs12.serialize_key_and_certificates(
        b"seal", authority.key, authority.certificate, authority.chain,
        serialization.BestAvailableEncryption(b"secret"),
    )  # fmt: skip
    (tmp_path / "seal.p12").write_bytes(packed)
    assert from_pkcs12(tmp_path / "seal.p12", "secret").chain == authority.chain
    with pytest.raises(BadCertificate, match="passphrase is another"):
        from_pkcs12(tmp_path / "seal.p12", "wrong")


def test_what_cannot_be_used_is_said(authority: SealCertificate, tmp_path: Path) -> None:
    with pytest.raises(BadCertificate, match="cannot be read"):
        from_pem(tmp_path / "nothing", tmp_path / "nothing")
    (tmp_path / "text").write_text("hello")
    with pytest.raises(BadCertificate, match="no certificate"):
        from_pem(tmp_path / "text", tmp_path / "text")
    own = tmp_path / "own.crt"
    own.write_bytes(authority.certificate.public_bytes(serialization.Encoding.PEM))
    (tmp_path / "other.key").write_bytes(pem_of(ec.generate_private_key(ec.SECP256R1())))
    with pytest.raises(BadCertificate, match="not the one of the certificate"):
        from_pem(own, tmp_path / "other.key")
