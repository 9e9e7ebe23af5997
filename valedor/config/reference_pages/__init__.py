"""The pages of ``docs/reference/`` that are written from the code: what it does is what they say.

``make docs`` writes them; ``make check`` compares what is committed with what would be written.
"""

from collections.abc import Callable


def pages() -> dict[str, Callable[[], str]]:
    """Each page by the name of its file. Django is set up before anybody asks."""
    from valedor.api.describe import written
    from valedor.config.configuration.reference import reference

    from . import bodies, commands, facts, limits, permissions

    return {
        "bodies.md": bodies.page,
        "commands.md": commands.page,
        "configuration.md": reference,
        "facts.md": facts.page,
        "limits.md": limits.page,
        "openapi.json": written,
        "permissions.md": permissions.page,
    }
