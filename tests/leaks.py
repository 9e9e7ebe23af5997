"""Nothing that is committed holds a secret, a path of somebody's machine or a registry's
address.
"""

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]

SECRETS = {
    "a private key": r"-----BEGIN [A-Z ]*PRIVATE KEY-----",
    "an access key of a cloud": r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b",
    "a token of a code host": r"\b(?:gh[pousr]_[A-Za-z0-9]{36}|glpat-[A-Za-z0-9_-]{20})\b",
    "a token of a chat service": r"\bxox[abprs]-[A-Za-z0-9-]{10,}\b",
    "a password in an address": r"\b(?:postgres(?:ql)?|smtps?|https?)://[^\s:/@\"'{}<]+:"
    r"(?!pass(?:word)?@|secret@|…)[^\s/@\"'{}<]+@(?!host\b|example\.|localhost|127\.)[\w.-]+",
}
LOCK_FILES = {
    "the address of a registry": r"https?://|--(?:extra-)?index-url|--find-links",
    "a path of this machine": r"file:|^\s*/|@ /",
}


def problems(root: Path = ROOT) -> list[str]:
    """A line for each finding, with file and line number; the finding itself is not repeated."""
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard"],
        check=True,
        capture_output=True,
        text=True,
        cwd=root,
    ).stdout.splitlines()
    found = []
    for name in listed:
        try:
            text = (root / name).read_text("utf-8")
        except (UnicodeDecodeError, FileNotFoundError, IsADirectoryError):
            continue
        found += _in(name, text, SECRETS)
        if name.startswith("requirements/") and name.endswith(".txt"):
            code = "\n".join(line.split("#")[0] for line in text.splitlines())
            found += _in(name, code, LOCK_FILES)
    return found


def _in(name: str, text: str, patterns: dict[str, str]) -> list[str]:
    return [
        f"{name}:{text[: match.start()].count(chr(10)) + 1}: {what}"
        for what, pattern in patterns.items()
        for match in re.finditer(pattern, text, re.MULTILINE)
    ]


if __name__ == "__main__":
    lines = problems()
    print("\n".join(lines))
    sys.exit(1 if lines else 0)
