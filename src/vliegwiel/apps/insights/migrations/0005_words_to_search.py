import django.contrib.postgres.indexes
import django.contrib.postgres.search
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("insights", "0004_observations_of_a_region"),
        ("regions", "0002_word_parts"),
    ]

    operations = [
        migrations.AddField(
            model_name="observation",
            name="found_parts",
            field=models.GeneratedField(db_persist=True, expression=models.Func(models.F("text_nl"), models.F("text_en"), function="word_parts"), output_field=django.contrib.postgres.search.SearchVectorField()),
        ),
        migrations.AddField(
            model_name="observation",
            name="found_words",
            field=models.GeneratedField(db_persist=True, expression=django.contrib.postgres.search.SearchVector("text_nl", "text_en", config="dutch"), output_field=django.contrib.postgres.search.SearchVectorField()),
        ),
        migrations.AddIndex(
            model_name="observation",
            index=django.contrib.postgres.indexes.GinIndex(fields=["found_words"], name="observation_found_words"),
        ),
        migrations.AddIndex(
            model_name="observation",
            index=django.contrib.postgres.indexes.GinIndex(fields=["found_parts"], name="observation_found_parts"),
        ),
    ]
