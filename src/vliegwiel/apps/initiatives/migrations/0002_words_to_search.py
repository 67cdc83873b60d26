import django.contrib.postgres.indexes
import django.contrib.postgres.search
from django.db import migrations, models

# What is counted over all initiatives is kept until one is written.
WRITTEN = """
CREATE TRIGGER initiatives_initiative_written
AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON initiatives_initiative
FOR EACH STATEMENT EXECUTE FUNCTION note_writing()
"""
NOT_WRITTEN = "DROP TRIGGER initiatives_initiative_written ON initiatives_initiative"


class Migration(migrations.Migration):
    dependencies = [
        ("initiatives", "0001_initial"),
        ("regions", "0002_word_parts"),
    ]

    operations = [
        migrations.AddField(
            model_name="initiative",
            name="found_parts",
            field=models.GeneratedField(db_persist=True, expression=models.Func(models.F("title_nl"), models.F("title_en"), models.F("summary_nl"), models.F("summary_en"), function="word_parts"), output_field=django.contrib.postgres.search.SearchVectorField()),
        ),
        migrations.AddField(
            model_name="initiative",
            name="found_words",
            field=models.GeneratedField(db_persist=True, expression=django.contrib.postgres.search.SearchVector("title_nl", "title_en", "summary_nl", "summary_en", config="dutch"), output_field=django.contrib.postgres.search.SearchVectorField()),
        ),
        migrations.AddIndex(
            model_name="initiative",
            index=django.contrib.postgres.indexes.GinIndex(fields=["found_words"], name="initiative_found_words"),
        ),
        migrations.AddIndex(
            model_name="initiative",
            index=django.contrib.postgres.indexes.GinIndex(fields=["found_parts"], name="initiative_found_parts"),
        ),
        migrations.RunSQL(WRITTEN, NOT_WRITTEN),
    ]
