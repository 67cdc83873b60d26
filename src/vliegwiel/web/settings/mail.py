"""Mail, only for setting a new password. Without VLIEGWIEL_MAIL_URL pages say whom to ask."""

from .environment import env, faults

_mail = env.dj_email_url("MAIL_URL", default="dummy:")

MAIL_ENABLED = env.str("MAIL_URL", default="") != ""
if "EMAIL_BACKEND" not in _mail:
    faults.append(
        "VLIEGWIEL_MAIL_URL must begin with smtp:, submission: (with TLS) or console:, "
        "for example submission://user:password@host:587."
    )
EMAIL_BACKEND = _mail.get("EMAIL_BACKEND", "django.core.mail.backends.dummy.EmailBackend")
EMAIL_HOST = _mail.get("EMAIL_HOST") or "localhost"
EMAIL_PORT = _mail.get("EMAIL_PORT") or 25
EMAIL_HOST_USER = _mail.get("EMAIL_HOST_USER") or ""
EMAIL_HOST_PASSWORD = _mail.get("EMAIL_HOST_PASSWORD") or ""
EMAIL_USE_TLS = _mail.get("EMAIL_USE_TLS", False)
EMAIL_USE_SSL = _mail.get("EMAIL_USE_SSL", False)
# A page that waits for a mail server longer than this says that something went wrong.
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.str("MAIL_FROM", default="vliegwiel@localhost")

__all__ = [
    "DEFAULT_FROM_EMAIL",
    "EMAIL_BACKEND",
    "EMAIL_HOST",
    "EMAIL_HOST_PASSWORD",
    "EMAIL_HOST_USER",
    "EMAIL_PORT",
    "EMAIL_TIMEOUT",
    "EMAIL_USE_SSL",
    "EMAIL_USE_TLS",
    "MAIL_ENABLED",
]
