"""The words of figures and published waiting times, each in one place.

The stored value is the English word; files, tables and pages use the same. The label is translated.
"""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Measure(TextChoices):
    INHABITANTS = "inhabitants", _("Inhabitants")
    YOUTHS = "youths", _("Youths (0 to 22 years)")
    YOUTHS_SHARE = "youths_share_of_inhabitants", _("Youths as a share of inhabitants")
    YOUTHS_WITH_CARE = "youths_with_care", _("Youths with youth care")
    SHARE_OF_YOUTHS = "share_of_youths", _("Share of youths with youth care")
    SHARE_OF_CLIENTS = "share_of_clients", _("Share of clients")
    SHARE_BY_REFERRER = "share_by_referrer", _("Share of new youth care by referrer")
    WITH_AND_WITHOUT = (
        "youths_with_both_residence_and_not",
        _("Youths with care both with and without residence"),
    )
    TRAJECTORIES = "trajectories", _("Trajectories")
    TRAJECTORIES_BEGUN = "trajectories_begun", _("Trajectories begun")
    TRAJECTORIES_NEW = "trajectories_begun_new", _("Trajectories begun, first use")
    GUARDIANSHIPS = "guardianships_on_date", _("Guardianships on a date")


class CareForm(TextChoices):
    """Forms of youth care as CBS counts them; they contain each other and overlap."""

    NONE = "none", _("Not by form")
    ALL = "all_youth_care", _("All youth care")
    ALL_IN_KIND = "all_in_kind", _("Youth care in kind")
    YOUTH_HELP = "youth_help", _("Youth help")
    YOUTH_HELP_IN_KIND = "youth_help_in_kind", _("Youth help in kind")
    PERSONAL_BUDGET = "personal_budget", _("Personal budget")
    WITHOUT_RESIDENCE = "without_residence", _("Without residence")
    NEIGHBOURHOOD_TEAM = "neighbourhood_team", _("By a neighbourhood team")
    NOT_NEIGHBOURHOOD_TEAM = (
        "without_residence_not_neighbourhood_team",
        _("Without residence, not by a neighbourhood team"),
    )
    OUTPATIENT = "outpatient", _("Outpatient at the provider")
    DAY_HELP = "day_help", _("Day help at the provider")
    OWN_NETWORK = "own_network", _("In the youth's own network")
    WITH_RESIDENCE = "with_residence", _("With residence")
    FOSTER_CARE = "foster_care", _("Foster care")
    FAMILY_TYPE = "family_type", _("Family-type care")
    SECURE = "secure", _("Secure placement")
    OTHER_RESIDENCE = "other_residence", _("Other residence at a provider")
    WITH_AND_WITHOUT = "with_and_without_residence", _("Both with and without residence")
    PROTECTION = "protection", _("Child protection")
    SUPERVISION_ORDER = "supervision_order", _("Supervision order")
    GUARDIANSHIP = "guardianship", _("Guardianship")
    PROBATION = "probation", _("Youth probation")


class Referrer(TextChoices):
    ALL = "all", _("All referrers")
    MUNICIPALITY = "municipality", _("Municipality")
    GENERAL_PRACTITIONER = "general_practitioner", _("General practitioner")
    YOUTH_DOCTOR = "youth_doctor", _("Youth doctor")
    CERTIFIED_INSTITUTION = "certified_institution", _("Certified institution")
    MEDICAL_SPECIALIST = "medical_specialist", _("Medical specialist")
    JUDGE = "judge_or_prosecutor", _("Judge, prosecutor or prison")
    NONE = "none", _("No referrer or unknown")


class Sex(TextChoices):
    ALL = "all", _("Boys and girls")
    MALE = "male", _("Boys")
    FEMALE = "female", _("Girls")


class Unit(TextChoices):
    PERSONS = "persons", _("persons")
    PERCENT = "percent", _("percent")
    TRAJECTORIES = "trajectories", _("trajectories")
    MEASURES = "measures", _("measures")


class FigureStatus(TextChoices):
    """How final a figure is. PRINTED: the source does not say."""

    PRINTED = "printed", _("Not said in the source")
    FINAL = "final", _("Final")
    PROVISIONAL = "provisional", _("Provisional")
    SECOND_PROVISIONAL = "second_provisional", _("Second provisional")
    CALCULATED = "calculated", _("Calculated by us")


class LabelReading(TextChoices):
    """Whether the source says what the number is, or we read it that way."""

    PRINTED = "printed", _("Named in the source")
    INTERPRETED = "interpreted", _("Our reading of the source")


class Clock(TextChoices):
    """The two clocks that the field uses, with their Dutch names in the glossary."""

    TO_INTAKE = "to_intake", _("Until the intake")
    TO_TREATMENT = "to_treatment", _("From intake to treatment")


class WaitKind(TextChoices):
    """What a statement about waiting says."""

    WEEKS = "weeks", _("In weeks")
    MONTHS = "months", _("In months")
    RANGE = "range", _("From … to")
    LONGER_THAN = "longer_than", _("Longer than")
    SHORTER_THAN = "shorter_than", _("Shorter than")
    NO_WAIT = "no_wait", _("No wait")
    AIM = "aim", _("Aim, not measured")
    STOP = "stop", _("Closed to new clients")
    IN_CONSULTATION = "in_consultation", _("In consultation")
    DESCRIBED = "described", _("In words only")
    OTHER_ROUTE = "other_route", _("Another way in")
    UNKNOWN = "unknown", _("Unknown")
    NOT_STATED = "not_stated", _("Not stated")


class HelpKind(TextChoices):
    """What is offered, as the source sorts it."""

    TREATMENT = "treatment", _("Treatment")
    DIAGNOSTICS = "diagnostics", _("Diagnostics")
    SUPPORT = "support", _("Support")
    RESIDENCE = "residence", _("Residence")
    CRISIS = "crisis", _("Crisis help")


class TargetGroup(TextChoices):
    """For whom an offer is."""

    YOUTH = "youth", _("Youths")
    ADULTS = "adults", _("Adults")
    WMO = "wmo", _("Adults under the Wmo")


class Nature(TextChoices):
    """What the source says of a row as a whole."""

    CONCRETE = "concrete", _("Gives a number")
    UNKNOWN = "unknown", _("Gives no number")
    ROUTE = "route", _("Points to another way in")


class Observation(TextChoices):
    """Whether a statement was read on the day itself.

    OBSERVED was read from the page in that run. KEPT: the page was visited, but what was noted on
    an earlier day was carried along. DEFAULT: a value of the collecting program, which may be old.
    """

    OBSERVED = "observed", _("Read from the page that day")
    KEPT = "kept", _("Page visited, statement not read again")
    DEFAULT = "default", _("Older statement, not checked")
