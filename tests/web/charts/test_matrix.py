"""The grid of signs: every cell has its sign and colour, and what is heard counts them."""

import pytest
from django.utils.translation import override

from vliegwiel.web.charts import MatrixRow, MatrixSign, matrix_chart, palette

SIGNS = {"yes": MatrixSign("✓", "good", "There"), "no": MatrixSign("×", "bad", "Nobody")}


def drawn(*rows: MatrixRow, columns: tuple[str, ...] = ("Zwolle", "Kampen")) -> str:
    with override("en"):
        return matrix_chart(rows, columns=columns, signs=SIGNS, language="en")


def test_each_cell_has_its_sign_and_each_row_and_column_its_name() -> None:
    svg = drawn(MatrixRow("Day help", ("yes", "no")), MatrixRow("Crisis", ("yes", "yes")))
    assert svg.count("<svg") == 2
    assert (svg.count(">✓</text>"), svg.count(">×</text>")) == (6, 2)
    for name in ("Zwolle", "Kampen", "Day help", "Crisis"):
        assert svg.count(f">{name}</text>") == 2
    assert svg.count(palette.fill_class(palette.SERIES[1])) >= 2
    assert "Grid of 2 rows and 2 columns. There: 3, Nobody: 1." in svg


def test_a_grid_must_be_whole() -> None:
    with pytest.raises(ValueError, match="at least one cell"):
        drawn()
    with pytest.raises(ValueError, match="a cell for each column"):
        drawn(MatrixRow("Day help", ("yes",)))
