"""The tables of a report: what stands in a care system, in the words of its reader."""

from collections.abc import Iterator, Sequence

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from vliegwiel.apps.explorer import changes
from vliegwiel.apps.explorer.descriptions import in_language, places_of
from vliegwiel.science.caresystem import (
    Budget,
    CareSystem,
    CareType,
    Free,
    ObservedDays,
    Places,
    Providers,
    Referrer,
    Scenario,
    Step,
    assumptions,
    quantities,
)

from .markdown import amount, number, origin, table, unit


def entrances(system: CareSystem) -> str:
    """Who sends youths in, how many, and where to."""
    names = places_of(system)
    rows = []
    for referrer in system.referrers:
        to = [f"{names[d.care_type]} {amount(d.share)}" for d in referrer.destinations]
        season = "–"
        if referrer.season is not None:
            season = " ".join(number(value) for value in referrer.season.values)
        rows.append([in_language(referrer.label), amount(referrer.rate), amount(referrer.trend),
                     season, "; ".join(to)])  # fmt: skip
    head = [_("referrer"), _("youths a month"), _("growth a year"), _("season, January first"),
            _("goes to (share)")]  # fmt: skip
    if any(referrer.municipalities for referrer in system.referrers):
        head.append(_("comes from (share)"))
        for row, referrer in zip(rows, system.referrers, strict=True):
            row.append(_comes_from(referrer, system))
    return table(head, rows)


def _comes_from(referrer: Referrer, system: CareSystem) -> str:
    """The municipalities of a referrer that has its own."""
    if not referrer.municipalities:
        return _("as the region")
    names = {municipality.code: municipality.name for municipality in system.municipalities}
    return "; ".join(f"{names[m.municipality]} {amount(m.share)}" for m in referrer.municipalities)


def care(system: CareSystem) -> str:
    """How long care lasts, and how it may be prolonged."""
    rows = []
    for kind in system.care_types:
        extension = kind.extension
        rows.append((
            in_language(kind.label), _shape(kind), amount(kind.stay.mean), amount(kind.stay.cv),
            amount(extension.probability) if extension else "–",
            amount(extension.length) if extension else "–",
            amount(kind.success), amount(kind.until_age),
        ))  # fmt: skip
    head = (_("form of care"), _("distribution"), _("mean (days)"), _("spread"),
            _("chance of extension"), _("extension (days)"), _("chance of success"),
            _("stops at age"))  # fmt: skip
    return table(head, rows)


def _shape(kind: CareType) -> str:
    return {
        "exponential": _("exponential"), "gamma": _("gamma"), "lognormal": _("lognormal"),
        "weibull": _("Weibull"), "fixed": _("fixed"), "observed": _("observed"),
    }[kind.stay.distribution]  # fmt: skip


def resources(system: CareSystem) -> str:
    """What limits each form of care, and what it costs."""
    rows = []
    for kind in system.care_types:
        limits = list(_limits(kind))
        rows.append((in_language(kind.label), "; ".join(limits), amount(kind.cost_per_day),
                     amount(kind.cost_per_start)))  # fmt: skip
    head = (_("form of care"), _("limit"), _("cost per day (euro)"), _("cost per start (euro)"))
    return table(head, rows)


def _limits(kind: CareType) -> Iterator[str]:
    capacity = kind.capacity
    if isinstance(capacity, Free):
        yield _("no limit")
    elif isinstance(capacity, Providers):
        for provider in capacity.providers:
            for limit in _limit(provider.capacity):
                yield f"{in_language(provider.label)} ({amount(provider.share)}): {limit}"
    else:
        yield from _limit(capacity)


def _limit(limit: Places | Budget) -> Iterator[str]:
    if isinstance(limit, Budget):
        yield _("%(amount)s euro a year") % {"amount": amount(limit.ceiling)}
        yield from _later(limit.steps)
    if limit.places is not None:
        yield _("places: %(amount)s") % {"amount": amount(limit.places)}
        yield from _later(limit.places_steps if isinstance(limit, Budget) else limit.steps)


def _later(steps: Sequence[Step]) -> Iterator[str]:
    for step in steps:
        words = {"date": date_format(step.from_, "F Y"), "amount": amount(step.value)}
        yield _("from %(date)s %(amount)s") % words


def queues(system: CareSystem) -> str:
    """Who waits how long before giving up, and where those go."""
    names = places_of(system)
    rules = {
        "one_queue": _("one queue for all providers"), "by_share": _("a queue for each provider"),
        "shortest_queue": _("the shortest of the queues of the providers"),
    }  # fmt: skip
    rows = []
    for kind in system.care_types:
        if isinstance(kind.capacity, Free):
            continue
        rule = _("one queue")
        if isinstance(kind.capacity, Providers):
            rule = rules[kind.capacity.queue]
        patience, length, ways = kind.patience, _("nobody stops waiting"), "–"
        if patience is not None:
            length = amount(patience.mean)
            ways = "; ".join(
                f"{names[d.care_type]} {amount(d.share)}" for d in patience.destinations
            )
            if isinstance(patience.leave_to, str):
                ways = names[patience.leave_to]
        rows.append((in_language(kind.label), rule, length, ways))
    head = (_("form of care"), _("queue"), _("mean patience (days)"), _("who stops goes to"))
    return table(head, rows)


def exits(system: CareSystem) -> str:
    """What follows care; what is left of the chances is leaving."""
    names = places_of(system)
    rows = []
    for kind in system.care_types:
        cells = [
            "; ".join(f"{names[step.care_type]} {amount(step.probability)}" for step in steps)
            for _name, steps in kind.steps
        ]
        rows.append((in_language(kind.label), cells[0] or "–", cells[1] or "–"))
    return table((_("form of care"), _("goes on to (chance)"), _("without success")), rows)


def coming_back(system: CareSystem) -> str:
    """Who comes back after care."""
    back, names = system.reentry, places_of(system)
    if back is None:
        return _("Nobody comes back.")
    rows = [
        (_("chance of coming back"), amount(back.probability)),
        (_("the same after no success"), amount(back.probability_without_success)),
        (_("mean time until coming back (days)"), amount(back.delay_mean)),
        (_("on the way back at the start (youths)"), amount(back.returning_at_start)),
        (_("comes back to (share)"),
         "; ".join(f"{names[d.care_type]} {amount(d.share)}" for d in back.destinations)),
    ]  # fmt: skip
    return table((_("what"), _("value")), rows)


def entities(system: CareSystem) -> str:
    """What is known of a youth."""
    rows = [(_("municipality"), "; ".join(
        f"{m.name} {amount(m.share)}" for m in system.municipalities))]  # fmt: skip
    if system.priorities:
        classes = "; ".join(in_language(priority.label) for priority in system.priorities)
        rows.append((_("class of priority, most urgent first"), classes))
    if system.ages is not None:
        ages = system.ages
        for name, bands in (
            (_("age on referral"), ages.at_entry),
            (_("age of who is there at the start"), ages.at_start),
        ):
            parts = [f"{band.name} {amount(band.share)}" for band in bands]
            rows.append((name, "; ".join(parts)))
        rows.append((_("age at which care stops"), amount(ages.leave_at)))
    known = table((_("what is known of a youth"), _("values (share)")), rows)
    if system.moving is None:
        return known
    moves = _(
        "A youth moves %(rate)s times a year on average to another municipality of the region, "
        "drawn by the shares of the others. That is seen when the youth comes to the next form of "
        "care: the municipality of a queue or stay under way stays responsible for it."
    )
    return f"{known}\n\n{moves % {'rate': amount(system.moving.rate)}}"


def at_start(system: CareSystem) -> str:
    """Who is there on the first day, and how long already where that was observed."""
    kinds = system.care_types
    columns: dict[str, list[str]] = {
        _("form of care"): [in_language(kind.label) for kind in kinds],
        _("in care"): [amount(kind.in_care_at_start) for kind in kinds],
        _("waiting"): [amount(kind.waiting_at_start) for kind in kinds],
    }
    for head, found in (
        (_("days in care so far (share)"), [kind.in_care_since_at_start for kind in kinds]),
        (_("days waited so far (share)"), [kind.waited_at_start for kind in kinds]),
    ):
        if any(found):
            columns[head] = [_points(one) for one in found]
    return table(tuple(columns), list(zip(*columns.values(), strict=True)))


def _points(found: ObservedDays | None) -> str:
    if found is None:
        return "–"
    return "; ".join(f"{number(point.days)} ({number(point.share)})" for point in found.points)


def sources(system: CareSystem) -> str:
    """The bibliography."""
    rows = [
        (f"`{source.id}`", source.title, source.publisher, str(source.year))
        for source in system.sources
    ]
    return table((_("source"), _("title"), _("publisher"), _("year")), rows)


def inputs(system: CareSystem) -> str:
    """Every number with its unit and where it comes from."""
    rows = [
        (in_language(q.label), number(q.value), unit(q.unit), origin(q.provenance))
        for q in quantities(system)
    ]
    return table((_("what"), _("value"), _("unit"), _("where it comes from")), rows)


def assumed(system: CareSystem) -> str:
    """Every assumption, with why."""
    rows = [
        (in_language(a.label), number(a.value), number(a.low), number(a.high), in_language(a.why))
        for a in assumptions(system)
    ]
    head = (_("assumption"), _("likeliest"), _("lowest"), _("highest"), _("why"))
    return table(head, rows)


def changed(system: CareSystem, scenario: Scenario) -> str:
    """What a scenario changes, by how much, where and when."""
    rows = [
        (changes.what(item, system), changes.how_much(item), changes.how_sure(item))
        for item in scenario.interventions
    ]
    return table((_("what changes"), _("how much"), _("how sure")), rows)
