"""Indicators: those that ship, and a region's own."""

from dataclasses import asdict

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from vliegwiel import reference
from vliegwiel.apps.figures.models import Source
from vliegwiel.apps.regions import NotAllowed
from vliegwiel.apps.regions.models import Region, User
from vliegwiel.apps.regions.rights import require
from vliegwiel.apps.yardstick.errors import ChangedMeanwhile, YardstickRefused
from vliegwiel.apps.yardstick.facts import IndicatorFacts
from vliegwiel.apps.yardstick.models import Indicator, IndicatorVersion
from vliegwiel.apps.yardstick.vocabulary import (
    LONGEST_NAME,
    LONGEST_TEXT,
    Direction,
    Kind,
    Level,
    Role,
)

_SPOKEN = ("name", "definition", "unit", "numerator", "denominator")
_PLAIN = ("role", "kind", "better", "level", "lowest", "highest", "place")


@transaction.atomic
def load_library(*, by: User) -> int:
    """Keeps the indicators that ship; a definition that changed becomes a new version.

    Says how many versions were made; loading again makes none. The bibliography must be loaded.
    Raises NotAllowed for anybody but the system itself.
    """
    if not by.is_system:
        raise NotAllowed("yardstick.edit", "")
    sources = {source.key: source for source in Source.objects.all()}
    kept = {one.key: one for one in Indicator.objects.filter(region=None)}
    newest = {
        one.indicator_id: one
        for one in IndicatorVersion.objects.filter(indicator__region=None).order_by("number")
    }
    made = []
    for item in reference.indicator_library().indicators:
        spoken = {
            f"{name}_{language}": getattr(getattr(item, name), language)
            for name in _SPOKEN
            for language in ("nl", "en")
        }
        plain = {name: getattr(item, name) for name in _PLAIN}
        values = {
            **spoken,
            **plain,
            "breakdowns": list(item.breakdowns),
            "source_id": sources[item.source].pk,
        }
        indicator = kept.get(item.key) or Indicator.objects.create(key=item.key)
        now = newest.get(indicator.pk)
        if not _says(now, values):
            number = now.number + 1 if now is not None else 1
            made.append(IndicatorVersion(indicator=indicator, number=number, by=by, **values))
    return len(IndicatorVersion.objects.bulk_create(made))


@transaction.atomic
def define(
    *, region: Region, facts: IndicatorFacts, key: str = "", seen: int = 0, by: User
) -> IndicatorVersion:
    """Keeps an indicator of the region's own, or a next version of the one with `key`.

    The same again changes nothing and gives the version that is there. Raises YardstickRefused with
    a sentence per field, ChangedMeanwhile when `seen` is not the newest version any more,
    Indicator.DoesNotExist, and NotAllowed.
    """
    require(by, "yardstick.edit", region)
    problems = _problems(facts)
    if problems:
        raise YardstickRefused(problems)
    # Locked, so that two versions of one indicator do not get one number.
    Region.objects.select_for_update().get(pk=region.pk)
    name = key or slugify(facts.name)[:60] or "indicator"
    indicator = Indicator.objects.filter(region=region, key=name).first()
    if indicator is None:
        if key:
            raise Indicator.DoesNotExist
        if Indicator.objects.filter(region=None, key=name).exists():
            # Under one key the shared one could not be found any more.
            shared = _("The shared yardstick has an indicator with this name already.")
            raise YardstickRefused({"name": shared})
        indicator = Indicator.objects.create(region=region, key=name)
    newest, values = indicator.versions.first(), _values(facts)
    if newest is not None and _says(newest, values):
        return newest
    number = newest.number if newest is not None else 0
    if number != seen:
        if not key:
            taken = _("The region has an indicator with this name already.")
            raise YardstickRefused({"name": taken})
        raise ChangedMeanwhile
    return IndicatorVersion.objects.create(indicator=indicator, number=number + 1, by=by, **values)


def _says(newest: IndicatorVersion | None, values: dict[str, object]) -> bool:
    return newest is not None and all(
        getattr(newest, name) == value for name, value in values.items()
    )


def _values(facts: IndicatorFacts) -> dict[str, object]:
    typed = {
        name: value.strip() if isinstance(value, str) else value
        for name, value in asdict(facts).items()
    }
    spoken = {f"{name}_nl": typed[name] for name in _SPOKEN}
    plain = {name: typed[name] for name in _PLAIN}
    return {**spoken, **plain, "breakdowns": list(facts.breakdowns)}


def _problems(facts: IndicatorFacts) -> dict[str, str]:
    problems = {}
    longest = {"name": LONGEST_NAME, "unit": 60}
    for name in _SPOKEN:
        length = len(getattr(facts, name).strip())
        if length == 0 and name != "denominator":
            problems[name] = _("Fill this in.")
        elif length > longest.get(name, LONGEST_TEXT):
            problems[name] = _("Use at most %(n)s characters.") % {
                "n": longest.get(name, LONGEST_TEXT)
            }
    lists = {"kind": Kind, "better": Direction, "level": Level, "role": Role}
    for name, known in lists.items():
        if getattr(facts, name) not in known.values:
            problems[name] = _("Choose from the list.")
    breakdowns = {item.key for item in reference.indicator_library().breakdowns}
    if not breakdowns.issuperset(facts.breakdowns):
        problems["breakdowns"] = _("Choose from the list.")
    if facts.kind == Kind.SHARE and (facts.lowest, facts.highest) != (0, 1):
        problems["highest"] = _("A share lies between 0 and 1.")
    elif None not in (facts.lowest, facts.highest) and not facts.highest > facts.lowest:  # type: ignore[operator]
        problems["highest"] = _("The highest must be above the lowest.")
    if facts.kind in (Kind.SHARE, Kind.RATE) and not facts.denominator.strip():
        problems["denominator"] = _("Say of how many.")
    return problems
