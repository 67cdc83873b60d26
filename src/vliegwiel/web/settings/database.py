"""PostgreSQL, and nothing else. Without DATABASE_URL the command line starts an embedded one."""

from .environment import plain_env

DATABASES = {
    "default": {
        **plain_env.dj_db_url("DATABASE_URL", default="postgresql:///vliegwiel"),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }
}

__all__ = ["DATABASES"]
