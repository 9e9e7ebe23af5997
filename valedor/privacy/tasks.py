"""What the worker does for privacy."""

from datetime import UTC, datetime, timedelta

from valedor.foundation import jobs
from valedor.privacy import leavings as leaving
from valedor.privacy.leavings import GRACE, Leavings


@jobs.task()
def finish_erasure(reference: str, at: str, contents: list[str], letters: list[int]) -> None:
    """Remove what an erasure left outside the database, and list the erasure.

    A file that is too fresh to tell whether somebody else sends it now is looked at again later.
    """
    leavings = Leavings(
        reference=reference,
        at=max(datetime.fromisoformat(at), datetime.now(UTC)),
        contents=tuple(contents),
        letters=tuple(letters),
    )
    if not leavings.remove():
        jobs.enqueue_at(
            datetime.now(UTC) + GRACE + timedelta(minutes=1),
            finish_erasure,
            reference=reference,
            at=at,
            contents=contents,
            letters=letters,
        )


@jobs.task()
def remove_contents(contents: list[str]) -> None:
    """Remove the bytes of a document that was erased by itself; later, while they are fresh."""
    at = datetime.now(UTC)
    if not leaving.remove_contents(tuple(contents), at=at):
        jobs.enqueue_at(at + GRACE + timedelta(minutes=1), remove_contents, contents=contents)
