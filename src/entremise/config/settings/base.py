"""What every installation shares. The environment is read in `production.py` and `demo.py` alone."""

from pathlib import Path

from csp.constants import NONE, SELF

from entremise.config.settings.logging import LOGGING  # noqa: F401 - read by Django

APPS = [
    "core",
    "journal",
    "keys",
    "documents",
    "accounts",
    "places",
    "directory",
    "intercultural",
    "competences",
    "privacy",
    "sync",
    "presence",
    "interventions",
    "safety",
    "mediations",
    "statistics",
    "notebook",
    "practice",
    "certification",
    "demonstration",
]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "axes",
    "csp",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "template_partials.apps.SimpleAppConfig",
    *(f"entremise.{name}" for name in APPS),
]

MIDDLEWARE = [
    "entremise.config.middleware.RequestLogMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "entremise.config.middleware.PrivatePagesMiddleware",
    "entremise.config.middleware.SignInMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "entremise.accounts.middleware.ActorMiddleware",
    "entremise.accounts.middleware.GateMiddleware",
    "entremise.config.middleware.RefusalMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            "loaders": [
                (
                    "template_partials.loader.Loader",
                    [
                        (
                            "django.template.loaders.cached.Loader",
                            ["django.template.loaders.app_directories.Loader"],
                        )
                    ],
                )
            ],
            "builtins": [
                "template_partials.templatetags.partials",
                "django.templatetags.static",
                "django.contrib.humanize.templatetags.humanize",
                "entremise.core.templatetags.ui",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "entremise.accounts.context.workspace",
                "entremise.core.ui.context.installation",
            ],
        },
    }
]
FORM_RENDERER = "entremise.core.ui.forms.Renderer"

DATABASE_ROUTERS = ["entremise.keys.router.KeysRouter"]

ROOT_URLCONF = "entremise.config.urls"
WSGI_APPLICATION = "entremise.config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

DEMO = False

LANGUAGE_CODE = "fr"
TIME_ZONE = "Europe/Paris"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "entremise.core.static.Storage"},
}
STATICFILES_FINDERS = [
    "entremise.core.static.AppFinder",
    "entremise.core.static.FontFinder",
]

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
    "entremise.accounts.proconnect.ProConnectBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("display_name", "email")},
    },
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "accounts:sign_in"
LOGIN_REDIRECT_URL = "/"
SESSION_ENGINE = "entremise.accounts.sessions"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 3600
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "entremise.config.views.csrf_failure"

AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_DISABLE_ACCESS_LOG = True
AXES_VERBOSE = False
AXES_ENABLE_ADMIN = False

AXES_USERNAME_FORM_FIELD = "email_hash"  # the address itself never reaches the table of lock-outs
AXES_SENSITIVE_PARAMETERS = ["email", "password", "next", "code", "state", "csrfmiddlewaretoken"]
AXES_CLIENT_IP_CALLABLE = "entremise.accounts.device.client_mark"
AXES_LOCKOUT_CALLABLE = "entremise.accounts.views.sign_in.lockout"
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False  # so that the hour we announce holds
TRUSTED_PROXIES = 0  # how many reverse proxies of ours stand in front

PASSWORD_RESET_TIMEOUT = 3600

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024  # two million signs of any script, six bytes each once encoded
FILE_UPLOAD_MAX_MEMORY_SIZE = 3 * 1024 * 1024
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.TemporaryFileUploadHandler"]

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

EMAIL_SUBJECT_PREFIX = "[Entremise] "
DEFAULT_FROM_EMAIL = "Entremise <ne-pas-repondre@entremise.invalid>"
EMAIL_TIMEOUT = 20

# No backup unless a folder is given.
MASTER_KEY_PREVIOUS = ""
BACKUPS: Path | None = None
KEY_BACKUPS: Path | None = None
BACKUPS_DAYS = 90
KEY_BACKUPS_DAYS = 30

# OIDC (ProConnect) is off unless configured.
PROCONNECT: dict[str, object] | None = None

# The national service of the VAE: no address, nothing leaves.
VAE_SERVICE = ""
