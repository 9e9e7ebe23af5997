"""The rows that no case could be made of, for whoever mends them."""

import csv
from collections.abc import Sequence
from pathlib import Path

from valedor.casefile.viewing import the_house, viewing
from valedor.intake.importing.models import ImportedFile, ImportReject
from valedor.people.models import Entity


def write_rejects(files: Sequence[ImportedFile], entity: Entity, path: Path) -> int:
    """Write the rejected rows of files as CSV: file, line, reason, and the row as it came."""
    written = 0
    with viewing(the_house(entity)), path.open("w", encoding="utf-8-sig", newline="") as output:
        rows = csv.writer(output)
        rows.writerow(["file", "line", "reason", "row"])
        names = {file.pk: file.name for file in files}
        rejects = ImportReject.objects.filter(file__in=files).order_by("file_id", "record")
        for reject in rejects.iterator(2000):
            content = bytes(reject.content).decode("utf-8", "backslashreplace").rstrip("\r\n")
            rows.writerow([names[reject.file_id], reject.line, reject.why, content])
            written += 1
    return written
