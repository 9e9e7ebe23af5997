"""What somebody is still writing: posts and files kept between the steps of the form."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import connection

from valedor.casefile import store
from valedor.casefile.models import Document, RawMessage
from valedor.casefile.viewing import the_house, viewing
from valedor.channels.web_form.multipart import Part
from valedor.channels.web_form.reading import Post
from valedor.channels.web_form.tokens import FormToken
from valedor.foundation import rows
from valedor.intake.models import HeldFile, HeldSubmission
from valedor.intake.submission import KeptFile, RefusedFile

GOOD_FOR = timedelta(days=2)
_DRAFT = "UPDATE casefile_rawmessage SET state = 'draft' WHERE id = %s"
_ANOTHER = "UPDATE intake_heldsubmission SET raws = raws || %s, expires_at = %s WHERE id = %s"


def store_files(parts: Sequence[Part]) -> list[KeptFile]:
    """Put files into the document store, each under the type that its content shows.

    Nothing is unpacked. Raises ``OSError`` where the disk does not take one.
    """
    return [
        KeptFile(
            name=part.file_name or "",
            media_type=store.sniffed_type(part.head, part.file_name or "")[:120],
            claimed_type=part.media_type.replace("\0", ""),
            size=part.size,
            sha256=store.keep(part.pieces())[0],
        )
        for part in parts
    ]


def hold(entity_id: int, post: Post, raw_id: int, token: FormToken, *, at: datetime) -> FormToken:
    """Keep a step of the form with its files; the token that finds all of it again."""
    held = held_of(entity_id, token, at=at)
    expires_at = at + GOOD_FOR
    written: list[HeldSubmission | HeldFile] = []
    if held is None:
        held = HeldSubmission(
            entity_id=entity_id, raws=[raw_id], created_at=at, expires_at=expires_at
        )
        written.append(held)
        moved: list[rows.Statement] = []
    else:
        moved = [(_ANOTHER, [[raw_id], expires_at, held.pk])]
    kept = store_files(post.files)
    written += [
        HeldFile(
            held=held,
            name=file.name,
            claimed_type=file.claimed_type,
            media_type=file.media_type,
            size=file.size,
            sha256=file.sha256,
        )
        for file in kept
    ]
    written += [
        HeldFile(held=held, name=file.name, size=file.size, refused=file.reason)
        for file in post.refused
    ]
    with viewing(the_house(entity_id)):
        rows.write(written, also=[*moved, (_DRAFT, [raw_id])])
    return token.holding(held.pk, token.files + len(kept))


def held_of(entity_id: int, token: FormToken, *, at: datetime) -> HeldSubmission | None:
    """What is held for a form; nothing when it has expired or became a case."""
    if not token.held_id:
        return None
    return HeldSubmission.objects.filter(
        pk=token.held_id, entity=entity_id, expires_at__gt=at
    ).first()


def files_of(held: HeldSubmission | None) -> tuple[list[HeldFile], list[HeldFile]]:
    """The files held, and those that were refused."""
    if held is None:
        return [], []
    found = list(held.files.order_by("pk"))
    return [file for file in found if not file.refused], [file for file in found if file.refused]


def take_out(held: HeldSubmission, file_id: int) -> bool:
    """Take a file out again at the wish of whoever added it; whether it was there."""
    removed, _by_model = HeldFile.objects.filter(held=held, pk=file_id).delete()
    return bool(removed)


def as_given(held: HeldSubmission | None) -> tuple[list[KeptFile], list[RefusedFile]]:
    """Held files as a submission names them."""
    kept, refused = files_of(held)
    return (
        [
            KeptFile(
                name=file.name,
                media_type=file.media_type,
                claimed_type=file.claimed_type,
                size=file.size or 0,
                sha256=file.sha256,
            )
            for file in kept
        ],
        [RefusedFile(name=file.name, size=file.size, reason=file.refused) for file in refused],
    )


def becoming(held: HeldSubmission, case_id: int) -> list[rows.Statement]:
    """The statements by which a held submission becomes part of a case."""
    return [
        (
            "UPDATE casefile_rawmessage SET state = 'registered', case_id = %s WHERE id = ANY(%s)",
            [case_id, held.raws],
        ),
        ("DELETE FROM intake_heldfile WHERE held_id = %s", [held.pk]),
        ("DELETE FROM intake_heldsubmission WHERE id = %s", [held.pk]),
    ]


def forget_expired(at: datetime) -> int:
    """Remove what nobody came back to, with its posts and files; how many there were."""
    expired = list(HeldSubmission.objects.filter(expires_at__lte=at)[:500])
    with viewing(the_house()):
        for held in expired:
            _forget(held)
    return len(expired)


def _forget(held: HeldSubmission) -> None:
    drafts = RawMessage.objects.filter(pk__in=held.raws, case=None, state=RawMessage.State.DRAFT)
    contents = {file.sha256 for file in held.files.all() if file.sha256}
    contents |= set(drafts.exclude(stored_as="").values_list("stored_as", flat=True))
    drafts.delete()
    held.delete()
    for sha256 in contents:
        if not _is_wanted(sha256):
            store.remove(sha256)


def _is_wanted(sha256: str) -> bool:
    """Whether anything else still holds a content."""
    if Document.objects.filter(sha256=sha256).exists():
        return True
    if HeldFile.objects.filter(sha256=sha256).exists():
        return True
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT 1 FROM casefile_rawmessage WHERE stored_as = %s)", [sha256]
        )
        return bool(cursor.fetchone()[0])
