"""The description of the interface, as docs/reference/openapi.json holds it."""

import json

from valedor.api.interface import description


def written() -> str:
    """The document, in an order that does not change by itself."""
    return json.dumps(description(), indent=1, ensure_ascii=False, sort_keys=True) + "\n"
