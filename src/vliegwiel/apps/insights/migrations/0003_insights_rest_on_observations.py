from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def join(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    """An observation stood with one insight; now insights rest on observations of the region."""
    observation = apps.get_model("insights", "Observation")
    support = apps.get_model("insights", "Support")
    for heard in observation.objects.select_related("insight").iterator():
        heard.region_id = heard.insight.region_id
        heard.kind = "report" if heard.cited_as else "interview"
        heard.shipped_key = f"{heard.insight.number}.{heard.position}"
        heard.save(update_fields=["region", "kind", "shipped_key"])
        support.objects.create(
            observation=heard, insight=heard.insight, position=heard.position
        )


class Migration(migrations.Migration):
    dependencies = [("insights", "0002_observations_and_terms")]

    operations = [migrations.RunPython(join, migrations.RunPython.noop)]
