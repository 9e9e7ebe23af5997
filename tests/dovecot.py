"""A real IMAP server for tests: Debian's Dovecot, started by us, with mailboxes of its own.

Root and ordinary accounts alike: every process of it runs as whoever started it, or as the account
``nobody`` where that is root, since Dovecot lets no mailbox belong to root.
"""

import grp
import os
import pwd
import shutil
import signal
import socket
import ssl
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from imapclient import IMAPClient

PASSWORD = "horse-battery"
_CONFIG = """\
base_dir = {home}/run
state_dir = {home}/state
log_path = {home}/log
protocols = imap
listen = 127.0.0.1
ssl = {ssl}
{certificate}
disable_plaintext_auth = no
auth_mechanisms = plain login xoauth2 oauthbearer
default_internal_user = {user}
default_internal_group = {group}
default_login_user = {user}
mail_location = maildir:{home}/mail/%u
first_valid_uid = 0
mail_uid = {user}
mail_gid = {group}
imap_idle_notify_interval = 1 min
passdb {{
  driver = static
  args = password={password}
  mechanisms = plain login
}}
passdb {{
  driver = oauth2
  mechanisms = xoauth2 oauthbearer
  args = {home}/oauth.conf
}}
userdb {{
  driver = static
  args = uid={user} gid={group} home={home}/mail/%u
}}
namespace inbox {{
  inbox = yes
  separator = /
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = {tls_port}
    ssl = yes
  }}
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
service imap {{
  process_limit = 50
}}
"""
_OAUTH = """\
introspection_mode = post
introspection_url = http://127.0.0.1:{port}/introspect
username_attribute = username
active_attribute = active
active_value = true
"""


@dataclass(frozen=True)
class Dovecot:
    """The server while it runs. Any name is a mailbox, all with the same password."""

    home: Path
    port: int
    tls_port: int

    @contextmanager
    def signed_in(self, name: str) -> Iterator[IMAPClient]:
        """A client of the test's own, in the mailbox's INBOX."""
        client = IMAPClient("127.0.0.1", self.port, ssl=False)
        try:
            client.login(name, PASSWORD)
            client.select_folder("INBOX")
            yield client
        finally:
            client.logout()

    def put(self, name: str, *messages: bytes, since: datetime | None = None) -> None:
        """Let messages arrive in a mailbox, or have them lie there since a moment."""
        with self.signed_in(name) as client:
            for message in messages:
                client.append("INBOX", message, msg_time=since)

    def count(self, name: str, folder: str = "INBOX") -> int:
        """How many messages lie in a folder."""
        with self.signed_in(name) as client:
            client.select_folder(folder)
            return len(client.search())


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(*, certificate: Path | None = None, tokens_at: int = 0) -> Iterator[Dovecot]:
    """Run a server as long as the block lasts. ``certificate`` is a file with key and certificate;
    ``tokens_at`` the port of the service that knows the tokens.
    """
    home = Path(tempfile.mkdtemp(prefix="valedor-dovecot-"))
    user = "nobody" if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name
    entry = pwd.getpwnam(user)
    group = grp.getgrgid(entry.pw_gid).gr_name
    server = Dovecot(home, free_port(), free_port())
    for name in ("run", "state", "mail"):
        (home / name).mkdir()
    if os.geteuid() == 0:
        for path in (home, home / "state", home / "mail"):
            os.chown(path, entry.pw_uid, entry.pw_gid)
    home.chmod(0o755)
    said = f"ssl_cert = <{certificate}\nssl_key = <{certificate}" if certificate else ""
    (home / "dovecot.conf").write_text(
        _CONFIG.format(
            home=home, user=user, group=group, port=server.port, tls_port=server.tls_port,
            password=PASSWORD, ssl="yes" if certificate else "no", certificate=said,
        )
    )  # fmt: skip
    (home / "oauth.conf").write_text(_OAUTH.format(port=tokens_at))
    process = subprocess.Popen(
        [shutil.which("dovecot", path="/usr/sbin:/usr/bin:/bin") or "dovecot", "-F", "-c",
         str(home / "dovecot.conf")],
    )  # fmt: skip
    try:
        _wait(server, process)
        yield server
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(20)
        shutil.rmtree(home, ignore_errors=True)


def _wait(server: Dovecot, process: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + 20
    while time.monotonic() < until:
        if process.poll() is not None:
            break
        try:
            with socket.create_connection(("127.0.0.1", server.port), 2) as found:
                if found.recv(10).startswith(b"* OK"):
                    return
        except OSError:
            time.sleep(0.05)
    log = server.home / "log"
    raise RuntimeError(f"Dovecot did not start: {log.read_text() if log.exists() else 'no log'}")


def trusting(certificate: Path) -> ssl.SSLContext:
    """A context that trusts this certificate alone."""
    return ssl.create_default_context(cafile=str(certificate))
