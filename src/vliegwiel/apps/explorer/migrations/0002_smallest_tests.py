"""Runs may ask for a smallest useful test."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("explorer", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="simulationrun",
            name="question",
            field=models.TextField(blank=True, default=""),
            preserve_default=False,
        ),
        migrations.RemoveConstraint(
            model_name="simulationrun", name="the_same_run_once_at_a_time"
        ),
        migrations.AddConstraint(
            model_name="simulationrun",
            constraint=models.UniqueConstraint(
                condition=Q(status__in=("queued", "running")),
                fields=("scenario", "months", "replications", "seed", "question"),
                name="the_same_run_once_at_a_time",
            ),
        ),
    ]
