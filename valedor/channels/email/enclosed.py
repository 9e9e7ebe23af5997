"""The files of a mail, put on disk before any row mentions them."""

from valedor.casefile.documents import FileRefused, Kept, keep_file
from valedor.channels.email.reading import ReadMessage

# A picture inside the text below this is a logo or a signature: it stays in the message alone.
SMALLEST_PICTURE = 20 * 1024


def files_of(mail: ReadMessage) -> tuple[list[Kept], list[FileRefused]]:
    """What is evidence, kept; and what was not taken, with the reason.

    Raises ``OSError`` when the disk does not take a file.
    """
    kept: list[Kept] = []
    refused: list[FileRefused] = []
    for one in mail.attachments:
        if one.is_inline and one.size < SMALLEST_PICTURE:
            continue
        try:
            kept.append(
                keep_file(one.name, [one.content], claimed_type=one.media_type, size=one.size)
            )
        except FileRefused as refusal:
            refused.append(refusal)
    return kept, refused
