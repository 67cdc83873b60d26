import django.contrib.postgres.indexes
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("regions", "0001_initial"),
        ("insights", "0003_insights_rest_on_observations"),
    ]

    operations = [
        migrations.RemoveField(
            model_name='observation',
            name='insight',
        ),
        migrations.RemoveField(
            model_name='observation',
            name='position',
        ),
        migrations.AlterField(
            model_name="observation",
            name="region",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="observations", to="regions.region"),
        ),
        migrations.AlterField(
            model_name="observation",
            name="kind",
            field=models.CharField(choices=[("interview", "Interview"), ("session", "Session"), ("report", "Report"), ("figure", "Figure"), ("quote", "Quote")], max_length=10, verbose_name="kind"),
        ),
        migrations.AlterField(
            model_name="observation",
            name="entered_at",
            field=models.DateTimeField(auto_now_add=True, verbose_name="entered"),
        ),
        migrations.AddIndex(
            model_name='observation',
            index=django.contrib.postgres.indexes.GinIndex(fields=['words'], name='observation_words'),
        ),
    ]
