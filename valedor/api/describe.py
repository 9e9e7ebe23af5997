"""Write the description of the interface to docs/reference/openapi.json."""

import json
import os
from pathlib import Path

PLACE = Path(__file__).resolve().parents[2] / "docs/reference/openapi.json"


def main() -> None:
    """Write it anew."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "valedor.config.settings")
    import django

    django.setup()
    from valedor.api.interface import description

    text = json.dumps(description(), indent=1, ensure_ascii=False, sort_keys=True) + "\n"
    PLACE.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
