"""The components that every page is made of."""

import re
from pathlib import Path

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation
from django_cotton.compiler_regex import CottonCompiler

from vliegwiel.web.components import Column, Download, FigureBlock, Quality, Table

TEMPLATES = Path(__file__).resolve().parents[2] / "src/vliegwiel/web/templates"


def drawn(source: str, **context: object) -> str:
    with translation.override("nl"):
        template = Template(CottonCompiler().process(source))
        page = template.render(Context({"request": RequestFactory().get("/"), **context}))
    return re.sub(r"\s+", " ", page)


def table() -> Table:
    columns = (Column("Vorm"), Column("Aandeel", "percent", 1), Column("Dagen", "signed"))
    return Table("Aandelen", columns, [("Met <verblijf>", 1.25, -12), ("Zonder", None, 0)])


def block(**changes: object) -> FigureBlock:
    given = {
        "id": "f1",
        "title": "Minder wachten",
        "table": table(),
        "chart": '<svg class="vw-chart__wide"></svg>',
        "quality": Quality("model", "20 herhalingen"),
        "source": "Model",
        "clock": "Tot de intake",
        "date": "22 november 2026",
        "how": ("Zo is het berekend.",),
        "downloads": (Download("CSV", "/x.csv"),),
        "mark": "generated",
    }
    return FigureBlock(**{**given, **changes})  # type: ignore[arg-type]


def test_a_table_writes_its_values_in_the_language_and_escapes_them() -> None:
    page = drawn('<c-data-table :table="table" />', table=table())
    assert '<th scope="row" class="utrecht-table__cell">Met &lt;verblijf&gt;</th>' in page
    assert "1,2%" in page
    assert "−12" in page
    assert ">–<" in page
    assert "<caption" in page
    assert page.count('scope="col"') == 3


def test_a_table_with_a_short_row_is_refused() -> None:
    with pytest.raises(ValueError, match="1 values for 2 columns"):
        Table("x", (Column("a"), Column("b")), [("one",)])


def test_a_figure_always_has_its_parts() -> None:
    page = drawn('<c-figure :figure="figure" />', figure=block())
    for part in (
        'aria-labelledby="f1-title"',
        '<h3 class="vw-figure__title" id="f1-title">Minder wachten</h3>',
        "Grafiek",
        "Tabel",
        "Berekend door het model",
        "20 herhalingen",
        "Verzonnen gegevens",
        "Bron",
        "Tot de intake",
        "22 november 2026",
        "Hoe is dit berekend?",
        'href="/x.csv" download',
    ):
        assert part in page, part


def test_a_figure_without_a_chart_shows_its_table_alone() -> None:
    page = drawn('<c-figure :figure="figure" />', figure=block(chart="", heading=2))
    assert "<fieldset" not in page
    assert "<h2" in page
    assert "<table" in page


class ExampleForm(forms.Form):
    name = forms.CharField(label="Naam", help_text="Zoals op uw pas")
    agree = forms.BooleanField(label="Akkoord")
    kind = forms.ChoiceField(
        label="Soort", choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect
    )
    note = forms.CharField(label="Opmerking", required=False, widget=forms.Textarea)


def test_a_field_is_joined_to_its_hint_and_its_errors() -> None:
    form = ExampleForm({})
    page = drawn('<c-field :field="form.name" />', form=form)
    described = re.search(r'aria-describedby="([^"]+)"', page)
    assert described is not None
    for target in described[1].split():
        assert f'id="{target}"' in page, target
    assert 'aria-invalid="true"' in page
    assert "utrecht-textbox--invalid" in page
    assert '<label class="utrecht-form-label utrecht-form-field__label" for="id_name">' in page


def test_choices_stand_in_a_group_with_a_name() -> None:
    page = drawn('<c-field :field="form.kind" />', form=ExampleForm())
    assert re.search(r"<fieldset[^>]*> <legend[^>]*>Soort", page)
    assert page.count('type="radio"') == 2


def test_what_is_not_required_says_so() -> None:
    assert "niet verplicht" in drawn('<c-field :field="form.note" />', form=ExampleForm())
    assert "niet verplicht" not in drawn('<c-field :field="form.name" />', form=ExampleForm())


def test_the_summary_of_errors_leads_to_the_fields() -> None:
    page = drawn('<c-form-errors :form="form" />', form=ExampleForm({"name": "x"}))
    assert 'role="alert"' in page
    assert "Er moeten nog 2 dingen anders" in page
    assert 'href="#id_agree"' in page


def test_pagination_knows_where_it_is() -> None:
    page = drawn(
        '<c-pagination :page="page" query="zoek=a&amp;" />',
        page=Paginator(list(range(95)), 10).get_page(3),
    )
    assert 'aria-current="page"' in page
    assert "page=2" in page
    assert "page=4" in page


def test_progress_is_written_without_the_notation_of_a_language() -> None:
    page = drawn('<c-progress :value="value" :max="max" what="Rekenen" />', value=1200, max=5000)
    assert 'value="1200" max="5000"' in page


def template_files() -> list[Path]:
    return sorted(TEMPLATES.rglob("*.html"))


@pytest.mark.parametrize("path", template_files(), ids=lambda path: path.name)
def test_no_template_needs_what_the_security_policy_forbids(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    assert not re.search(r"\sstyle=", source)
    assert "<style" not in source
    assert not re.search(r"<script(?![^>]*\bsrc=)", source)
    assert not re.search(r"\son(click|change|load|submit|input)=", source)
    assert "javascript:" not in source


def test_the_place_of_a_finding_is_told_once_in_the_language_of_the_page() -> None:
    source = '<c-finding :finding="finding" />'
    told = {"place": "lijst.csv", "path": "line 7, Einddatum", "message": "Te vroeg."}
    assert "regel 7, Einddatum" in drawn(source, finding=told)
    assert drawn(source, finding={**told, "place": "regel 1", "path": "line 1"}).count("1") == 1
