"""What a round brought as a file: as much as its page shows, and no more."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from vliegwiel.apps.explorer.spreadsheets import Value
from vliegwiel.apps.instruments import queries
from vliegwiel.apps.instruments.queries import RoundDetail
from vliegwiel.science.questionnaires import Profile, ScanResult, Use
from vliegwiel.web.pages.access import RegionRequest, region_page
from vliegwiel.web.pages.attached import attached_table

from .words import answer_text, text_of

_SCAN = ("level", "key", "title", "group", "answer", "respondents", "mean", "spread", "mark")
_ANSWERS = ("key", "question", "party", "answer", "answer_text", "mark")


@require_safe
@region_page("region.view")
def round_csv(request: RegionRequest, region: Any, pk: int) -> HttpResponse:
    """Scores of a scan that may be shown; answers of a comparison or conversation."""
    found = queries.round_detail(region, pk)
    if found is None:
        raise Http404
    columns = _SCAN if found.instrument.use is Use.SCAN else _ANSWERS
    if found.instrument.use is Use.SCAN:
        result = queries.scanned(found)
        rows = list(_scan_rows(found, result)) if result is not None else []
    else:
        rows = list(_answer_rows(found))
    name = f"{found.instrument.key}-{region.slug}-{found.line.id}"
    return attached_table(name, columns, rows)


def _scan_rows(found: RoundDetail, result: ScanResult) -> Iterator[Sequence[Value]]:
    mark = found.line.mark
    if result.total is not None:
        yield from _profile_rows(found, "", result.total)
    for party, profile in result.parties.items():
        yield from _profile_rows(found, party, profile)
    for question in found.instrument.questions:
        about = ("question", question.key, text_of(question.text), "")
        score = result.numbers.get(question.key)
        if score is not None:
            yield (*about, None, score.count, score.mean, score.spread, mark)
        for answer, count in result.counts.get(question.key, {}).items():
            yield (*about, answer, count, None, None, mark)
        for words in result.texts.get(question.key, ()):
            yield (*about, words, None, None, None, mark)


def _profile_rows(found: RoundDetail, group: str, profile: Profile) -> Iterator[Sequence[Value]]:
    instrument = found.instrument
    levels = (
        ("aspect", {item.key: item.title for item in instrument.aspects}, profile.aspects),
        ("part", {item.key: item.title for item in instrument.parts}, profile.parts),
        ("question", {item.key: item.text for item in instrument.questions}, profile.questions),
    )
    for level, titles, scores in levels:
        for key, score in scores.items():
            yield (
                *(level, key, text_of(titles[key]), group, None),
                *(score.count, score.mean, score.spread, found.line.mark),
            )


def _answer_rows(found: RoundDetail) -> Iterator[Sequence[Value]]:
    if found.instrument.use is Use.CONVERSATION:
        for line in queries.spoken_in(found):
            yield (line.question, line.question_text, line.party, None, line.text, line.mark)
        return
    questions = {question.key: question for question in found.instrument.questions}
    for row in queries.compared(found):
        question = questions[row.key]
        for party, answer in row.answers.items():
            words = answer_text(found.instrument, question, answer)
            yield (row.key, text_of(question.text), party, answer, words, found.line.mark)
