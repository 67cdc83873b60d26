import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("insights", "0005_words_to_search"),
    ]

    operations = [
        migrations.AddField(
            model_name="insight",
            name="version",
            field=models.PositiveIntegerField(default=1, verbose_name="version"),
        ),
        migrations.AddField(
            model_name="insight",
            name="stands_in",
            field=models.TextField(blank=True, default="", verbose_name="where it stands"),
            preserve_default=False,
        ),
        migrations.CreateModel(
            name="EarlierInsight",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(verbose_name="version")),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                ("summary", models.TextField(verbose_name="summary")),
                ("chances", models.TextField(blank=True, verbose_name="chances")),
                ("stands_in", models.TextField(blank=True, verbose_name="where it stands")),
                ("replaced_at", models.DateTimeField(auto_now_add=True, verbose_name="replaced")),
                ("insight", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="earlier", to="insights.insight")),
                ("replaced_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "verbose_name": "earlier text of an insight",
                "verbose_name_plural": "earlier texts of insights",
                "ordering": ["-version"],
            },
        ),
        migrations.AddConstraint(
            model_name="earlierinsight",
            constraint=models.UniqueConstraint(fields=("insight", "version"), name="a_version_of_an_insight_once"),
        ),
    ]
