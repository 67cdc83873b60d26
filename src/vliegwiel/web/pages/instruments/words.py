"""Texts and answers of a document as people read them."""

from typing import Any

from vliegwiel.apps.figures import in_language
from vliegwiel.apps.instruments import queries
from vliegwiel.science.questionnaires import Answer, AnswerKind, Instrument, Question
from vliegwiel.web import notation


def grouped(instrument: Instrument) -> list[tuple[str, list[Question]]]:
    """Questions under the title of their aspect, in the order of the document."""
    titles = {aspect.key: text_of(aspect.title) for aspect in instrument.aspects}
    found: list[tuple[str, list[Question]]] = []
    for question in instrument.questions:
        title = titles.get(instrument.aspect_of(question) or "", "")
        if not found or found[-1][0] != title:
            found.append((title, []))
        found[-1][1].append(question)
    return found


def text_of(text: Any) -> str:
    """A text of a document in the language of the reader."""
    return in_language(nl=text.nl, en=text.en)


def answer_text(instrument: Instrument, question: Question, answer: Answer | None) -> str:
    """An answer as people read it."""
    if answer is None:
        return ""
    if question.kind is AnswerKind.CHOICE:
        labels = {choice.key: text_of(choice.label) for choice in question.choices}
        return labels[str(answer)]
    if question.kind is AnswerKind.YES_NO:
        return str(queries.YES_NO[str(answer)])
    if isinstance(answer, float):
        return notation.number(answer, 0 if answer == int(answer) else 2)
    return str(answer)
