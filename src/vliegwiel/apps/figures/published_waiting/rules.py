"""Every rule of a file with published waiting times, as a table."""

from collections.abc import Mapping
from decimal import Decimal

from django.utils.translation import gettext_noop as _

from vliegwiel.apps.figures.findings import Rule, table
from vliegwiel.apps.figures.text_files import FILE_RULES

LONGEST_WAIT_WEEKS = Decimal(520)
LONGEST_TEXT = 5_000
SCHEMA_VERSION = 1

_FETCH_AGAIN = _("Fetch the file again and load it as it is.")
_ASK_SOURCE = _("Correct this at the source, or ask whoever made the file.")

RULES: Mapping[str, Rule] = table(
    [
        # --- the file as a whole
        *FILE_RULES,
        Rule.error(
            "truncated",
            _("The file breaks off at line %(line)s: it has no end."),
            _FETCH_AGAIN,
        ),
        Rule.error(
            "not_json",
            _("This is not valid JSON: line %(line)s, column %(column)s."),
            _FETCH_AGAIN,
        ),
        Rule.error(
            "too_deep",
            _("The file is nested too deeply to be a list of waiting times."),
            _FETCH_AGAIN,
        ),
        Rule.error(
            "not_finite",
            _("%(value)s is not a number that a waiting time can have."),
            _ASK_SOURCE,
        ),
        Rule.error(
            "repeated_key",
            _("The key '%(key)s' stands more than once in one object."),
            _ASK_SOURCE,
        ),
        Rule.error(
            "not_an_object",
            _("The file must be one object with 'schemaVersion', 'generatedAt' and 'rows'."),
            _("Check that this is the right file."),
        ),
        Rule.error(
            "schema_version",
            _("The file has version %(found)s of the format; version %(known)s can be read."),
            _("Look for a newer Vliegwiel, or for the file in the older format."),
        ),
        Rule.error(
            "generated_at",
            _(
                "'generatedAt' must be a date and time such as 2026-08-14T05:45:56Z; "
                "this is %(found)s."
            ),
            _ASK_SOURCE,
        ),
        Rule.error(
            "rows_missing",
            _("The file has no list called 'rows'."),
            _("Check that this is the right file."),
        ),
        Rule.error(
            "rows_empty",
            _("The list 'rows' is empty."),
            _("An empty list would say that nobody offers help: fetch the file again."),
        ),
        # --- a row
        Rule.error(
            "row_not_an_object",
            _("A row must be an object; this is %(found)s."),
            _ASK_SOURCE,
            words=("found",),
        ),
        Rule.error("field_missing", _("The field '%(field)s' is missing."), _ASK_SOURCE),
        Rule.error(
            "wrong_type",
            _("The field '%(field)s' must be %(expected)s; this is %(found)s."),
            _ASK_SOURCE,
            words=("expected", "found"),
        ),
        Rule.error("empty_text", _("The field '%(field)s' is empty."), _ASK_SOURCE),
        Rule.error(
            "text_too_long",
            _("The field '%(field)s' has more than %(limit)s characters."),
            _ASK_SOURCE,
        ),
        Rule.error(
            "unreadable_character",
            _("The field '%(field)s' holds a character that is no text."),
            _ASK_SOURCE,
        ),
        Rule.error(
            "weeks_as_text",
            _("A number of weeks is expected; this is the text '%(found)s'."),
            _("Write the number without quotation marks, and words in the field '%(text_field)s'."),
        ),
        Rule.error("weeks_negative", _("A wait cannot be negative: %(found)s."), _ASK_SOURCE),
        Rule.error(
            "weeks_too_many",
            _("%(found)s weeks is longer than ten years."),
            _("Check the unit: the number must be in weeks."),
        ),
        Rule.error(
            "unknown_value",
            _("'%(found)s' is not one of: %(known)s."),
            _ASK_SOURCE,
        ),
        Rule.error(
            "date_invalid",
            _("'%(found)s' is not an existing date (year-month-day or year-month)."),
            _ASK_SOURCE,
        ),
        Rule.error(
            "date_in_future",
            _("%(found)s lies after the day on which the file was made (%(made)s)."),
            _ASK_SOURCE,
        ),
        Rule.error(
            "moment_invalid",
            _("'%(found)s' is not a date and time with time zone."),
            _ASK_SOURCE,
        ),
        Rule.error(
            "address_not_web",
            _("'%(found)s' is not an address that begins with https:// or http://."),
            _ASK_SOURCE,
        ),
        Rule.error(
            "duplicate_row",
            _(
                "This row names the same offer as row %(first)s: provider, offer, place, "
                "target group, kind and expertise are the same."
            ),
            _("Remove one of the two."),
        ),
        # --- warnings, kept with the delivery
        Rule.warning(
            "unknown_field",
            _("The field '%(field)s' is not known and was not read."),
            _("Nothing to do, unless it says something that matters."),
        ),
        Rule.warning(
            "text_not_read",
            _("The words '%(found)s' could not be read as a waiting time."),
            _("The number beside it was used, or the words are shown as they stand."),
        ),
        Rule.warning(
            "number_differs",
            _("The number %(number)s does not fit the words '%(text)s'; the words were used."),
            _("Look at the provider's page."),
        ),
        Rule.warning(
            "explanation_differs",
            _(
                "The number %(number)s does not fit the explanation; "
                "that says, in weeks: %(explained)s."
            ),
            _("Look at the provider's page before using this row."),
        ),
        Rule.warning(
            "other_clock",
            _(
                "'%(text)s' counts from another moment; "
                "it is shown but not counted with the others."
            ),
            _("Nothing to do."),
        ),
        Rule.warning(
            "concrete_without_number",
            _("The row is called 'concrete' but gives no number of weeks."),
            _("Nothing to do: the values decide."),
        ),
        Rule.warning(
            "unknown_with_number",
            _("The row is called 'unknown' but gives a number of weeks."),
            _("Nothing to do: the values decide."),
        ),
        Rule.warning(
            "place_not_read",
            _("The place '%(found)s' is not a known municipality or town."),
            _("It is shown as it stands; searching by municipality will not find it."),
        ),
        Rule.warning(
            "funding_not_youth",
            _("The row is for youths, but the funding '%(found)s' does not name the Jeugdwet."),
            _("Check whether this offer is open to youths of the region."),
        ),
    ]
)
