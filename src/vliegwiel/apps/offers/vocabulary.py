"""The words of offers, each in one place. Stored value, file and API use the same English word.

The forms are those in which care messages sort help, so that what a provider says can stand beside
what messages say.
"""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from vliegwiel.science.trajectories import Clock


class OfferedForm(TextChoices):
    NEIGHBOURHOOD_TEAM = "neighbourhood_team", _("By a neighbourhood team")
    OUTPATIENT = "outpatient", _("Outpatient at the provider")
    OWN_NETWORK = "own_network", _("In the youth's own network")
    DAY_HELP = "day_help", _("Day help")
    FOSTER_CARE = "foster_care", _("Foster care")
    FAMILY_TYPE = "family_type", _("Family-type care")
    OTHER_RESIDENCE = "other_residence", _("Other residence at a provider")
    SECURE = "secure", _("Secure placement")
    CRISIS = "crisis", _("Crisis help")
    PROTECTION = "protection", _("Child protection")
    PROBATION = "probation", _("Youth probation")
    PREVENTIVE_JUDICIAL = "preventive_judicial", _("Preventive judicial framework")
    AMBULANT = "ambulant", _("Ambulant")
    WITH_RESIDENCE = "with_residence", _("With residence")
    TAILORED = "tailored", _("Tailored to the youth")


#: Forms that hold others, or go with others: a region need not have them, so no lack is a gap.
LOOSE_FORMS = frozenset(
    {
        OfferedForm.PREVENTIVE_JUDICIAL,
        OfferedForm.AMBULANT,
        OfferedForm.WITH_RESIDENCE,
        OfferedForm.TAILORED,
    }
)


class WaitSource(TextChoices):
    """Who says how long the wait is."""

    PUBLISHED = "published", _("Published by the provider")
    STATED = "stated", _("Told by the provider")
    MEASURED = "measured", _("Measured from care messages")


class WaitUntil(TextChoices):
    """Until when a stated wait runs; it begins when somebody applies."""

    START = "start", _("Until the help starts")
    INTAKE = "intake", _("Until the intake")


#: The clocks of messages that come nearest to a stated wait, the nearest first.
NEAREST_CLOCKS = {
    WaitUntil.START: (Clock.W3, Clock.W1),
    WaitUntil.INTAKE: (Clock.W1,),
}


class DataMark(TextChoices):
    """Whether a row is of the world, or made up."""

    REAL = "", _("From practice")
    GENERATED = "generated", _("Generated data")
    EXAMPLE = "example", _("Example data")


class Cover(TextChoices):
    """How a form of help is covered in a municipality, from worst to best."""

    NONE = "none", _("Nobody offers it")
    NOT_FREE = "not_free", _("Offered, but not freely usable")
    BEYOND = "beyond_norm", _("The shortest wait is beyond the norm")
    UNKNOWN = "wait_unknown", _("Offered; the wait is not known")
    COVERED = "covered", _("Offered within the norm")


#: First and last year of age of an offer: youth care can go on until somebody turns 23.
YOUNGEST, OLDEST = 0, 23
#: Most days that a wait can be: five years.
LONGEST_WAIT = 1826
MOST_PLACES = 100_000
LONGEST_TEXT = 500
LONGEST_NAME = 200
LONGEST_CODE = 40
