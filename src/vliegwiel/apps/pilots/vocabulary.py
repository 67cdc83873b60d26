"""Words of pilots that are choices, what each design asks of a plan, and how long texts may be."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class DesignId(TextChoices):
    SURVIVAL = "survival", _("Waiting times of two sides")
    CLUSTERS = "clusters", _("Groups, compared once")
    RANDOMISED = "randomised", _("Persons, compared once")
    STEPPED = "stepped", _("Groups that start one after another, by lot")
    DIFFERENCES = "differences", _("Before and after, beside others")
    STAGGERED = "staggered", _("Starts at different moments, beside others")
    SYNTHETIC = "synthetic", _("One place beside a mix of others")
    INTERRUPTED = "interrupted", _("One series, before and since")
    BEFORE_AFTER = "before_after", _("Before and after")


class LotId(TextChoices):
    NOTHING = "nothing", _("Nothing was drawn by lot")
    PERSONS = "persons", _("Persons")
    CLUSTERS = "clusters", _("Groups")
    ORDER = "order", _("The order of starting")


class Claim(TextChoices):
    ANY = "any_effect", _("That there is an effect")
    RELEVANT = "relevant_effect", _("That the effect is large enough to matter")


class Reach(TextChoices):
    OWN = "own_region", _("Here")
    OTHERS = "other_regions", _("Here and in other regions")


class Subject(TextChoices):
    """What an amendment is about."""

    START = "start", _("Start")
    END = "end", _("End")
    GROUPS = "groups", _("Groups")
    MEASURING = "measuring", _("Way of measuring")
    ANALYSIS = "analysis", _("Analysis")
    STOP_RULE = "stop_rule", _("Rule to stop")
    OTHER = "other", _("Something else")


class PilotStatus(TextChoices):
    """Where a pilot stands; follows from its plan and the day."""

    DRAFT = "draft", _("Draft")
    REGISTERED = "registered", _("Registered, not started")
    RUNNING = "running", _("Running")
    ENDED = "ended", _("Ended")


class RiskStatus(TextChoices):
    OPEN = "open", _("Open")
    CONTROLLED = "controlled", _("Under control")
    HAPPENED = "happened", _("Happened")
    CLOSED = "closed", _("Closed")


class RiskKind(TextChoices):
    CARE = "care", _("Care for youths")
    PURCHASING = "purchasing", _("Regional purchasing")
    SHARING = "sharing", _("Sharing of risk between parties")
    MEASURING = "measuring", _("Measuring")
    PRIVACY = "privacy", _("Privacy")
    OTHER = "other", _("Other")


class Grade(TextChoices):
    SMALL = "small", _("Small")
    MIDDLE = "middle", _("Neither small nor large")
    LARGE = "large", _("Large")


class Channel(TextChoices):
    """How measurements came in."""

    TYPED = "typed", _("Typed")
    PASTED = "pasted", _("Pasted")
    FILE = "file", _("File")
    API = "api", _("From another system")
    CARE_DATA = "care_data", _("From care data")


class UploadStatus(TextChoices):
    """How far measurements are that the worker takes; `taken` can mean that nothing was new."""

    WAITING = "waiting", _("Waiting to be read")
    READING = "reading", _("Being read and checked")
    KEEPING = "keeping", _("Being kept")
    TAKEN = "taken", _("Taken")
    REFUSED = "refused", _("Not taken")
    FAILED = "failed", _("Failed")


@dataclass(frozen=True, slots=True)
class Asks:
    """What a design asks: others to compare with, a row for each month, groups that stay together.

    `lots` are the draws by lot that go with it.
    """

    compared: bool
    by_month: bool
    grouped: bool
    lots: tuple[LotId, ...] = (LotId.NOTHING,)


ASKS = {
    DesignId.SURVIVAL: Asks(True, False, False, (LotId.NOTHING, LotId.PERSONS)),
    DesignId.CLUSTERS: Asks(True, False, True, (LotId.CLUSTERS, LotId.NOTHING)),
    DesignId.RANDOMISED: Asks(True, False, False, (LotId.PERSONS, LotId.NOTHING)),
    DesignId.STEPPED: Asks(False, True, True, (LotId.ORDER,)),
    DesignId.DIFFERENCES: Asks(True, True, True, (LotId.NOTHING, LotId.CLUSTERS)),
    DesignId.STAGGERED: Asks(False, True, True, (LotId.NOTHING, LotId.ORDER)),
    DesignId.SYNTHETIC: Asks(True, True, True),
    DesignId.INTERRUPTED: Asks(False, True, False),
    DesignId.BEFORE_AFTER: Asks(False, True, False),
}
#: The instrument that ships to assess pilots (Innovatieagenda Haaglanden 2014, 9.2).
FRAMEWORK = "assessment-framework"
#: Stages of an initiative in which a pilot of it is planned (keys of the stages of initiatives).
PLANNED_IN = frozenset({"exploring", "pilot", "proven"})
LONGEST_TITLE = 200
#: Ten years, with the days of three leap years.
LONGEST_PILOT = timedelta(days=3653)
LONGEST_TEXT = 4000
LONGEST_UNIT = 40
#: From so many rows the worker takes measurements, and nobody waits for the page.
LONG_ROWS = 30_000
MOST_GROUPS = 400
MOST_OUTCOMES = 12
