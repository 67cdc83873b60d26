"""Where an initiative stands on the ladder of effective interventions, and what it still lacks."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from vliegwiel.apps.explorer import effect_words
from vliegwiel.apps.pilots import queries
from vliegwiel.science.evidence.grading import FOUNDATION, LadderGrade, Rung, ladder
from vliegwiel.web import notation

#: Part of a description -> what it is called.
PARTS = {
    "target_group": _("For which children, young people or parents it is meant"),
    "goals": _("What it is to reach"),
    "approach": _("How it goes, step by step"),
    "expertise": _("What those who do it must be able to do"),
    "quality_control": _("How is seen to it that it is done as meant"),
    "conditions": _("What an organisation needs for it"),
    "costs": _("What it costs"),
    "theory": _("Why it works, with theory or research"),
    "manual": _("A manual in Dutch"),
    "implementation_study": _("Research into how it is carried out"),
    "owner": _("Who owns it and answers for it"),
}
RUNGS = {
    Rung.NONE: _("Not on the ladder yet: it is not described in full"),
    Rung.WELL_FOUNDED: _("Step 1: well founded"),
    Rung.FIRST_INDICATIONS: _("Step 2: first indications that it works"),
    Rung.GOOD_INDICATIONS: _("Step 3: good indications that it works"),
    Rung.STRONG_INDICATIONS: _("Step 4: strong indications that it works"),
}


class WrittenForm(forms.Form):
    """What of the description is there; in the address it can be tried out and passed on."""

    beschreven = forms.MultipleChoiceField(
        label=_("Which parts are written down already?"),
        choices=[(part, PARTS[part]) for part in FOUNDATION],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )


@dataclass(frozen=True, slots=True)
class LadderWords:
    """Where it stands in words; `query` brings the same parts to another address.

    `tried_out` is whether the parts are others than those that were kept; `said` tells whose word
    the parts are, empty where nobody said anything yet.
    """

    form: WrittenForm
    written: Sequence[str]
    rung: int
    rung_label: str
    evidence_label: str
    missing: Sequence[str]
    remarks: Sequence[str]
    studies: int
    query: str
    kept: queries.Written
    tried_out: bool
    said: str


def written_in(request: HttpRequest, kept: queries.Written) -> Sequence[str]:
    """What stands in the address, else what was kept; what does not exist is not there.

    An address with an empty part says that nothing is written down.
    """
    asked: Collection[str] = kept.parts
    if "beschreven" in request.GET:
        asked = request.GET.getlist("beschreven")
    return [part for part in FOUNDATION if part in asked]


def ladder_words(request: HttpRequest, initiative: int) -> LadderWords:
    """The grade of an initiative by its pilots and what is written down."""
    kept = queries.written_of(initiative)
    written = written_in(request, kept)
    tried_out = set(written) != set(kept.parts)
    studies = queries.studies_of(initiative)
    grade: LadderGrade = ladder(written, studies)
    return LadderWords(
        form=WrittenForm(initial={"beschreven": written}),
        written=[str(PARTS[part]) for part in written],
        rung=int(grade.rung),
        rung_label=str(RUNGS[grade.rung]),
        evidence_label=str(RUNGS[grade.evidence]),
        missing=[effect_words.check(one) for one in grade.missing],
        remarks=[effect_words.check(one) for one in grade.remarks],
        studies=len(studies),
        query="&".join(f"beschreven={part}" for part in ("", *written)) if tried_out else "",
        kept=kept,
        tried_out=tried_out,
        said=_said(kept, tried_out=tried_out),
    )


def _said(kept: queries.Written, *, tried_out: bool) -> str:
    if tried_out:
        return gettext("This is tried out: nobody said that this is what is written down.")
    if kept.at is None:
        return ""
    given = {"by": kept.by, "at": notation.day(kept.at)}
    return gettext("%(by)s said on %(at)s what is written down.") % given


def plain_ladder(words: LadderWords) -> Mapping[str, object]:
    """The same for programs."""
    by_somebody = words.kept.at is not None and not words.tried_out
    return {
        "step": words.rung,
        "written": list(words.written),
        "tried_out": words.tried_out,
        "said_by": words.kept.by if by_somebody else None,
        "said_at": words.kept.at.isoformat() if by_somebody and words.kept.at else None,
        "missing": list(words.missing),
        "remarks": list(words.remarks),
        "studies": words.studies,
    }
