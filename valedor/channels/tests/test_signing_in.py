"""Signing in to a real IMAP server by a token, and over connections that are made safe."""

import threading
import time
import urllib.parse
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests import dovecot
from tests.dovecot import PASSWORD, Dovecot
from valedor.channels.email import imap, oauth
from valedor.channels.email.imap import Folder, Server, Unreachable
from valedor.channels.email.oauth import Grant
from valedor.channels.tests.certificates import a_server_context, an_authority

NAME = "ana"
REFRESH, TOKEN = "a-refresh-token", "an-access-token"


class _Tokens(BaseHTTPRequestHandler):
    """Gives a token for the refresh token, and says of whom a token is."""

    given: list[str] = []

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
        said = dict(urllib.parse.parse_qsl(body))
        answer = '{"active": false}'
        if self.path == "/token" and said.get("refresh_token") == REFRESH:
            self.given.append(TOKEN)
            answer = f'{{"access_token": "{TOKEN}", "expires_in": 3600}}'
        elif self.path.startswith("/introspect") and said.get("token") == TOKEN:
            answer = f'{{"active": true, "username": "{NAME}"}}'
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(answer.encode())

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Tests print nothing."""


@pytest.fixture(scope="module")
def tokens_at() -> Iterator[int]:
    service = ThreadingHTTPServer(("127.0.0.1", 0), _Tokens)
    threading.Thread(target=service.serve_forever, daemon=True).start()
    yield service.server_address[1]
    service.shutdown()
    service.server_close()


@pytest.fixture(scope="module")
def authority_file(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The file of who signs, and that of the server with key and certificate."""
    folder = tmp_path_factory.mktemp("tls")
    authority = an_authority(folder)
    a_server_context(authority, folder, address="127.0.0.1")
    return authority.file, folder / "127.0.0.1.pem"


@pytest.fixture(scope="module")
def server(tokens_at: int, authority_file: tuple[Path, Path]) -> Iterator[Dovecot]:
    with dovecot.running(certificate=authority_file[1], tokens_at=tokens_at) as server:
        yield server


@pytest.fixture
def trusted(authority_file: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("SSL_CERT_FILE", str(authority_file[0]))
    imap._trust.cache_clear()
    yield
    imap._trust.cache_clear()


def at(server: Dovecot, security: str, grant: Grant | None = None) -> Server:
    return Server(
        host="127.0.0.1",
        port=server.tls_port if security == "tls" else server.port,
        security=security,
        login=NAME,
        folder="INBOX",
        password="" if grant else PASSWORD,
        grant=grant,
    )


@pytest.mark.usefixtures("trusted")
@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_a_trusted_server_is_read_over_a_safe_connection(server: Dovecot, security: str) -> None:
    with Folder(at(server, security)) as folder:
        assert folder.waits
        assert folder.after(0) == []


@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_a_server_that_nobody_vouches_for_hears_no_password(server: Dovecot, security: str) -> None:
    imap._trust.cache_clear()
    with pytest.raises(Unreachable, match=r"certificate of 127\.0\.0\.1 is not trusted"):
        Folder(at(server, security))


@pytest.mark.usefixtures("trusted")
def test_a_token_is_asked_for_once_and_lets_us_in(server: Dovecot, tokens_at: int) -> None:
    _Tokens.given.clear()
    grant = Grant(f"http://127.0.0.1:{tokens_at}/token", "valedor", REFRESH)
    for security in ("none", "starttls", "tls"):
        with Folder(at(server, security, grant)) as folder:
            assert folder.after(0) == []
    assert _Tokens.given == [TOKEN]
    oauth.forget(grant)


def test_a_token_that_the_server_refuses_is_asked_for_anew(
    server: Dovecot, tokens_at: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    grant = Grant(f"http://127.0.0.1:{tokens_at}/token", "valedor", REFRESH, "secret")
    with monkeypatch.context() as stale:
        stale.setitem(oauth._known, grant, ("ended", time.monotonic() + 3600))
        with pytest.raises(Unreachable, match="does not let ana in"):
            Folder(at(server, "none", grant))
        with Folder(at(server, "none", grant)) as folder:
            assert folder.after(0) == []


def test_who_has_no_right_gets_no_token(server: Dovecot, tokens_at: int) -> None:
    grant = Grant(f"http://127.0.0.1:{tokens_at}/token", "valedor", "stolen")
    with pytest.raises(Unreachable, match="gave no token"):
        Folder(at(server, "none", grant))
