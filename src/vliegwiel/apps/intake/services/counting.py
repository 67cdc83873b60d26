"""Which of several messages with the same key counts; the same whatever the order of arrival."""

from collections.abc import Collection
from typing import Any

from django.db import connection

from vliegwiel.apps.regions.models import Region
from vliegwiel.science.casetables import TABLE_RELEASE

#: What a message is known by in a region.
Key = tuple[str, str, str]
KEY_FIELDS = ("identification", "sender", "code")


_ASIDE = """
    UPDATE intake_keptmessage SET set_aside = true
    WHERE region_id = %s AND NOT set_aside AND (identification, sender, code) IN (
        SELECT * FROM unnest(%s::text[], %s::text[], %s::text[]))
"""
_CHOSEN = """
    UPDATE intake_keptmessage SET set_aside = false WHERE id IN (
        SELECT DISTINCT ON (identification, sender, code) id FROM intake_keptmessage
        WHERE region_id = %s AND (identification, sender, code) IN (
            SELECT * FROM unnest(%s::text[], %s::text[], %s::text[]))
        ORDER BY identification, sender, code,
            CASE WHEN release = %s THEN (
                SELECT max(delivery_id) FROM intake_carried WHERE message_id = intake_keptmessage.id
            ) END DESC,
            dated, digest)
"""


def choose_which_count(region: Region, keys: Collection[Key]) -> None:
    """Lets the message count that was written first; by content where that is the same day.

    Of the messages that a table gives, that of the last delivery counts: so rows are corrected.
    The constraint on the key is looked at row by row: first all are set aside, then one is not.
    """
    if not keys:
        return
    identifications, senders, codes = zip(*sorted(keys), strict=True)
    given: list[Any] = [region.pk, list(identifications), list(senders), list(codes)]
    with connection.cursor() as cursor:
        cursor.execute(_ASIDE, given)
        cursor.execute(_CHOSEN, [*given, TABLE_RELEASE])
