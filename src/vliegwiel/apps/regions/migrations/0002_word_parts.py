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

# Whoever writes leaves a new mark in a row that nobody else holds at that moment, or in a row of its
# own: nobody waits for another one who writes. There come no more rows than wrote at the same time.
NOTE_WRITING = """
CREATE FUNCTION note_writing() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE regions_tablewriting SET mark = gen_random_uuid() WHERE id = (
        SELECT id FROM regions_tablewriting WHERE "table" = TG_TABLE_NAME
        ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED);
    IF NOT FOUND THEN
        INSERT INTO regions_tablewriting ("table", mark)
        VALUES (TG_TABLE_NAME, gen_random_uuid());
    END IF;
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
