"""Words of this app, and faults in the language of the reader."""

from collections.abc import Mapping, Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vliegwiel.science.kernel import Fault
from vliegwiel.science.questionnaires import AnswerKind, Of, Use

Words = str | Promise

USES: Mapping[Use, Words] = {
    Use.SCAN: gettext_lazy("Scan: many people answer, you see means"),
    Use.COMPARISON: gettext_lazy("Comparison: one answer per party, beside each other"),
    Use.CONVERSATION: gettext_lazy("Conversation: what was said, question by question"),
}
OF: Mapping[Of, Words] = {
    Of.ORGANISATION: gettext_lazy("Organisations"),
    Of.MUNICIPALITY: gettext_lazy("Municipalities"),
    Of.SUBJECT: gettext_lazy("Initiatives or pilots"),
    Of.GROUP: gettext_lazy("Groups"),
}
KINDS: Mapping[AnswerKind, Words] = {
    AnswerKind.SCALE: gettext_lazy("Scale from 1 to 5"),
    AnswerKind.CHOICE: gettext_lazy("Choice from a list"),
    AnswerKind.YES_NO: gettext_lazy("Yes or no"),
    AnswerKind.NUMBER: gettext_lazy("Number"),
    AnswerKind.TEXT: gettext_lazy("Text"),
}
YES_NO: Mapping[str, Words] = {"yes": gettext_lazy("Yes"), "no": gettext_lazy("No")}


def answer_problems(faults: Sequence[Fault]) -> dict[str, str]:
    """A sentence per question, in the language of the reader."""
    sentences = {
        "unanswered": _("Answer this question."),
        "no_point": _("Choose a point from %(low)s to %(high)s."),
        "no_choice": _("Choose one of the answers."),
        "no_number": _("Give a number, such as 12 or 1.5."),
        "long_words": _("The text has %(count)s characters; it may have at most %(most)s."),
    }
    return {
        fault.path: sentences.get(fault.code, fault.template) % fault.params for fault in faults
    }
