"""Names of attachments, made harmless: no folders, nothing invisible, nothing turned around."""

import re
import unicodedata

from .defects import Defects

_LONGEST = 200
_LONGEST_ENDING = 20
_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_BLANKS = re.compile(r"[\t\r\n]+")
_ENDINGS = {
    "text/plain": "txt",
    "text/html": "html",
    "text/calendar": "ics",
    "text/csv": "csv",
    "text/rfc822-headers": "txt",
    "text/vcard": "vcf",
    "text/x-vcard": "vcf",
    "text/rtf": "rtf",
    "application/rtf": "rtf",
    "application/pdf": "pdf",
    "application/zip": "zip",
    "application/json": "json",
    "application/xml": "xml",
    "application/msword": "doc",
    "application/vnd.ms-excel": "xls",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
    "application/ics": "ics",
    "application/ms-tnef": "dat",
    "application/pgp-encrypted": "txt",
    "application/pgp-keys": "asc",
    "application/pgp-signature": "asc",
    "application/pkcs7-mime": "p7m",
    "application/pkcs7-signature": "p7s",
    "application/x-pkcs7-mime": "p7m",
    "application/x-pkcs7-signature": "p7s",
    "image/jpeg": "jpg",
    "image/jpg": "jpg",
    "image/png": "png",
    "image/gif": "gif",
    "image/webp": "webp",
    "image/heic": "heic",
    "image/tiff": "tif",
    "image/bmp": "bmp",
    "image/svg+xml": "svg",
    "audio/mpeg": "mp3",
    "audio/ogg": "ogg",
    "audio/wav": "wav",
    "video/mp4": "mp4",
    "video/quicktime": "mov",
    "message/rfc822": "eml",
    "message/global": "eml",
    "message/delivery-status": "txt",
    "message/disposition-notification": "txt",
}


def harmless(name: str, defects: Defects) -> str:
    """A file's own name; empty where nothing of it can be kept."""
    if name.isascii() and name.isprintable() and "/" not in name and "\\" not in name:
        kept = name
    else:
        last = name.replace("\\", "/").rstrip("/").rsplit("/", 1)[-1]
        kept = "".join(
            sign
            for sign in _BLANKS.sub(" ", last)
            if sign.isprintable() or unicodedata.category(sign) not in _INVISIBLE
        )
        if kept.strip() != name.strip():
            defects.note("harmful_name")
    kept = kept.strip()
    if not kept.strip(". "):
        return ""
    return shortened(kept)


def shortened(name: str) -> str:
    """A name that file systems take, with its ending."""
    if len(name) <= _LONGEST:
        return name
    stem, dot, ending = name.rpartition(".")
    if not dot or len(ending) > _LONGEST_ENDING:
        return name[:_LONGEST]
    return stem[: _LONGEST - 1 - len(ending)] + dot + ending


def given(number: int, media_type: str) -> str:
    """A name for a file that came without one."""
    kind = media_type.partition("/")[0]
    stem = kind if kind in {"image", "audio", "video", "text", "message"} else "file"
    return f"{stem}-{number}.{_ENDINGS.get(media_type, 'bin')}"
