"""Words of initiatives that are choices, each in one place, and how long texts may be."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Kind(TextChoices):
    """What sort of record it is: a project of somebody, or an innovation that a project may use."""

    PROJECT = "project", _("Project")
    INNOVATION = "innovation", _("Innovation to use")


class Weight(TextChoices):
    """Which care it is about; innovation in heavy care is seen less."""

    LIGHT = "light", _("Light care")
    HEAVY = "heavy", _("Heavy care")
    BOTH = "both", _("Light and heavy care")


class Financing(TextChoices):
    """Who pays (KPMG 2023, 1.4)."""

    OWN = "own", _("Own means of an organisation")
    MUNICIPAL = "municipal", _("Innovation budget of municipalities")
    STATE = "state", _("Subsidy of the state")
    RESEARCH = "research", _("Research subsidy (ZonMw)")
    CARE_OFFICE = "care_office", _("Care office or insurer")
    FUND = "fund", _("Foundation or fund")
    PRIVATE = "private", _("Private investor")


class CycleStep(TextChoices):
    """Places of the development cycle: a lively question, science, a product, training."""

    QUESTION = "question", _("Question")
    SCIENCE = "science", _("Science")
    PRODUCT = "product", _("Product")
    TRAINING = "training", _("Training and dissemination")


class Sourcing(TextChoices):
    MAKE = "make", _("Make it ourselves")
    ACQUIRE = "acquire", _("Acquire it")
    PARTNER = "partner", _("Partner with others")


class NewNumber(TextChoices):
    """What has to be known of care that is not there yet, before a model can tell what it does."""

    PLACES = "places", _("Places")
    DAYS = "days", _("Length of care")
    COST_PER_DAY = "cost_per_day", _("Cost per day")
    GOES_ON = "goes_on", _("Part that goes on to other care")


class Assessed(TextChoices):
    """What an initiative can be held against: instruments that ship, by their key."""

    PRECONDITIONS = "preconditions", _("The four preconditions, with ethics")
    STATEMENTS = "process-statements", _("The twelve statements about innovation")
    REQUIREMENTS = "proposal-requirements", _("The nine requirements of a proposal")


class CareGroup(TextChoices):
    """The groups of care in a care system."""

    LIGHT = "light", _("Light care, such as parenting support")
    AMBULANT = "ambulant", _("Care without residence, at home or close by")
    RESIDENTIAL = "residential", _("Care with residence")
    CRISIS = "crisis", _("Care in a crisis")
    PROTECTION = "protection", _("Child protection or youth probation")


class DataMark(TextChoices):
    """Whether a record is of the world, or made up."""

    REAL = "", _("From practice")
    GENERATED = "generated", _("Generated data")
    EXAMPLE = "example", _("Example data")


LONGEST_TITLE = 200
#: Of care that is not there yet.
LONGEST_NAME = 60
LONGEST_SUMMARY = 2000
LONGEST_TEXT = 4000
MOST_CHANGES = 6
LARGEST_BUDGET = 1_000_000_000
LONGEST_RAMP = 60
