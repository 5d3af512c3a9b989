"""All settings, read from the environment; README.md explains each variable."""

from datetime import timedelta
from pathlib import Path

import django_stubs_ext
import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

# Lets classes say what they hold, as in ModelAdmin[Standort], also while running.
django_stubs_ext.monkeypatch()

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

DEBUG = env.bool("DEBUG", default=False)
HTTPS = env.bool("HTTPS", default=False)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
SECRET_KEY = env.str("SECRET_KEY", default="only-for-debugging" if DEBUG else "")
if not SECRET_KEY:
    message = "SECRET_KEY is missing: set it to a long random text (./portal start makes one by itself)."
    raise ImproperlyConfigured(message)

# Who runs the portal. While one of these is empty every page says "preview"; administration writes the rest.
OPERATOR = {
    "name": env.str("OPERATOR_NAME", default=""),
    "address": env.str("OPERATOR_ADDRESS", default=""),
    "email": env.str("OPERATOR_EMAIL", default=""),
}

INSTALLED_APPS = [
    # Before ours, which take their pages out of the admin.
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "lokalwillkommen.apps.SiteConfig",
    "lokalwillkommen.accounts.apps.AccountsConfig",
    "lokalwillkommen.caching.apps.CachingConfig",
    "lokalwillkommen.confirming.apps.ConfirmingConfig",
    "lokalwillkommen.contact.apps.ContactConfig",
    "lokalwillkommen.facts.apps.FactsConfig",
    "lokalwillkommen.history.apps.HistoryConfig",
    "lokalwillkommen.legal.apps.LegalConfig",
    "lokalwillkommen.notices.apps.NoticesConfig",
    "lokalwillkommen.operations.apps.OperationsConfig",
    "lokalwillkommen.sign_videos.apps.SignVideosConfig",
    "lokalwillkommen.suggestions.apps.SuggestionsConfig",
    "sprechstunden.apps.SprechstundenConfig",
    "standorte.apps.StandorteConfig",
    "crispy_forms",
    "csp",
    "lokalwillkommen.accounts.apps.StaffAdminConfig",
    "axes",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    "django.forms",
]

MIDDLEWARE = [
    "lokalwillkommen.operations.request_log.log_requests",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "lokalwillkommen.middleware.page_headers",
    "lokalwillkommen.middleware.known_query",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "lokalwillkommen.middleware.german_for_staff",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "lokalwillkommen.accounts.devices.keep_logged_in",
    "lokalwillkommen.accounts.second_factor.ask_for_second_factor",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "lokalwillkommen.urls"
WSGI_APPLICATION = "lokalwillkommen.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "lokalwillkommen.context.page",
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static"],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CRISPY_ALLOWED_TEMPLATE_PACKS = "willkommen"
CRISPY_TEMPLATE_PACK = "willkommen"

DATABASES = {"default": env.db_url("DATABASE_URL", default=f"sqlite:///{BASE_DIR / 'var' / 'db.sqlite3'}")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # Opening and closing the file costs a sixth of a page.
    DATABASES["default"]["CONN_MAX_AGE"] = 600
    # IMMEDIATE takes the write lock at once, so that two savers wait instead of failing half-way;
    # FULL keeps what was answered "saved" through a power cut.
    DATABASES["default"].setdefault("OPTIONS", {}).update(
        {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
        }
    )
else:
    DATABASES["default"].setdefault("OPTIONS", {}).setdefault("pool", True)
# Where whole pages are kept: in the memory of each process, or in a Redis or Valkey that several nodes share.
CACHES = {"default": env.cache_url("CACHE_URL", default="locmemcache://pages")}
CACHES["default"]["OPTIONS"] = {
    # About as many pages as the network has in all languages, of some 12 KB each.
    "django.core.cache.backends.locmem.LocMemCache": {"MAX_ENTRIES": 1000},
    # Making a page anew takes less time.
    "django.core.cache.backends.redis.RedisCache": {"socket_timeout": 0.2, "socket_connect_timeout": 0.2},
}[CACHES["default"]["BACKEND"]]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

# Logging in: allauth asks, axes counts (docs/decisions/0026). Addresses stand in accounts/urls.py; nobody signs up.
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "admin:index"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "lokalwillkommen.accounts.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "lokalwillkommen.accounts.links.LinkTokens"  # noqa: S105  # a class
ACCOUNT_FORMS = {
    name: f"lokalwillkommen.accounts.forms.{form}"
    for name, form in {
        "login": "LoginForm",
        "reauthenticate": "ReauthenticateForm",
        "change_password": "ChangePasswordForm",
        "reset_password": "ResetPasswordForm",
        "reset_password_from_key": "ResetPasswordKeyForm",
    }.items()
}
MFA_ADAPTER = "lokalwillkommen.accounts.adapters.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "lokal willkommen"
# Clocks of phones are seldom right to the second: the code before and after count as well.
MFA_TOTP_TOLERANCE = 1
# Accounts are made by invitation to an address, so allauth's own list of verified ones stays empty.
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_FORMS = {
    name: f"lokalwillkommen.accounts.forms.{form}"
    for name, form in {
        "authenticate": "AuthenticateForm",
        "reauthenticate": "CodeAgainForm",
        "activate_totp": "ActivateTOTPForm",
        "add_webauthn": "AddWebAuthnForm",
        "edit_webauthn": "EditWebAuthnForm",
    }.items()
}
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
# So the page that says "15 minutes" is right, however often somebody tries.
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_RESET_ON_SUCCESS = True
AXES_CLIENT_IP_CALLABLE = "lokalwillkommen.accounts.locking.client_address"
AXES_USERNAME_CALLABLE = "lokalwillkommen.accounts.locking.user_name"
AXES_LOCKOUT_CALLABLE = "lokalwillkommen.accounts.locking.locked"
AXES_SENSITIVE_PARAMETERS = ["username", "ip_address", "login", "next", "csrfmiddlewaretoken"]
AXES_DISABLE_ACCESS_LOG = True
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
SESSION_COOKIE_AGE = 30 * 24 * 3600
PASSWORD_RESET_TIMEOUT = 7 * 24 * 3600

LANGUAGE_CODE = "de"
# What the site speaks, in the order of its language switch; their names come from CLDR.
_LANGUAGE_CODES = ("de", "de-x-leicht", "en", "ar", "fa", "uk", "ru", "tr", "fr", "ro", "bg", "pl")
LANGUAGES = [(code, code) for code in _LANGUAGE_CODES]
# Whose sentences a native speaker has read; the page about the network names the others.
REVIEWED_LANGUAGES = ("de",)
# A service like LibreTranslate that proposes translations to translators; without an address there is none.
MACHINE_TRANSLATION_URL = env.str("MACHINE_TRANSLATION_URL", default="")
MACHINE_TRANSLATION_KEY = env.str("MACHINE_TRANSLATION_KEY", default="")
TIME_ZONE = "Europe/Berlin"
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "var" / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "lokalwillkommen.staticfiles.JoinedStaticFilesStorage"},
}

# Films that administration uploads; a backup holds them.
MEDIA_URL = "media/"
MEDIA_ROOT = env.str("MEDIA_FOLDER", default=str(BASE_DIR / "var" / "media"))

# WhiteNoise knows it by its whole name only, not with a hash in it.
WHITENOISE_MIMETYPES = {".webmanifest": "application/manifest+json"}

# For how long it stays known who changed something; `forget_people` forgets it.
KEEP_NAMES_DAYS = env.int("KEEP_NAMES_DAYS", default=730)

# Where `daily` writes backups; empty: nowhere.
BACKUP_FOLDER = env.str("BACKUP_FOLDER", default="")

EMAIL_CONFIG = env.email_url("EMAIL_URL", default="consolemail://")
vars().update(EMAIL_CONFIG)
EMAIL_TIMEOUT = 20  # seconds; a mail server that hangs must not hold up the mails behind it
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default=OPERATOR["email"] or "webmaster@localhost")

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "media-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    },
}
# With "no-referrer" browsers send "Origin: null" and staff could not log in.
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
# Neighbours on the same domain may not be ready for it, and preloading is hard to undo.
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = env.bool("HSTS_SUBDOMAINS", default=False)
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
SECURE_REDIRECT_EXEMPT = [r"^(healthz|readyz)$"]
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
BEHIND_PROXY = env.bool("BEHIND_PROXY", default=False)
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# Nothing about a visitor is logged: no address, no path, no query; lines go to standard error.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "lokalwillkommen.operations.request_log.JsonLines"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "line"},
        "nowhere": {"class": "logging.NullHandler"},
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": [], "propagate": True},
        "lokalwillkommen.requests": {"level": "INFO"},
        # Anybody can ask for any path and any host; what they typed is not ours to keep.
        "django.request": {"level": "ERROR"},
        "django.security.DisallowedHost": {"handlers": ["nowhere"], "propagate": False},
    },
}
