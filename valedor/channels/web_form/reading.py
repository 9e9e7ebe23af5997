"""Read a kept post: its fields as text, its files as slices of the bytes that were kept."""

from dataclasses import dataclass, field
from urllib.parse import unquote_to_bytes

from django.utils.datastructures import MultiValueDict

from valedor.channels.web_form.arriving import Bytes, Cut
from valedor.channels.web_form.multipart import Part, Unreadable, boundary_of, parts_of
from valedor.intake.submission import RefusedFile

MOST_FILES = 50
LONGEST_FIELD = 2_000_000
_KEPT_CONTROLS = {"\n", "\r", "\t"}


@dataclass
class Post:
    """A post as it reads. ``troubles`` says of a field what was done to its text to keep it:
    ``null``, ``encoding`` or ``enormous``.
    """

    fields: MultiValueDict[str, str] = field(default_factory=MultiValueDict)
    files: list[Part] = field(default_factory=list)
    refused: list[RefusedFile] = field(default_factory=list)
    troubles: dict[str, str] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """The last value of a field; empty where it is missing."""
        return str(self.fields.get(name) or "")


def read_post(content: Bytes, media_type: str, cuts: tuple[Cut, ...] = ()) -> Post:
    """What was posted. Raises ``Unreadable`` where the bytes are not what they say they are."""
    post = Post()
    boundary = boundary_of(media_type)
    if boundary:
        _read_parts(post, content, boundary, cuts)
    elif media_type.strip().lower().startswith("application/x-www-form-urlencoded"):
        _read_plain(post, content[:])
    else:
        raise Unreadable
    for cut in cuts:
        if cut.file_name:
            refused = RefusedFile(name=cut.file_name, size=cut.size, reason=cut.reason)
            post.refused.append(refused)
        elif cut.field:
            post.troubles[cut.field] = "enormous"
    return post


def _read_parts(post: Post, content: Bytes, boundary: bytes, cuts: tuple[Cut, ...]) -> None:
    cut_files = {(cut.field, cut.file_name) for cut in cuts}
    for part in parts_of(content, boundary):
        if not part.name:
            continue
        if part.file_name is None:
            _keep_text(post, part.name, part.value())
        elif part.file_name and (part.name, part.file_name) not in cut_files:
            _keep_file(post, part)


def _keep_file(post: Post, part: Part) -> None:
    if not part.size:
        post.refused.append(RefusedFile(name=part.file_name or "", size=0, reason="empty"))
    elif len(post.files) == MOST_FILES:
        refused = RefusedFile(name=part.file_name or "", size=part.size, reason="too_many")
        post.refused.append(refused)
    else:
        post.files.append(part)


def _read_plain(post: Post, content: bytes) -> None:
    for pair in content.split(b"&")[:3000]:
        name, _equals, value = pair.partition(b"=")
        if name:
            decoded = unquote_to_bytes(value.replace(b"+", b" "))
            _keep_text(post, _as_text(unquote_to_bytes(name.replace(b"+", b" ")))[0][:100], decoded)


def _keep_text(post: Post, name: str, value: bytes) -> None:
    text, is_sure = _as_text(value)
    if not is_sure:
        post.troubles[name] = "encoding"
    cleaned = text
    if not text.isprintable():
        cleaned = "".join(
            character for character in text if character >= " " or character in _KEPT_CONTROLS
        ).replace("\x7f", "")
    if cleaned != text:
        post.troubles[name] = "null"
    if len(cleaned) > LONGEST_FIELD:
        post.troubles[name] = "enormous"
        cleaned = cleaned[:LONGEST_FIELD]
    post.fields.appendlist(name, cleaned.replace("\r\n", "\n").replace("\r", "\n"))


def _as_text(value: bytes) -> tuple[str, bool]:
    """The text, and whether its encoding was the one that the form asks for (UTF-8)."""
    try:
        return value.decode("utf-8"), True
    except UnicodeDecodeError:
        pass
    if value[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return value.decode("utf-16", "replace"), False
    return value.decode("cp1252", "replace"), False
