"""When the embedded server cannot be used: what happened and what can be typed."""


class ServerFailed(Exception):
    """The embedded server cannot be used. ``hint`` says what can be typed."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


def not_ours(folder: object) -> ServerFailed:
    """The folders were made by another account."""
    return ServerFailed(
        f"{folder} belongs to another account.",
        "start as the account that started first, or set VALEDOR_HOME to another folder",
    )
