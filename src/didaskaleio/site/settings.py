"""Settings (ρυθμίσεις): everything that a deployment may choose comes from the environment."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import urlsplit

from didaskaleio.site.backing import database, files

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(os.environ.get("DIDASKALEIO_VAR", "var")).resolve()

DEMO = os.environ.get("DIDASKALEIO_DEMO") == "1"
DEBUG = False
SECRET_KEY = os.environ.get("DIDASKALEIO_SECRET_KEY") or (
    "demonstration-only-not-a-secret" if DEMO or "PYTEST_VERSION" in os.environ else ""
)
ALLOWED_HOSTS = os.environ.get("DIDASKALEIO_HOSTS", "127.0.0.1,localhost,[::1],testserver").split(
    ","
)
# personal data at rest: the first seals, all of them open (see ``kernel.sealed``)
DATA_KEYS = [key for key in os.environ.get("DIDASKALEIO_DATA_KEYS", "").split(",") if key] or [
    SECRET_KEY
]
BASE_URL = os.environ.get("DIDASKALEIO_BASE_URL", "http://127.0.0.1:8000")
SECURE = BASE_URL.startswith("https://")
CSRF_TRUSTED_ORIGINS = [BASE_URL] if SECURE else []

# how many proxies of our own stand before the pages: whose X-Forwarded-For is believed
PROXIES = int(os.environ.get("DIDASKALEIO_PROXIES", "1" if SECURE else "0"))


def limits(given: str) -> dict[str, tuple[int, int]]:
    """Limits of tries from ``name=times/seconds, …`` (see ``kernel.limits``)."""
    parts = [part.strip().partition("=") for part in given.split(",") if part.strip()]
    pairs = {name: rest.partition("/") for name, _, rest in parts}
    return {name: (int(times), int(seconds)) for name, (times, _, seconds) in pairs.items()}


LIMITS = limits(os.environ.get("DIDASKALEIO_LIMITS", ""))

ROOMS = (
    "kernel",
    "structures",
    "people",
    "credentials",
    "surveys",
    "courses",
    "registers",
    "directory",
    "programmes",
    "enrolment",
    "delivery",
    "completion",
    "small_actions",
    "finance",
    "observatory",
    "portal",
    "connectors",
    "site",
)
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.postgres",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_htmx",
    "procrastinate.contrib.django",
    *(f"didaskaleio.{room}" for room in ROOMS),
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "didaskaleio.kernel.web.middleware.headers",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "didaskaleio.people.web.middleware.ActorMiddleware",
    "didaskaleio.kernel.web.middleware.sizes",
    "didaskaleio.kernel.web.middleware.RefusalMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]
ROOT_URLCONF = "didaskaleio.site.urls"
WSGI_APPLICATION = "didaskaleio.site.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "didaskaleio.site.context.shell",
            ],
        },
    },
]


DATABASES = {
    "default": database(
        os.environ.get("DATABASE_URL", "postgresql:///didaskaleio"),
        pool=os.environ.get("DIDASKALEIO_DB_POOL", ""),
        pooler=os.environ.get("DIDASKALEIO_POOLER") == "1",
    )
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "didaskaleio.people.rules.Similarity",
        "OPTIONS": {"user_attributes": ("username", "surname", "given_name", "email")},
    },
    {"NAME": "didaskaleio.people.rules.Length", "OPTIONS": {"min_length": 11}},
    {"NAME": "didaskaleio.people.rules.Common"},
]
LOGIN_URL = "people:login"
LOGIN_REDIRECT_URL = "portal:home"
LOGOUT_REDIRECT_URL = "portal:front"

SESSION_ENGINE = "didaskaleio.people.web.session_store"
# cookies know no ports: two demonstrations on one machine must not sign each other's people out
COOKIE_MARK = f"-{urlsplit(BASE_URL).port or ''}" if DEMO else ""
SESSION_COOKIE_NAME = f"sessionid{COOKIE_MARK}"
CSRF_COOKIE_NAME = f"csrftoken{COOKIE_MARK}"
MESSAGE_STORAGE = "didaskaleio.kernel.web.messages.Storage"
SESSION_COOKIE_AGE = 60 * 60 * 8
# of whoever holds a post other than teacher and trainer (people/web/sessions.py)
IDLE_MINUTES = int(os.environ.get("DIDASKALEIO_IDLE_MINUTES", "60"))
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
if SECURE:  # a neighbour under the same domain cannot set these
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-sessionid", "__Host-csrftoken"
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SECURE_SSL_REDIRECT = SECURE
SECURE_REDIRECT_EXEMPT = [r"^(healthz|readyz)$"]  # probes come plain, and by the address alone
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = SECURE
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "worker-src": ["'self'"],
        "style-src": ["'self'"],
        "font-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
        "manifest-src": ["'self'"],
    },
}

# the platform's own deployment checks say the same, in Greek and once (site/checks.py)
SILENCED_SYSTEM_CHECKS = [
    f"security.W{number}" for number in ("004", "005", "008", "009", "011", "016", "021")
]

LANGUAGE_CODE = "el"
LANGUAGES = [("el", "Ελληνικά")]
USE_I18N = True
TIME_ZONE = "Europe/Athens"
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
MEDIA_ROOT = VAR_DIR / "files"
WHITENOISE_USE_FINDERS = True
WHITENOISE_ROOT = BASE_DIR / "site" / "root"  # favicon.ico and robots.txt stand at the root
STORAGES = {
    "default": files(os.environ.get("DIDASKALEIO_FILES", "")),
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
FILE_UPLOAD_PERMISSIONS = 0o600
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

SMTP_HOST, _, SMTP_PORT = os.environ.get("DIDASKALEIO_SMTP", "127.0.0.1:1025").rpartition(":")
EMAIL_HOST, EMAIL_PORT, EMAIL_TIMEOUT = SMTP_HOST, int(SMTP_PORT), 10
EMAIL_HOST_USER = os.environ.get("DIDASKALEIO_SMTP_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("DIDASKALEIO_SMTP_PASSWORD", "")
EMAIL_USE_TLS = os.environ.get("DIDASKALEIO_SMTP_TLS") == "1"
DEFAULT_FROM_EMAIL = os.environ.get("DIDASKALEIO_FROM", "Διδασκαλείο <noreply@didaskaleio.example>")
MAIL_DIR = VAR_DIR / "mail"
AUTHORITY_DIR = Path(os.environ.get("DIDASKALEIO_AUTHORITY", VAR_DIR / "authority"))
# the ministry's public half: draw secrets are sealed to it (SPEC-draw §1)
ESCROW_KEY = os.environ.get("DIDASKALEIO_ESCROW_KEY", "")

# the JSON service of MySchool, agreed in docs/reference/myschool-openapi.yaml
MYSCHOOL = os.environ.get("DIDASKALEIO_MYSCHOOL", "")
MYSCHOOL_TOKEN = os.environ.get("DIDASKALEIO_MYSCHOOL_TOKEN", "")
# a server of BigBlueButton, the address that ends in /api
BBB = os.environ.get("DIDASKALEIO_BBB", "")
BBB_SECRET = os.environ.get("DIDASKALEIO_BBB_SECRET", "")
# hosts that play its recordings besides itself, as behind a load balancer
BBB_PLAYBACK = os.environ.get("DIDASKALEIO_BBB_PLAYBACK", "").split()
MYSCHOOL_TIMEOUT = float(os.environ.get("DIDASKALEIO_MYSCHOOL_TIMEOUT", "30"))

# a provider of remote signatures that speaks the API v2 of the Cloud Signature Consortium
SIGNING = os.environ.get("DIDASKALEIO_SIGNING", "")
SIGNING_NAME = os.environ.get("DIDASKALEIO_SIGNING_NAME", "")
SIGNING_CLIENT = os.environ.get("DIDASKALEIO_SIGNING_CLIENT", "")
SIGNING_SECRET = os.environ.get("DIDASKALEIO_SIGNING_SECRET", "")
SIGNING_TIMEOUT = float(os.environ.get("DIDASKALEIO_SIGNING_TIMEOUT", "20"))

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "loggers": {"didaskaleio.security": {"level": "INFO"}},
    "root": {"handlers": ["stderr"], "level": os.environ.get("DIDASKALEIO_LOG", "WARNING")},
}
