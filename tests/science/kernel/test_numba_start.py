"""Who draws numbers does not load linear algebra; who multiplies matrices still can."""

from __future__ import annotations

import subprocess
import sys

PROGRAM = """
import sys
import numpy as np
from numba import njit
from vliegwiel.science.kernel import child_key

child_key(1, 2, 3)
print("scipy.linalg" in sys.modules)

@njit
def products(a, b):
    return np.dot(a, b), np.convolve(a[0], b[0])

a, b = np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([[5.0, 6.0], [7.0, 8.0]])
dot, convolved = products(a, b)
print(np.array_equal(dot, a @ b), np.allclose(convolved, np.convolve(a[0], b[0])))
"""


def test_linear_algebra_is_loaded_by_who_asks_for_it() -> None:
    said = subprocess.run(
        [sys.executable, "-W", "error", "-c", PROGRAM], capture_output=True, text=True, check=False
    )
    assert said.stdout.split() == ["False", "True", "True"], said.stderr
