"""VALEDOR_HOME: where an installation keeps what is not in its database, and the secret made at
first start.
"""

import os
import secrets
from pathlib import Path

from valedor.foundation import environment

ROOT = Path(__file__).resolve().parents[2]


def home() -> Path:
    """The folder of this installation; ``var/`` beside the code unless VALEDOR_HOME says
    otherwise.
    """
    return environment.path("VALEDOR_HOME", ROOT / "var")


def folder(name: str, *, private: bool = True) -> Path:
    """A folder of the installation, made when missing (mode 700 when private)."""
    made = home() / name
    made.mkdir(parents=True, exist_ok=True, mode=0o700 if private else 0o755)
    return made


def secret(name: str) -> str:
    """A secret kept in ``keys/``, drawn at first use.

    Two processes that start together agree on one.
    """
    kept = folder("keys") / name
    try:
        return kept.read_text(encoding="ascii").strip()
    except FileNotFoundError:
        pass
    drawn = kept.with_name(f".{name}.{os.getpid()}")
    drawn.touch(mode=0o600)
    drawn.write_text(secrets.token_urlsafe(48), encoding="ascii")
    try:
        os.link(drawn, kept)
    except FileExistsError:
        pass
    finally:
        drawn.unlink()
    return kept.read_text(encoding="ascii").strip()


def unfinished_demonstration() -> Path:
    """The mark of a demonstration that is being made; one that is found was interrupted."""
    return home() / "demonstration.unfinished"
