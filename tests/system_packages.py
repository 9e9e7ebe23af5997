"""What the tests need and no Python package brings: installed on Debian by root, named to
others.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

# The program that must be there, and the package of Debian that brings it.
PROGRAMS = {
    "chromium": "chromium",
    "bearerbox": "kannel",
    "clamd": "clamav-daemon",
    "dovecot": "dovecot-imapd",
    "fakesmsc": "kannel-extras",
    "rspamd": "rspamd",
    "tesseract": "tesseract-ocr tesseract-ocr-cat tesseract-ocr-eng tesseract-ocr-por "
    "tesseract-ocr-spa",
}
# Servers lie where an ordinary account does not look.
PATH = os.pathsep.join(
    [os.environ.get("PATH", ""), "/usr/sbin", "/usr/local/sbin", "/usr/lib/kannel/test"]
)


def main() -> int:
    """0 when everything is there (now); 1 with the command to type when it is not."""
    missing = [
        package for program, package in PROGRAMS.items() if shutil.which(program, path=PATH) is None
    ]
    if not missing:
        return 0
    commands = ["apt-get update", f"apt-get install -y --no-install-recommends {' '.join(missing)}"]
    is_debian = Path("/etc/debian_version").exists() and shutil.which("apt-get")
    if os.geteuid() == 0 and is_debian:
        print(f"Installing what the tests need: {', '.join(missing)}.", flush=True)
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for command in commands:
            if subprocess.run(command.split(), check=False, env=environment).returncode:
                print(f"{command} did not succeed.", file=sys.stderr)
                return 1
        return 0
    print(
        f"The tests need {', '.join(missing)}, which this account cannot install.", file=sys.stderr
    )
    print(f"hint: sudo {commands[0]} && sudo {commands[1]}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
