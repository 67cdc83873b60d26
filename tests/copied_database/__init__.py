"""PostgreSQL whose test database is a copy of one that has been migrated before.

Migrating takes most of a minute; copying what came of it a fraction of a second. The template
stands on the same server, with the migrations that it was made by. Whoever finds it too old makes
the next.
"""

import hashlib
from pathlib import Path

import django
from django.apps import apps

TEMPLATE = "vliegwiel_migrated"


def migrations() -> dict[str, str]:
    """What a database is made by: the content of each file of migrations, and Django itself."""
    files = {
        f"{config.label}/{path.stem}": path
        for config in apps.get_app_configs()
        for path in Path(config.path, "migrations").glob("[!_]*.py")
    }
    content = {name: hashlib.sha256(path.read_bytes()) for name, path in sorted(files.items())}
    return {"django": django.__version__} | {name: sha.hexdigest() for name, sha in content.items()}
