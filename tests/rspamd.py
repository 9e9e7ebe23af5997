"""A real judge of mail for tests: Debian's rspamd, started by us, that knows one sign of spam."""

import shutil
import signal
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.dovecot import free_port

SUBJECT = "CHEAP PILLS"
_CONFIG = """\
lang_dir = "{home}/languages";
options {{
  pidfile = "{home}/pid";
  filters = "";
  url_tld = "{home}/endings";
  disable_hyperscan = true;
  dns {{ nameserver = ["127.0.0.1:9:1"]; timeout = 0.1s; retransmits = 1; }}
  control_socket = "{home}/control mode=0600";
  history_file = "{home}/history";
}}
logging {{ type = "console"; level = "warning"; }}
worker "normal" {{ bind_socket = "127.0.0.1:{port}"; count = 1; }}
actions {{ reject = 15; add_header = 6; greylist = null; }}
lua = "{home}/sign.lua";
"""
_SIGN = """\
rspamd_config:register_symbol({{
  name = 'SIGN_OF_THE_TEST', score = 9.0, type = 'normal',
  callback = function(task) return (task:get_subject() or ''):find('{subject}') ~= nil end
}})
"""


@contextmanager
def running() -> Iterator[str]:
    """The address of a server that runs as long as the block lasts."""
    home = Path(tempfile.mkdtemp(prefix="valedor-rspamd-"))
    (home / "languages").mkdir()
    (home / "endings").write_text("com\norg\nexample\n")
    (home / "sign.lua").write_text(_SIGN.format(subject=SUBJECT))
    port = free_port()
    (home / "rspamd.conf").write_text(_CONFIG.format(home=home, port=port))
    program = shutil.which("rspamd", path="/usr/bin:/usr/sbin:/usr/local/bin") or "rspamd"
    with (home / "log").open("wb") as log:
        process = subprocess.Popen(
            [program, "-f", "--insecure", "-c", str(home / "rspamd.conf")],
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    try:
        _wait(f"http://127.0.0.1:{port}/ping", process, home / "log")
        yield f"http://127.0.0.1:{port}"
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(10)
        shutil.rmtree(home, ignore_errors=True)


def _wait(url: str, process: "subprocess.Popen[bytes]", log: Path) -> None:
    until = time.monotonic() + 30
    while time.monotonic() < until and process.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=2):  # noqa: S310
                return
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.05)
    raise RuntimeError(f"rspamd did not start: {log.read_text('utf-8', 'replace')}")
