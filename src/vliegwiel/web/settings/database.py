"""PostgreSQL, and nothing else. Without DATABASE_URL the command line starts an embedded one."""

from .environment import plain_env

_database = plain_env.dj_db_url("DATABASE_URL", default="postgresql:///vliegwiel")

DATABASES = {
    "default": {
        **_database,
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            # A database that does not answer is reported within seconds, not after minutes.
            "connect_timeout": 5,
            **_database.get("OPTIONS", {}),
        },
    }
}

# One cache for all processes: limits on logging in count for the installation, not per process.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "shared_cache",
        "KEY_FUNCTION": "vliegwiel.web.cache.hashed_key",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

__all__ = ["CACHES", "DATABASES"]
