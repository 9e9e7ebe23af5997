"""The pages of ``docs/reference/`` that are written from the code: write them, or compare."""

import argparse
import os
import sys
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[1] / "docs/reference"


def main() -> int:
    """Exit code 1 where a page that is only compared is not as it would be written."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("act", choices=["write", "check"])
    act = parser.parse_args().act
    stale = {name: text for name, text in _texts().items() if _committed(name) != text}
    for name, text in stale.items():
        if act == "write":
            (FOLDER / name).write_text(text, "utf-8")
        print(f"docs/reference/{name} {'is written' if act == 'write' else 'is out of date'}")
    return 1 if act == "check" and stale else 0


def _texts() -> dict[str, str]:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "valedor.config.settings")
    import django

    django.setup()
    from django.utils import translation

    from valedor.config.reference_pages import pages

    with translation.override("en"):
        return {name: page() for name, page in pages().items()}


def _committed(name: str) -> str:
    place = FOLDER / name
    return place.read_text("utf-8") if place.exists() else ""


if __name__ == "__main__":
    sys.exit(main())
