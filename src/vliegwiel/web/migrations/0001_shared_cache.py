"""The table of the shared cache. Not written to the log of the database: it may be lost in a crash."""

from django.db import migrations

CREATE = """
CREATE UNLOGGED TABLE IF NOT EXISTS shared_cache (
    cache_key varchar(255) PRIMARY KEY,
    value text NOT NULL,
    expires timestamptz NOT NULL
);
CREATE INDEX IF NOT EXISTS shared_cache_expires ON shared_cache (expires);
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [migrations.RunSQL(CREATE, "DROP TABLE IF EXISTS shared_cache")]
