"""What a round brought, as figures with their tables, and as lists of what is alike or differs."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from vliegwiel.apps.instruments import queries
from vliegwiel.apps.instruments.queries import EarlierRound, RoundDetail
from vliegwiel.science.questionnaires import (
    LEAST_RESPONDENTS,
    AnswerKind,
    Instrument,
    Profile,
    ScanResult,
    Score,
    Use,
)
from vliegwiel.web import notation
from vliegwiel.web.charts import (
    MOST_RADAR_LINES,
    CompareRow,
    RadarLine,
    compare_bars,
    kept,
    radar_chart,
)
from vliegwiel.web.components import Column, Download, FigureBlock, Table

from .words import answer_text, text_of

_LEAST_AXES = 3


@dataclass(frozen=True, slots=True)
class Difference:
    """A question that parties answer differently: who answered what, and what it may mean."""

    question: str
    groups: Sequence[tuple[str, str]]
    risk: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a page shows of a round; what does not belong to its kind is empty."""

    figures: Sequence[FigureBlock] = ()
    hidden: Sequence[str] = ()
    too_few: bool = False
    tables: Sequence[Table] = ()
    texts: Sequence[tuple[str, Sequence[str]]] = ()
    alike: Sequence[tuple[str, str]] = ()
    differs: Sequence[Difference] = ()
    said: Sequence[tuple[str, Sequence[tuple[str, str]]]] = ()


def outcome(region: Any, found: RoundDetail, earlier: Sequence[EarlierRound]) -> Outcome:
    """What may be shown of a round now."""
    if found.instrument.use is Use.COMPARISON:
        return _comparison(found)
    if found.instrument.use is Use.CONVERSATION:
        said: dict[str, list[tuple[str, str]]] = {}
        for line in queries.spoken_in(found):
            said.setdefault(line.question_text, []).append((line.party, line.text))
        return Outcome(said=list(said.items()))
    result = queries.scanned(found)
    if result is None:
        return Outcome()
    if result.total is None:
        return Outcome(too_few=True)
    figures = [_profile_block(region, found, result, result.total)]
    if found.instrument.parts:
        figures.append(_parts_block(found, result.total))
    if len(result.parties) > 1:
        figures.append(_parties_block(found, result))
    if len(earlier) > 1:
        figures.append(over_time(found.instrument, earlier))
    return Outcome(
        figures=figures,
        hidden=sorted(result.hidden),
        tables=[_questions_table(found.instrument, result), *_count_tables(found, result)],
        texts=[
            (text_of(question.text), result.texts[question.key])
            for question in found.instrument.questions
            if question.key in result.texts
        ],
    )


def over_time(instrument: Instrument, earlier: Sequence[EarlierRound]) -> FigureBlock:
    """The means of every closed round, the last few drawn."""
    aspects = [a for a in instrument.aspects if any(a.key in one.aspects for one in earlier)]
    shown = earlier[-MOST_RADAR_LINES:]
    lines = [RadarLine(o.title, [o.aspects.get(a.key) for a in aspects]) for o in shown]
    columns = [Column(text_of(aspect.title), "number", 2) for aspect in aspects]
    rows = [
        (
            one.title,
            one.closed_at.date(),
            one.respondents,
            *(one.aspects.get(a.key) for a in aspects),
        )
        for one in earlier
    ]
    return FigureBlock(
        id="over-time",
        heading=2,
        title=_("How it went from round to round"),
        what=_("Mean of all respondents per aspect and round."),
        table=Table(
            _("Means per round"),
            (
                Column(_("Round")),
                Column(_("Closed"), "day"),
                Column(_("Respondents"), "number"),
                *columns,
            ),
            rows,
        ),
        chart=_radar(instrument, [text_of(a.title) for a in aspects], lines),
        mark="generated" if any(one.mark for one in earlier) else "",
    )


def _profile_block(
    region: Any, found: RoundDetail, result: ScanResult, total: Profile
) -> FigureBlock:
    instrument = found.instrument
    aspects = [a for a in instrument.aspects if a.key in total.aspects]
    beside = [a.compare for a in aspects]
    name = text_of(instrument.compared) if instrument.compared else ""
    lines = [RadarLine(_("All respondents"), [total.aspects[a.key].mean for a in aspects])]
    if any(value is not None for value in beside):
        lines.append(RadarLine(name, beside))
    rows = [
        (text_of(a.title), total.aspects[a.key].mean, total.aspects[a.key].spread, a.compare)
        for a in aspects
    ]
    return FigureBlock(
        id="profile",
        heading=2,
        title=_profile_title(rows),
        what=_("Mean of all respondents per aspect, on a scale from %(low)s to %(high)s.")
        % _ends(instrument),
        table=Table(
            _("Means and spread per aspect"),
            (
                Column(_("Aspect")),
                Column(_("Mean"), "number", 2),
                Column(_("Spread of the scores"), "number", 2),
                Column(name or _("Elsewhere"), "number", 2),
            ),
            rows,
        ),
        chart=_radar(instrument, [text_of(a.title) for a in aspects], lines),
        date=notation.day(found.line.closed_at.date()) if found.line.closed_at else "",
        source=_("This round, %(n)s respondents") % {"n": notation.number(total.respondents, 0)},
        how=_how(),
        mark=found.line.mark,  # type: ignore[arg-type]
        downloads=[
            Download(
                _("Download everything (CSV)"),
                reverse("round_csv", args=[region.slug, found.line.id]),
            )
        ],
    )


def _profile_title(rows: Sequence[tuple[str, float, float, float | None]]) -> str:
    if len(rows) < 2:
        return _("The score of this round")
    best, least = max(rows, key=lambda row: row[1]), min(rows, key=lambda row: row[1])
    if best[1] == least[1]:
        return _("Every aspect has the same score")
    return _("%(best)s scores highest (%(high)s), %(least)s lowest (%(low)s)") % {
        "best": best[0],
        "high": notation.number(best[1], 2),
        "least": least[0],
        "low": notation.number(least[1], 2),
    }


def _parts_block(found: RoundDetail, total: Profile) -> FigureBlock:
    titles = {aspect.key: text_of(aspect.title) for aspect in found.instrument.aspects}
    parts = [part for part in found.instrument.parts if part.key in total.parts]
    bars = [CompareRow(text_of(part.title), total.parts[part.key].mean) for part in parts]
    rows = [
        (text_of(part.title), titles[part.aspect], score.mean, score.spread)
        for part in parts
        for score in [total.parts[part.key]]
    ]
    chart = kept(
        compare_bars,
        bars,
        region_name=_("All respondents"),
        national_name="",
        language=get_language() or "nl",
        decimals=2,
        unit="",
    )
    return FigureBlock(
        id="parts",
        heading=2,
        title=_("What lies behind the aspects"),
        what=_("Mean of all respondents, per part of an aspect."),
        table=Table(
            _("Means and spread per part"),
            (
                Column(_("Part")),
                Column(_("Aspect")),
                Column(_("Mean"), "number", 2),
                Column(_("Spread of the scores"), "number", 2),
            ),
            rows,
        ),
        chart=chart if bars else "",
        mark=found.line.mark,  # type: ignore[arg-type]
    )


def _parties_block(found: RoundDetail, result: ScanResult) -> FigureBlock:
    aspects = found.instrument.aspects
    order = [party.title for party in found.parties if party.title in result.parties]
    lines = [
        RadarLine(title, [_mean(result.parties[title].aspects.get(a.key)) for a in aspects])
        for title in order[:MOST_RADAR_LINES]
    ]
    rows = [
        (
            title,
            result.parties[title].respondents,
            *(_mean(result.parties[title].aspects.get(a.key)) for a in aspects),
        )
        for title in order
    ]
    columns = [Column(text_of(aspect.title), "number", 2) for aspect in aspects]
    return FigureBlock(
        id="parties",
        heading=2,
        title=_("Beside each other"),
        what=_("Mean per aspect of each that may be shown."),
        table=Table(
            _("Means side by side"),
            (Column(_("Who")), Column(_("Respondents"), "number"), *columns),
            rows,
        ),
        chart=_radar(found.instrument, [text_of(a.title) for a in aspects], lines),
        how=_how(),
        mark=found.line.mark,  # type: ignore[arg-type]
    )


def _radar(instrument: Instrument, axes: list[str], lines: list[RadarLine]) -> str:
    """Without three axes there is nothing round to draw: the table says it."""
    if len(axes) < _LEAST_AXES or instrument.scale is None:
        return ""
    return kept(
        radar_chart,
        axes,
        lines,
        low=instrument.scale.low,
        high=instrument.scale.high,
        language=get_language() or "nl",
    )


def _questions_table(instrument: Instrument, result: ScanResult) -> Table:
    scores = result.total.questions if result.total else {}
    rows = [
        (text_of(question.text), found.count, found.mean, found.spread)
        for question in instrument.questions
        for found in [scores.get(question.key) or result.numbers.get(question.key)]
        if found is not None
    ]
    columns = (
        Column(_("Question")),
        Column(_("Respondents"), "number"),
        Column(_("Mean"), "number", 2),
        Column(_("Spread of the scores"), "number", 2),
    )
    return Table(_("Every question"), columns, rows)


def _count_tables(found: RoundDetail, result: ScanResult) -> list[Table]:
    tables = []
    for question in found.instrument.questions:
        counts = result.counts.get(question.key)
        if counts is not None:
            rows = [(answer_text(found.instrument, question, k), n) for k, n in counts.items()]
            columns = (Column(_("Answer")), Column(_("Respondents"), "number"))
            tables.append(Table(text_of(question.text), columns, rows))
    return tables


def _comparison(found: RoundDetail) -> Outcome:
    instrument, rows = found.instrument, queries.compared(found)
    questions = {question.key: question for question in instrument.questions}
    parties = [party.title for party in found.parties if party.handed_in]
    closed = [r for r in rows if questions[r.key].kind is not AnswerKind.TEXT]
    alike, differs = [], []
    for row in closed:
        question = questions[row.key]
        groups = [(answer_text(instrument, question, a), ", ".join(who)) for a, who in row.groups]
        if row.alike:
            alike.append((text_of(question.text), groups[0][0]))
        elif row.alike is False:
            risk = text_of(question.risk) if question.risk else ""
            differs.append(Difference(text_of(question.text), groups, risk))
    table = Table(
        _("Every answer, side by side"),
        (Column(_("Question")), *(Column(party) for party in parties)),
        [
            (
                text_of(questions[r.key].text),
                *(
                    answer_text(instrument, questions[r.key], r.answers.get(p)) or None
                    for p in parties
                ),
            )
            for r in closed
        ],
    )
    return Outcome(
        tables=[table] if parties else (),
        alike=alike,
        differs=differs,
        said=_told(instrument, rows),
    )


def _told(
    instrument: Instrument, rows: Sequence[Any]
) -> list[tuple[str, Sequence[tuple[str, str]]]]:
    """Answers in words, under the aspect that they are about."""
    titles = {aspect.key: text_of(aspect.title) for aspect in instrument.aspects}
    found: list[tuple[str, Sequence[tuple[str, str]]]] = []
    for question, row in zip(instrument.questions, rows, strict=True):
        if question.kind is AnswerKind.TEXT and row.answers:
            aspect = titles.get(instrument.aspect_of(question) or "")
            heading = f"{aspect}: {text_of(question.text)}" if aspect else text_of(question.text)
            found.append((heading, [(who, str(words)) for who, words in row.answers.items()]))
    return found


def _mean(score: Score | None) -> float | None:
    return score.mean if score is not None else None


def _ends(instrument: Instrument) -> dict[str, str]:
    scale = instrument.scale
    assert scale is not None, "a scan has a scale"
    return {"low": str(scale.low), "high": str(scale.high)}


def _how() -> list[str]:
    return [
        _(
            "For each respondent the answers within an aspect are averaged; the mean is that of "
            "all respondents, each counted once. The spread is the standard deviation between them."
        ),
        _(
            "Nothing is shown of fewer than %(n)s respondents, and nothing from which such a group "
            "could be worked out by subtracting."
        )
        % {"n": LEAST_RESPONDENTS},
    ]
