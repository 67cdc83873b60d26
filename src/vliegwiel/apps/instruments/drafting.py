"""An instrument as somebody types it in one language, as a document and back."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from itertools import count

from django.utils.text import slugify
from django.utils.translation import gettext as _

from vliegwiel.reference import BilingualText
from vliegwiel.science.kernel import DocumentError
from vliegwiel.science.questionnaires import (
    LONGEST_TEXT,
    LONGEST_TITLE,
    AnswerKind,
    Aspect,
    Choice,
    Instrument,
    Of,
    Question,
    Scale,
    Use,
    read_instrument,
    write_instrument,
)

from .errors import Refused

_LONGEST_KEY = 60
_MOST_QUESTIONS, _MOST_CHOICES = 100, 20
_FIVE_POINTS = (1, 5)


@dataclass(frozen=True, slots=True)
class DraftQuestion:
    """A question as typed. `key` is that of an earlier version, empty for a new question."""

    text: str
    kind: str
    aspect: str = ""
    choices: Sequence[str] = ()
    required: bool = True
    key: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """An instrument as typed; `lowest` and `highest` say what the ends of the scale mean."""

    title: str
    intro: str
    use: str
    of: str
    lowest: str = ""
    highest: str = ""
    questions: Sequence[DraftQuestion] = field(default_factory=tuple)


def document_of(draft: Draft, *, key: str, version: int, used: Collection[str] = ()) -> Instrument:
    """The document of a draft. Questions keep their keys, so that rounds can be compared.

    `used` are keys of questions in every earlier version: a new question gets another.

    Raises Refused with a sentence per field; a question is named `questions-<its place from 0>`.
    """
    problems = _problems(draft)
    if problems:
        raise Refused(problems)
    aspects = {key_of(q.aspect): q.aspect for q in draft.questions if q.aspect}
    scales = any(question.kind == AnswerKind.SCALE for question in draft.questions)
    try:
        made = Instrument(
            key=key,
            version=version,
            use=Use(draft.use),
            of=Of(draft.of),
            title=_both(draft.title),
            intro=_both(draft.intro),
            scale=_scale(draft) if scales else None,
            aspects=tuple(Aspect(key=k, title=_both(t)) for k, t in aspects.items()),
            questions=tuple(_questions(draft.questions, used)),
        )
        return read_instrument(write_instrument(made))
    except DocumentError as error:
        # What a form asks for was checked above: what is left is about the instrument as a whole.
        raise Refused({"": error.faults[0].message}) from error


def draft_of(instrument: Instrument) -> Draft:
    """What to show for changing; texts that a region wrote itself are alike in both languages."""
    titles = {aspect.key: aspect.title.nl for aspect in instrument.aspects}
    scale = instrument.scale
    return Draft(
        title=instrument.title.nl,
        intro=instrument.intro.nl,
        use=instrument.use,
        of=instrument.of,
        lowest=scale.lowest.nl if scale else "",
        highest=scale.highest.nl if scale else "",
        questions=tuple(
            DraftQuestion(
                text=question.text.nl,
                kind=question.kind,
                aspect=titles.get(instrument.aspect_of(question) or "", ""),
                choices=tuple(choice.label.nl for choice in question.choices),
                required=question.required,
                key=question.key,
            )
            for question in instrument.questions
        ),
    )


def _both(text: str) -> BilingualText:
    return BilingualText(nl=text, en=text)


def _scale(draft: Draft) -> Scale:
    low, high = _FIVE_POINTS
    return Scale(low=low, high=high, lowest=_both(draft.lowest), highest=_both(draft.highest))


def key_of(title: str) -> str:
    """A name for programs, made of a title; empty when it has no letters or digits."""
    return re.sub("[-_]+", "-", slugify(title))[:_LONGEST_KEY].strip("-")


def _questions(typed: Sequence[DraftQuestion], used: Collection[str]) -> list[Question]:
    taken, found = set(used), []
    kept: set[str] = set()
    for question in typed:
        key = question.key if question.key in used and question.key not in kept else ""
        key = key or next(f"q{n}" for n in count(1) if f"q{n}" not in taken)
        taken.add(key)
        kept.add(key)
        choices = question.choices if question.kind == AnswerKind.CHOICE else ()
        found.append(
            Question(
                key=key,
                kind=AnswerKind(question.kind),
                text=_both(question.text),
                aspect=key_of(question.aspect) or None,
                required=question.required,
                choices=tuple(
                    Choice(key=f"c{place}", label=_both(label))
                    for place, label in enumerate(choices, start=1)
                ),
            )
        )
    return found


def _problems(draft: Draft) -> dict[str, str]:
    """A sentence per field that cannot be kept."""
    kinds = {question.kind for question in draft.questions}
    found = {
        "title": _text_problem(draft.title, LONGEST_TITLE),
        "intro": _text_problem(draft.intro, LONGEST_TEXT),
        "use": "" if draft.use in set(Use) else _("Choose one of the answers."),
        "of": "" if draft.of in set(Of) else _("Choose one of the answers."),
        "questions": _together_problem(draft, kinds),
    }
    for name, text in (("lowest", draft.lowest), ("highest", draft.highest)):
        if AnswerKind.SCALE in kinds:
            found[name] = _text_problem(text, LONGEST_TITLE)
    for place, question in enumerate(draft.questions):
        found[f"questions-{place}"] = _question_problem(question)
    return {name: sentence for name, sentence in found.items() if sentence}


def _text_problem(text: str, most: int) -> str:
    if not text.strip() or "\0" in text:
        return _("Fill this in.")
    return _("Use fewer words.") if len(text) > most else ""


def _together_problem(draft: Draft, kinds: Collection[str]) -> str:
    if not draft.questions:
        return _("Ask at least one question.")
    if len(draft.questions) > _MOST_QUESTIONS:
        return _("At most %(n)s questions are possible.") % {"n": _MOST_QUESTIONS}
    if draft.use == Use.SCAN and AnswerKind.SCALE not in kinds:
        return _("A scan needs at least one question on a scale from 1 to 5.")
    return ""


def _question_problem(question: DraftQuestion) -> str:
    if problem := _text_problem(question.text, LONGEST_TEXT):
        return problem
    if question.kind not in set(AnswerKind):
        return _("Choose how the question is answered.")
    if len(question.aspect) > LONGEST_TITLE:
        return _("Use fewer words.")
    if question.aspect and not key_of(question.aspect):
        return _("Give the aspect a name with letters.")
    return _choices_problem(question) if question.kind == AnswerKind.CHOICE else ""


def _choices_problem(question: DraftQuestion) -> str:
    labels = [label.strip().casefold() for label in question.choices]
    if len(labels) < 2 or len(labels) > _MOST_CHOICES:
        return _("Give two to %(n)s answers to choose from, each on a line.") % {"n": _MOST_CHOICES}
    if len(set(labels)) < len(labels):
        return _("The same answer stands here twice.")
    return _("Use fewer words.") if any(len(label) > LONGEST_TEXT for label in labels) else ""
