"""Who may come in: staff through their organisation, local accounts with a second factor."""

from urllib.parse import urlsplit

from .environment import MODE, PRODUCTION, env, faults

AUTH_USER_MODEL = "regions.User"
AUTHENTICATION_BACKENDS = [
    "rules.permissions.ObjectPermissionBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = (
    ["django.contrib.auth.hashers.MD5PasswordHasher"]
    if MODE == "test"
    else ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
)
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "home"

ACCOUNT_ADAPTER = "vliegwiel.web.login.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
# A working day; whoever shares a computer logs out. No question about it on the login page.
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_PREVENT_ENUMERATION = True
# A link to choose a new password works for two hours: the mail says so.
PASSWORD_RESET_TIMEOUT = 2 * 3600
# Rates are "times/period/of what"; the rest are allauth's own.
ACCOUNT_RATE_LIMITS = {
    "login_failed": "10/m/ip,5/5m/key",
    "keep_typed": "10/m/ip",
    "begin_answer": "30/m/ip",
    # A team in one room, each keeping his answers a few times, is one address.
    "save_answer": "120/m/ip",
}

MFA_ADAPTER = "vliegwiel.web.login.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
# Accounts are made by an administrator who knows the address; nobody signs up.
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_ISSUER = "Vliegwiel"
# A local account without a second factor is only good enough where nothing real is kept.
MFA_REQUIRED = env.bool("REQUIRE_SECOND_FACTOR", default=PRODUCTION)

SOCIALACCOUNT_ADAPTER = "vliegwiel.web.login.adapters.SocialAccountAdapter"
SOCIALACCOUNT_ONLY = False
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
SOCIALACCOUNT_AUTO_SIGNUP = True
SOCIALACCOUNT_LOGIN_ON_GET = False
SOCIALACCOUNT_OPENID_CONNECT_URL_PREFIX = "organisation"
OIDC_ISSUER = env.str("OIDC_ISSUER", default="").rstrip("/")
OIDC_CLIENT_ID = env.str("OIDC_CLIENT_ID", default="")
OIDC_CLIENT_SECRET = env.str("OIDC_CLIENT_SECRET", default="")
# {"group at the organisation": ["region code", "role"]}; another group gives nothing.
OIDC_GROUPS = env.json("OIDC_GROUPS", default={})
OIDC_GROUPS_CLAIM = env.str("OIDC_GROUPS_CLAIM", default="groups")
# Where the organisation's login page lives, when that is not the host of the issuer: a browser
# follows a form only to hosts that the policy names.
OIDC_FORM_ORIGINS = env.list("OIDC_FORM_ORIGINS", default=[])

if OIDC_ISSUER:
    _issuer = urlsplit(OIDC_ISSUER)
    OIDC_FORM_ORIGINS = [f"{_issuer.scheme}://{_issuer.netloc}", *OIDC_FORM_ORIGINS]
    if PRODUCTION and _issuer.scheme != "https":
        faults.append("VLIEGWIEL_OIDC_ISSUER must begin with https://.")
    if not (OIDC_CLIENT_ID and OIDC_CLIENT_SECRET):
        faults.append(
            "VLIEGWIEL_OIDC_ISSUER is set, so VLIEGWIEL_OIDC_CLIENT_ID and "
            "VLIEGWIEL_OIDC_CLIENT_SECRET are needed too."
        )
if not isinstance(OIDC_GROUPS, dict) or not all(
    isinstance(given, list) and len(given) == 2 for given in OIDC_GROUPS.values()
):
    faults.append(
        'VLIEGWIEL_OIDC_GROUPS must look like {"group": ["JZ10", "analyst"]}: '
        "a region code and a role for each group."
    )

SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "provider_class": "vliegwiel.web.login.organisation.provider.OrganisationProvider",
        "APPS": [
            {
                "provider_id": "staff",
                "name": env.str("OIDC_NAME", default="OpenID Connect"),
                "client_id": OIDC_CLIENT_ID,
                "secret": OIDC_CLIENT_SECRET,
                "settings": {"server_url": OIDC_ISSUER, "oauth_pkce_enabled": True},
            }
        ]
        if OIDC_ISSUER
        else [],
    }
}

__all__ = [
    "ACCOUNT_ADAPTER",
    "ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS",
    "ACCOUNT_EMAIL_VERIFICATION",
    "ACCOUNT_LOGIN_METHODS",
    "ACCOUNT_PREVENT_ENUMERATION",
    "ACCOUNT_RATE_LIMITS",
    "ACCOUNT_SESSION_REMEMBER",
    "ACCOUNT_SIGNUP_FIELDS",
    "ACCOUNT_USER_MODEL_USERNAME_FIELD",
    "AUTHENTICATION_BACKENDS",
    "AUTH_PASSWORD_VALIDATORS",
    "AUTH_USER_MODEL",
    "LOGIN_REDIRECT_URL",
    "LOGIN_URL",
    "LOGOUT_REDIRECT_URL",
    "MFA_ADAPTER",
    "MFA_ALLOW_UNVERIFIED_EMAIL",
    "MFA_REQUIRED",
    "MFA_SUPPORTED_TYPES",
    "MFA_TOTP_ISSUER",
    "OIDC_CLIENT_ID",
    "OIDC_FORM_ORIGINS",
    "OIDC_GROUPS",
    "OIDC_GROUPS_CLAIM",
    "OIDC_ISSUER",
    "PASSWORD_HASHERS",
    "PASSWORD_RESET_TIMEOUT",
    "SOCIALACCOUNT_ADAPTER",
    "SOCIALACCOUNT_AUTO_SIGNUP",
    "SOCIALACCOUNT_EMAIL_AUTHENTICATION",
    "SOCIALACCOUNT_LOGIN_ON_GET",
    "SOCIALACCOUNT_ONLY",
    "SOCIALACCOUNT_OPENID_CONNECT_URL_PREFIX",
    "SOCIALACCOUNT_PROVIDERS",
]
