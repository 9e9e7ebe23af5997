"""The program that opens scans. Started by ``leafing`` with one order in JSON on standard input.

It knows nothing of the rest of the house and imports none of it. Its answer is one line of JSON;
``{"trouble": …}`` where the scan cannot be used, in a word that ``leafing`` knows.
"""

import json
import resource
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError

LARGEST_IMAGE = 200_000_000
"""Pixels: a sheet of A3 at 600 dpi has 70 million."""
LOOKED_AT = 120
"""Dots an inch at which marks are looked for: the squares of our sheet are ten dots wide."""
_NO_PASSWORD = 4  # FPDF_ERR_PASSWORD


class Trouble(Exception):
    """Why a scan cannot be used, in a word."""


def main() -> int:
    """Do what the order says."""
    order = json.loads(sys.stdin.buffer.read())
    megabytes = int(order["megabytes"]) * 2**20
    resource.setrlimit(resource.RLIMIT_AS, (megabytes, megabytes))
    resource.setrlimit(resource.RLIMIT_CPU, (int(order["seconds"]), int(order["seconds"]) + 5))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    Image.MAX_IMAGE_PIXELS = LARGEST_IMAGE // 2  # An error from twice as many.
    try:
        answer = _DOES[order["do"]](order)
    except Trouble as trouble:
        answer = {"trouble": str(trouble)}
    except UnidentifiedImageError:
        answer = {"trouble": "no_scan"}
    except (Image.DecompressionBombError, MemoryError):
        answer = {"trouble": "too_large"}
    except (pdfium.PdfiumError, OSError, ValueError, SyntaxError, EOFError, TypeError):
        answer = {"trouble": "broken"}
    sys.stdout.write(json.dumps(answer))
    return 0


# ------------------------------------------------------------------ opening
@contextmanager
def opened(path: str) -> Iterator[pdfium.PdfDocument]:
    """A PDF, closed afterwards."""
    try:
        document = pdfium.PdfDocument(path)
    except pdfium.PdfiumError as error:
        is_locked = getattr(error, "err_code", None) == _NO_PASSWORD or "password" in str(error)
        raise Trouble("encrypted" if is_locked else "broken") from error
    try:
        yield document
    finally:
        document.close()


def is_pdf(path: str) -> bool:
    """By its first bytes: some programs write a few before the mark."""
    with Path(path).open("rb") as file:
        return b"%PDF-" in file.read(1024)


def sheets_of_image(path: str, most: int) -> Iterator[Image.Image]:
    """The sheets of an image, upright, each as grey or colour with square dots."""
    with Image.open(path) as image:
        if image.format not in {"TIFF", "JPEG", "PNG"}:
            raise Trouble("no_scan")
        for number, frame in enumerate(ImageSequence.Iterator(image)):
            if number >= most:
                raise Trouble("too_many_pages")
            yield _square(ImageOps.exif_transpose(frame.copy()))


def _square(sheet: Image.Image) -> Image.Image:
    """A fax has twice as many dots across as down (ITU-T T.4): stretched, it is read and shown."""
    across, down = dots_of(sheet)
    if sheet.mode not in {"1", "L", "RGB"}:
        sheet = sheet.convert("L" if sheet.mode in {"I;16", "I", "F", "LA"} else "RGB")
    if abs(across - down) < 5:
        return sheet
    dots = max(across, down)
    size = (round(sheet.width * dots / across), round(sheet.height * dots / down))
    if size[0] * size[1] > LARGEST_IMAGE:
        raise Trouble("too_large")
    stretched = sheet.convert("L").resize(size, Image.Resampling.BILINEAR)
    stretched.info["dpi"] = (dots, dots)
    return stretched


def dots_of(sheet: Image.Image) -> tuple[float, float]:
    """Dots an inch across and down; where the file does not say, as if the sheet were an A4."""
    with suppress(KeyError, TypeError, ValueError, ZeroDivisionError):
        across, down = (float(one) for one in sheet.info["dpi"])
        if 50 <= across <= 2400 and 50 <= down <= 2400:
            return across, down
    dots = max(50.0, sheet.width / 8.27)
    return dots, dots


# ------------------------------------------------------------------ what can be ordered
def look(order: dict[str, Any]) -> dict[str, Any]:
    """How many sheets there are, and which carry the mark that parts letters."""
    path, most = order["path"], int(order["most"])
    count = 0
    if not Path(path).stat().st_size:
        raise Trouble("no_pages")
    marked: list[int] = []
    if is_pdf(path):
        with opened(path) as document:
            count = len(document)
            if count > most:
                raise Trouble("too_many_pages")
            marked = [
                number
                for number in range(count if order["mark"] else 0)
                if _is_marked(_drawn(document, number, LOOKED_AT), order["mark"])
            ]
            if count and not order["mark"]:
                _drawn(document, 0, 20)  # One that can be counted may still not be shown.
    else:
        for number, sheet in enumerate(sheets_of_image(path, most)):
            count += 1
            if order["mark"] and _is_marked(_scaled(sheet, LOOKED_AT), order["mark"]):
                marked.append(number)
    if not count:
        raise Trouble("no_pages")
    return {"pages": count, "marked": marked}


def _drawn(document: pdfium.PdfDocument, number: int, dots: int) -> Image.Image:
    page = document[number]
    try:
        width, height = page.get_size()
        largest = max(width, height) / 72 * dots
        scale = dots / 72 * min(1.0, 12_000 / max(largest, 1))
        drawn: Image.Image = page.render(scale=scale, grayscale=True).to_pil()
        return drawn
    finally:
        page.close()


def _scaled(sheet: Image.Image, dots: int) -> Image.Image:
    across, _down = dots_of(sheet)
    factor = min(1.0, dots / across)
    grey = sheet.convert("L")
    if factor == 1.0:
        return grey
    size = (max(1, round(sheet.width * factor)), max(1, round(sheet.height * factor)))
    return grey.resize(size, Image.Resampling.BOX)


def _is_marked(sheet: Image.Image, mark: str) -> bool:
    import zxingcpp

    squares = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
    found = zxingcpp.read_barcodes(sheet, formats=squares)
    return any(code.text == mark for code in found)


def picture(order: dict[str, Any]) -> dict[str, Any]:
    """One sheet as a grey PNG."""
    path, number, dots = order["path"], int(order["number"]), int(order["dots"])
    if is_pdf(path):
        with opened(path) as document:
            if number >= len(document):
                raise Trouble("no_pages")
            drawn = _drawn(document, number, dots)
    else:
        for at, sheet in enumerate(sheets_of_image(path, number + 1)):
            if at == number:
                drawn = _scaled(sheet, dots)
                break
        else:
            raise Trouble("no_pages")
    drawn.save(order["into"], format="PNG", dpi=(dots, dots))
    return {"width": drawn.width, "height": drawn.height}


def words(order: dict[str, Any]) -> dict[str, Any]:
    """The words that each sheet of a PDF carries; none for an image."""
    if not is_pdf(order["path"]):
        return {"words": []}
    found = []
    with opened(order["path"]) as document:
        for number in range(min(len(document), int(order["most"]))):
            page = document[number]
            text = page.get_textpage()
            found.append(text.get_text_range().replace("\r\n", "\n")[:100_000])
            text.close()
            page.close()
    return {"words": found}


def cut(order: dict[str, Any]) -> dict[str, Any]:
    """Some sheets each as a PDF of their own: ``parts`` are lists of their numbers."""
    path, parts = order["path"], order["parts"]
    if is_pdf(path):
        with opened(path) as document:
            for numbers, into in zip(parts, order["into"], strict=True):
                part = pdfium.PdfDocument.new()
                part.import_pages(document, numbers)
                part.save(into)
                part.close()
        return {"parts": len(parts)}
    place = {number: at for at, numbers in enumerate(parts) for number in numbers}
    held: list[list[Image.Image]] = [[] for _part in parts]
    written = 0
    for number, sheet in enumerate(sheets_of_image(path, int(order["most"]))):
        if number not in place:
            continue
        at = place[number]
        held[at].append(sheet)
        if len(held[at]) == len(parts[at]):  # Whole: written, and out of memory.
            _as_pdf(held[at], order["into"][at])
            held[at], written = [], written + 1
    if written != len(parts):
        raise Trouble("broken")
    return {"parts": len(parts)}


def _as_pdf(sheets: list[Image.Image], into: str) -> None:
    first, *others = sheets
    dots, _down = dots_of(first)
    first.save(into, format="PDF", save_all=True, append_images=others, resolution=dots)


def join(order: dict[str, Any]) -> dict[str, Any]:
    """Files one after the other as one PDF; those that cannot be opened are named.

    ``groups`` are lists of paths that belong together; for printing on both sides each group begins
    on a front.
    """
    whole, left_out, pages = pdfium.PdfDocument.new(), [], []
    for group in order["groups"]:
        before = len(whole)
        for path in group:
            try:
                _add(whole, path, order["folder"])
            except (Trouble, pdfium.PdfiumError, OSError, ValueError, SyntaxError):
                left_out.append(path)
        pages.append(len(whole) - before)
        if order["both_sides"] and pages[-1] % 2 and group is not order["groups"][-1]:
            whole.new_page(595.28, 841.89)
    whole.save(order["into"])
    return {"left_out": left_out, "pages": pages}


def _add(whole: pdfium.PdfDocument, path: str, folder: str) -> None:
    if not is_pdf(path):
        as_pdf = str(Path(folder) / f"image-{len(whole)}.pdf")
        _as_pdf(list(sheets_of_image(path, 50)), as_pdf)
        path = as_pdf
    with opened(path) as document:
        whole.import_pages(document)


_DOES = {"look": look, "picture": picture, "words": words, "cut": cut, "join": join}

if __name__ == "__main__":
    sys.exit(main())
