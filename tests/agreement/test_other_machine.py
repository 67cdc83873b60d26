"""The same seed gives the same numbers, to the last digit, on a machine with another processor.

The other machine is this one as its ancestor: a process whose machine code is made for the oldest
processor of the family, with the C library and numpy told to leave newer instructions alone. Their
own ``exp`` and ``log`` then differ in the last digit here and there, which is what the numbers must
not depend on.
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from tests.science.caresystem import samples
from vliegwiel import reference
from vliegwiel.science.caresystem import (
    ForecastPlan,
    read_care_system,
    read_scenario,
    run_chunk,
    sensitivity,
    summarise,
)
from vliegwiel.science.caresystem.elapsed import elapsed
from vliegwiel.science.caresystem.workspace import Workspace

from .test_same_seed import every_part

ROOT = Path(__file__).resolve().parents[2]
OLD = {
    "NUMBA_CPU_NAME": "x86-64",
    "NUMBA_CPU_FEATURES": "",
    "NPY_DISABLE_CPU_FEATURES": "X86_V3 X86_V4 AVX512_ICL AVX512_SPR",
    "GLIBC_TUNABLES": "glibc.cpu.hwcaps=-AVX,-AVX2,-FMA,-FMA4,-AVX512F"
    ",-AVX_Usable,-AVX2_Usable,-FMA_Usable,-FMA4_Usable,-AVX512F_Usable",
}


def digests() -> dict[str, str]:
    """What forecasts in both kernels and a run with every shape of stay come down to."""
    since = elapsed([[(0.0, 0.0), (0.7, 60.0), (1.0, 220.0)]] * 5)
    known = replace(every_part(), waited=since, in_care_since=since)
    found = {}
    for name, network in (("every shape", every_part()), ("since when", known)):
        counts = Workspace(network).simulate(3)
        found[name] = counts.cells.tobytes() + counts.histogram.tobytes()
    sample = samples.as_text(samples.care_system()), samples.as_text(samples.scenario())
    practice = reference.care_system_file("oefenregio").content, None
    for name, (document, change) in (("sample", sample), ("practice", practice)):
        system = read_care_system(document)
        scenario = read_scenario(change, system) if change else None
        plan = ForecastPlan(system, scenario, months=36, replications=20, seed=11)
        chunks = [run_chunk(plan, 0, 20)]
        found[name] = summarise(plan, chunks).to_json().encode()
        told = sensitivity(plan, chunks, replications=3)
        found[f"{name}, what matters most"] = told.to_json().encode()
    return {name: hashlib.sha256(data).hexdigest() for name, data in found.items()}


@pytest.mark.slow
@pytest.mark.skipif(platform.machine() != "x86_64", reason="has no such ancestor")
def test_an_older_processor_gives_the_same_numbers(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.agreement.test_other_machine"],
        cwd=ROOT, env={**os.environ, **OLD, "NUMBA_CACHE_DIR": str(tmp_path)},
        capture_output=True, text=True, timeout=400, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout.splitlines()[-1]) == digests()
    compiled = list(tmp_path.rglob("_kernel.run-*.nbc"))
    assert len(compiled) >= 2
    for code in map(Path.read_bytes, compiled):
        assert b"\x00memset\x00" in code  # the names of what it calls stand in the file
        assert not any(b"\x00%s\x00" % name in code for name in (b"exp", b"log", b"pow"))
        assert b"avx" not in code


if __name__ == "__main__":
    print(json.dumps(digests()))
