from django.db import migrations

# Every end of every word of some texts, of four letters and more, and the words themselves. What
# is longer than a word can be is cut, so that no text grows beyond what a vector holds.
FORWARDS = """
CREATE FUNCTION word_parts(VARIADIC texts text[]) RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT coalesce(array_to_tsvector(array_agg(DISTINCT substr(word, start))), ''::tsvector)
    FROM unnest(texts) AS one,
         unnest(tsvector_to_array(to_tsvector('pg_catalog.simple'::regconfig, one))) AS whole,
         substr(whole, 1, 60) AS word,
         generate_series(1, greatest(length(word) - 3, 1)) AS start
$$
"""

# Whoever writes leaves a new mark, at a place by connection: one row for all would make people who
# write at the same time wait for each other.
NOTE_WRITING = """
CREATE FUNCTION note_writing() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO regions_tablewriting ("table", place, mark)
    VALUES (TG_TABLE_NAME, pg_backend_pid() % 16, gen_random_uuid())
    ON CONFLICT ("table", place) DO UPDATE SET mark = excluded.mark;
    RETURN NULL;
END
$$
"""


class Migration(migrations.Migration):
    """What columns that keep words are made of, and marks of changes, in apps above this one."""

    dependencies = [("regions", "0001_initial")]

    operations = [
        migrations.RunSQL(FORWARDS, "DROP FUNCTION word_parts(text[])"),
        migrations.RunSQL(NOTE_WRITING, "DROP FUNCTION note_writing()"),
    ]
