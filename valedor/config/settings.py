"""Every setting, read top to bottom.

Values come from the environment; docs/reference/settings.md lists them.
"""

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _
from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict

from valedor.config import home, listening
from valedor.config.embedded import addresses
from valedor.foundation import environment
from valedor.foundation.environment import BadSetting

PACKAGE = Path(__file__).resolve().parents[1]

# ------------------------------------------------------------------ where it runs
DEMO = environment.boolean("DEMO", default=False)
DEBUG = False
HOST = listening.host()
PORT = listening.port()
PUBLIC_URL = environment.text("PUBLIC_URL", listening.address()).rstrip("/")
PUBLIC_HOST = urlsplit(PUBLIC_URL).hostname or ""
TRUSTED_PROXIES = environment.words("TRUSTED_PROXIES")
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", HOST, PUBLIC_HOST]
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]
VALEDOR_HOME = home.home()
SECRET_KEY = environment.text("SECRET_KEY") or home.secret("secret")


# ------------------------------------------------------------------ database
def _database(address: str) -> dict[str, Any]:
    try:
        parts = conninfo_to_dict(address)
    except ProgrammingError as error:
        raise BadSetting(
            "DATABASE_URL cannot be read: write postgresql://login:password@host:port/name."
        ) from error
    ours = {
        "dbname": "NAME",
        "user": "USER",
        "password": "PASSWORD",
        "host": "HOST",
        "port": "PORT",
    }
    database: dict[str, Any] = {ours[name]: value for name, value in parts.items() if name in ours}
    return database | {
        "ENGINE": "django.db.backends.postgresql",
        "CONN_MAX_AGE": None,
        "OPTIONS": {name: value for name, value in parts.items() if name not in ours}
        | {"application_name": "valedor", "prepare_threshold": 3},
    }


# Two logins: the application's owns nothing and row policies bind it; the owner's migrates.
# A command that needs the owner says so before Django starts (VALEDOR_LOGIN).
DATABASE_URL = environment.text("DATABASE_URL") or addresses.application(VALEDOR_HOME)
DATABASE_OWNER_URL = environment.text("DATABASE_OWNER_URL") or (
    addresses.owner(VALEDOR_HOME) if not environment.text("DATABASE_URL") else ""
)
_login = environment.text("VALEDOR_LOGIN", "application")
DATABASES = {"default": _database(DATABASE_OWNER_URL if _login == "owner" else DATABASE_URL)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Counts attempts to sign in for all web processes together; nothing else needs a cache.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "valedor_cache",
        "OPTIONS": {"MAX_ENTRIES": 10_000},
    }
}

# ------------------------------------------------------------------ packages
INSTALLED_APPS = [
    "valedor.foundation",
    "valedor.design",
    "valedor.people",
    "valedor.procedures",
    "valedor.bodies",
    "valedor.casefile",
    "valedor.knowledge",
    "valedor.intake",
    "valedor.handling",
    "valedor.bookings",
    "valedor.orders",
    "valedor.review",
    "valedor.participants",
    "valedor.disputes",
    "valedor.privacy",
    "valedor.announcing",
    "valedor.programs",
    "valedor.channels",
    "valedor.incidents",
    "valedor.desk",
    "valedor.portal",
    "valedor.api",
    "valedor.config",
    "procrastinate.contrib.django",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "valedor.foundation.logs.CorrelationMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "valedor.foundation.language.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "valedor.desk.signing_in.SignInMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "valedor.desk.signing_in.SetUpMiddleware",  # Before the viewer's, which answers.
    "valedor.casefile.viewing.ViewerMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "valedor.config.urls"
WSGI_APPLICATION = "valedor.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "valedor.config.context.installation",
            ],
        },
    }
]
FORM_RENDERER = "valedor.design.forms.DesignRenderer"

# ------------------------------------------------------------------ sign-in of staff
AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = ["valedor.people.sessions.StaffBackend"]
SESSION_ENGINE = "valedor.people.sessions"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/desk/"
ACCOUNT_ADAPTER = "valedor.people.sign_in.StaffAdapter"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "username*", "password1*"]
ACCOUNT_PRESERVE_USERNAME_CASING = True
ACCOUNT_USER_DISPLAY = "valedor.people.sign_in.name_of"
ACCOUNT_EMAIL_VERIFICATION = "none"  # Administrators give the addresses; nobody signs up.
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_LOGOUT_REDIRECT_URL = "/accounts/login/"
ACCOUNT_LOGIN_ON_PASSWORD_RESET = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "valedor.people.one_time_links.OneTimeLinks"  # noqa: S105
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "10/m/ip,5/5m/key",
    "reset_password": "20/m/ip,5/h/key",
}
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if PUBLIC_URL.startswith("https://") else "http"
PASSWORD_RESET_TIMEOUT = 7 * 86400  # The longest; a link of one's own asking lasts a day.
SESSION_COOKIE_AGE = 12 * 3600
ACCOUNT_SESSION_REMEMBER = False  # The cookie goes with the browser, the session after 12 hours.
MFA_ADAPTER = "valedor.people.second_factor.StaffSecondFactor"
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_TOLERANCE = 1  # Telephones run half a minute fast or slow.
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = False

# ------------------------------------------------------------------ languages and time
LANGUAGE_CODE = "en"
LANGUAGES = [
    ("es", _("Spanish")),
    ("ca", _("Catalan")),
    ("pt-br", _("Portuguese (Brazil)")),
    ("en", _("English")),
]
LOCALE_PATHS = [PACKAGE.parent / "locale"]
LANGUAGE_COOKIE_NAME = "language"
LANGUAGE_COOKIE_AGE = 365 * 86400
USE_TZ = True
TIME_ZONE = "UTC"

# ------------------------------------------------------------------ files
STATIC_URL = "/static/"
STATIC_ROOT = home.home() / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
DOCUMENTS = home.home() / "documents"
DOCUMENT_LIMIT = environment.integer("DOCUMENT_LIMIT", 25 * 2**20, least=2**10)
SUBMISSION_LIMIT = environment.integer("SUBMISSION_LIMIT", 100 * 2**20, least=2**12)
SCAN_LIMIT = environment.integer("SCAN_LIMIT", 100 * 2**20, least=2**12)
TESSERACT = environment.text("TESSERACT", "tesseract")
CLAMD_URL = environment.text("CLAMD_URL")
DATA_UPLOAD_MAX_MEMORY_SIZE = SUBMISSION_LIMIT
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

# ------------------------------------------------------------------ the seal on papers
SEAL_CERTIFICATE = environment.text("SEAL_CERTIFICATE")
SEAL_KEY = environment.text("SEAL_KEY")
SEAL_PKCS12 = environment.text("SEAL_PKCS12")
SEAL_PASSPHRASE = environment.text("SEAL_PASSPHRASE")
TIMESTAMP_URL = environment.text("TIMESTAMP_URL")

# ------------------------------------------------------------------ mail
SMTP_URL = environment.text("SMTP_URL")
MAIL_FROM = environment.text("MAIL_FROM", f"valedor@{PUBLIC_HOST}")
DEFAULT_FROM_EMAIL = MAIL_FROM
RSPAMD_URL = environment.text("RSPAMD_URL")
KEPT_MAIL = home.home() / "mail"
EMAIL_BACKEND = "valedor.channels.email.backend.StaffMail"

# ------------------------------------------------------------------ webhooks
WEBHOOK_NETWORKS = environment.words("WEBHOOK_NETWORKS")

# ------------------------------------------------------------ limits on what a stranger may do
RATE_SUBMISSIONS_PER_HOUR = environment.integer("RATE_SUBMISSIONS_PER_HOUR", 20, least=1)
RATE_WRONG_CODES_PER_HOUR = 10

# ------------------------------------------------------------------ browser security
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "valedor.desk.signing_in.stale_form"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PUBLIC_URL.startswith("https://")
# Behind a proxy that ends TLS: everything but the questions of those who watch goes to https.
_IS_HTTPS = PUBLIC_URL.startswith("https://")
SECURE_SSL_REDIRECT = _IS_HTTPS and bool(TRUSTED_PROXIES)
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 365 * 86400 if _IS_HTTPS else 0
# The rest of the domain is not ours to promise for.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES else None
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    },
}

# ------------------------------------------------------------------ jobs
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "tasks"
WORKER_CONCURRENCY = environment.integer("WORKER_CONCURRENCY", 2, least=1, most=64)

# ------------------------------------------------------------------ log
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "valedor.foundation.logs.LineFormatter"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": environment.text("LOG_LEVEL", "WARNING")},
    "loggers": {"valedor": {"level": environment.text("LOG_LEVEL", "INFO")}},
}
