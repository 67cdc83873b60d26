"""Which Django apps are installed, in which order a request passes them, and how it is served."""

INSTALLED_APPS = [
    "vliegwiel.apps.regions",
    "vliegwiel.apps.intake",
    "vliegwiel.apps.trajectories",
    "vliegwiel.apps.figures",
    "vliegwiel.apps.offers",
    "vliegwiel.apps.instruments",
    "vliegwiel.apps.insights",
    "vliegwiel.apps.yardstick",
    "vliegwiel.apps.initiatives",
    "vliegwiel.apps.agenda",
    "vliegwiel.apps.continuity",
    "vliegwiel.apps.explorer",
    "vliegwiel.apps.pilots",
    "vliegwiel.apps.decisions",
    "vliegwiel.web",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "csp",
    "django_cotton.apps.SimpleAppConfig",
    "procrastinate.contrib.django",
    "rules.apps.AutodiscoverRulesConfig",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django.forms",
]

MIDDLEWARE = [
    # First what every answer carries, also that of a refused host: number, headers, policy.
    "vliegwiel.web.request_log.RequestLog",
    "vliegwiel.web.headers.Headers",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    # A watching machine asks by address, without HTTPS and without a session.
    "vliegwiel.web.pages.health.probes.Probes",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "vliegwiel.web.login.middleware.RequireSecondFactor",
    "vliegwiel.web.login.kept.RememberPerson",
]

ROOT_URLCONF = "vliegwiel.site.urls"
WSGI_APPLICATION = "vliegwiel.web.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
