"""The settings of a test process: a home of its own under /tmp and a database of its own."""

import atexit
import os
import shutil
import tempfile

from tests import server

_OURS = (
    "DATABASE_",
    "SMTP_",
    "MAIL_",
    "PUBLIC_",
    "TRUSTED_",
    "RATE_",
    "WEB_",
    "WORKER_",
    "VALEDOR_",
)
_KEPT = {"VALEDOR_REAL_DATA"}
for _name in [name for name in os.environ if name.startswith(_OURS) and name not in _KEPT]:
    del os.environ[_name]
for _name in ("HOST", "PORT", "SECRET_KEY", "LOG_LEVEL"):
    os.environ.pop(_name, None)

_home = tempfile.mkdtemp(prefix=f"valedor-test-{os.getpid()}-")
os.mkdir(os.path.join(_home, "static"))
atexit.register(shutil.rmtree, _home, ignore_errors=True)
os.environ["DEMO"] = "0"
os.environ["VALEDOR_HOME"] = _home
os.environ["DATABASE_URL"] = server.address(server.database_name())

from valedor.config.settings import *  # noqa: E402, F403

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    # Pages name the style sheets as they are; live_site serves the hashed ones.
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# The real one takes a tenth of a second by design.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
