"""Figures of the landscape: how many initiatives there are of each sort."""

from collections.abc import Sequence

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from vliegwiel.apps.initiatives.queries import Facet, Spread
from vliegwiel.web import charts, notation
from vliegwiel.web.components import Column, FigureBlock, Table


def landscape_blocks(facets: Sequence[Facet], mark: str) -> list[FigureBlock]:
    """A figure for each way to sort; those of which nothing is known have no picture."""
    return [_block(facet, mark) for facet in facets]


def spread_block(found: Spread, mark: str) -> FigureBlock:
    """How much the same is tried apart, with the kinds that most regions work on."""
    names = [f"{line.theme} – {line.question}" for line in found.lines]
    rows = [
        charts.CompareRow(name, line.regions) for name, line in zip(names, found.lines, strict=True)
    ]
    chart = charts.kept(
        charts.compare_bars,
        rows,
        region_name="",
        national_name="",
        language=get_language() or "nl",
        decimals=0,
        unit="",
    )
    columns = (
        Column(_("About the same: theme and question")),
        Column(_("Under way"), "number"),
        Column(_("Regions"), "number"),
        Column(_("Chance of different regions (%)"), "number"),
    )
    told = [
        (name, line.initiatives, line.regions, None if line.apart is None else 100 * line.apart)
        for name, line in zip(names, found.lines, strict=True)
    ]
    return FigureBlock(
        id="spread",
        title=_apart(found),
        what=_("Number of regions in which something about the same is under way."),
        chart=chart if rows else "",
        table=Table(_("What is tried in most regions"), columns, told),
        source=_("The register of initiatives"),
        how=[
            _("Two initiatives are about the same when they share a theme and a question of youth "
              "care. Counted is what is under way in regions, among what you may see and what fits "
              "your choice."),
            _("The index of fragmentation is the chance that two initiatives about the same, drawn "
              "at random, are of different regions: 0% when one region does all, 100% when each "
              "tries it apart. A high number says that it is worth looking each other up; it does "
              "not say that the initiatives are alike in everything."),
        ],
        mark=mark,  # type: ignore[arg-type]
        heading=2,
    )  # fmt: skip


def _apart(found: Spread) -> str:
    if found.regions == 1:
        return _("One region works on what stands here: fragmentation cannot be measured")
    if found.apart is None:
        return _("Fragmentation: nothing is tried twice yet")
    words = _(
        "Fragmentation: of every 100 pairs of initiatives about the same, %(number)s are of "
        "different regions"
    )
    return words % {"number": notation.number(100 * found.apart, 0)}


def _block(facet: Facet, mark: str) -> FigureBlock:
    counts = [count for count in facet.counts if count.count]
    rows = [charts.CompareRow(count.label, count.count) for count in counts]
    chart = (
        charts.kept(
            charts.compare_bars,
            rows,
            region_name="",
            national_name="",
            language=get_language() or "nl",
            decimals=0,
            unit="",
        )
        if rows
        else ""
    )
    columns = (Column(facet.title), Column(_("Initiatives"), "number"))
    table = Table(
        _("Initiatives by: %(facet)s") % {"facet": facet.title},
        columns,
        [(count.label, count.count) for count in facet.counts],
    )
    return FigureBlock(
        id=facet.name,
        title=_finding(facet),
        what=_("Number of initiatives. One initiative can count in several rows."),
        chart=chart,
        table=table,
        source=_("The register of initiatives"),
        how=[
            _("Counted are the initiatives that you may see and that fit your choice, each in "
              "every row that somebody ticked for it. What nobody ticked is counted nowhere."),
        ],
        mark=mark,  # type: ignore[arg-type]
        heading=2,
    )  # fmt: skip


def _finding(facet: Facet) -> str:
    highest = max((count.count for count in facet.counts), default=0)
    if not highest:
        return _("%(facet)s: nothing is known yet") % {"facet": facet.title}
    most = [count.label for count in facet.counts if count.count == highest]
    words = {"facet": facet.title, "count": notation.number(highest)}
    if len(most) == 1:
        return _("%(facet)s: most often “%(label)s” (%(count)s)") % {**words, "label": most[0]}
    # All that come equally often, as one name alone would say that it comes more often.
    first, last = "”, “".join(most[:-1]), most[-1]
    return _("%(facet)s: most often “%(first)s” and “%(last)s” (%(count)s each)") % {
        **words,
        "first": first,
        "last": last,
    }
