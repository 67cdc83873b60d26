"""Where an initiative stands on the ladder of effective interventions, and what it still lacks."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from vliegwiel.apps.explorer import effect_words
from vliegwiel.apps.pilots import queries
from vliegwiel.science.evidence.grading import FOUNDATION, LadderGrade, Rung, ladder

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
    """Where it stands in words; `query` brings the same parts to another address."""

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


def written_in(request: HttpRequest, kept: queries.Written) -> tuple[WrittenForm, Collection[str]]:
    """The form with what stands in the address, else what was kept; what does not exist is not."""
    if "beschreven" in request.GET:
        form, asked = WrittenForm(request.GET), request.GET.getlist("beschreven")
    else:
        form, asked = WrittenForm(initial={"beschreven": kept.parts}), list(kept.parts)
    return form, [part for part in FOUNDATION if part in asked]


def ladder_words(request: HttpRequest, initiative: int) -> LadderWords:
    """The grade of an initiative by its pilots and what is written down."""
    kept = queries.written_of(initiative)
    form, written = written_in(request, kept)
    studies = queries.studies_of(initiative)
    grade: LadderGrade = ladder(written, studies)
    return LadderWords(
        form=form,
        written=[str(PARTS[part]) for part in written],
        rung=int(grade.rung),
        rung_label=str(RUNGS[grade.rung]),
        evidence_label=str(RUNGS[grade.evidence]),
        missing=[effect_words.check(one) for one in grade.missing],
        remarks=[effect_words.check(one) for one in grade.remarks],
        studies=len(studies),
        query="&".join(f"beschreven={part}" for part in written),
        kept=kept,
    )


def plain_ladder(words: LadderWords) -> Mapping[str, object]:
    """The same for programs."""
    return {
        "step": words.rung,
        "written": list(words.written),
        "missing": list(words.missing),
        "remarks": list(words.remarks),
        "studies": words.studies,
    }
