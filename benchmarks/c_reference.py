"""The benchmark models in C, compiled when asked for: the yardstick beside the kernel.

python -m benchmarks.c_reference --model b [--runs 400]

Without a C compiler it says so and stops; nothing of the product needs one.
"""

from __future__ import annotations

import argparse
import json
import math
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .bench_models import BENCH, scaled

SOURCE = Path(__file__).with_name("reference.c")
MEASURES = ("arrivals", "starts", "ends", "reneges", "mean_wait", "p90_wait")


@dataclass(frozen=True)
class Done:
    """Runs of the C program. `measures` is runs x care forms x MEASURES; waits in days."""

    events: int
    cpu_seconds: float
    measures: NDArray[np.float64]

    @property
    def speed(self) -> float:
        """Events a second of processor time."""
        return self.events / self.cpu_seconds


def numbers(model: dict[str, Any], scale: float = 1.0) -> str:
    """A benchmark model as the plain numbers that the C program reads."""
    nodes, sources = model["nodes"], model["sources"]
    reentry = model["reentry"]
    parts: list[float] = [
        len(nodes), len(sources), model["year_days"] * model["horizon_years"], model["warmup_days"],
    ]  # fmt: skip
    for source in sources:
        parts += [source["rate_per_day"] * scale, *source["destination"]]
    for node in nodes:
        service = node["service"]
        normal = service["distribution"] == "lognormal"
        places = math.inf if node["places"] is None else scaled(node["places"], scale)
        parts += [
            min(places, 2**31 - 1), int(normal), service["mean"],
            service["mu"] if normal else 0, service["sigma"] if normal else 0,
            node["patience_mean"] or 0, scaled(node["initial"], scale),
        ]  # fmt: skip
    for row in model["routing"]:
        parts += row
    nowhere = [1.0] + [0.0] * (len(nodes) - 1)
    parts += (
        [reentry["probability"], reentry["delay_mean"], *reentry["destination"]]
        if reentry
        else [0, 1, *nowhere]
    )
    return " ".join(repr(part) for part in parts)


class Program:
    """The compiled program, in a folder of its own."""

    def __init__(self, folder: Path, *, shared_fates: bool = False) -> None:
        """Compile it: with random numbers one after another, or by youth and purpose.

        Raises:
            RuntimeError: there is no C compiler, or it refuses the source.
        """
        compiler = shutil.which("cc") or shutil.which("gcc") or shutil.which("clang")
        if compiler is None:
            raise RuntimeError("there is no C compiler on this machine")
        self._path = folder / ("shared_fates" if shared_fates else "reference")
        flags = ["-O3", "-march=native", *(["-DSHARED_FATES"] if shared_fates else [])]
        command = [compiler, *flags, "-o", str(self._path), str(SOURCE), "-lm"]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            raise RuntimeError(f"the C compiler refuses {SOURCE.name}:\n{done.stderr}")

    def run(self, model: str, *, runs: int, seed: int = 1, scale: float = 1.0) -> Done:
        """Simulate the benchmark model ``a`` or ``b`` some times on one thread."""
        text = (BENCH / f"model_{model}.json").read_text(encoding="utf-8")
        done = subprocess.run(
            [str(self._path), str(runs), str(seed)],
            input=numbers(json.loads(text), scale), capture_output=True, text=True, check=True,
        )  # fmt: skip
        *lines, last = done.stdout.splitlines()
        events, seconds = last.split()
        table = np.array([[float(word) for word in line.split()] for line in lines])
        return Done(int(events), float(seconds), table.reshape(len(lines), -1, len(MEASURES)))


def main() -> None:
    """Print the speed, and the means by care form beside those of the shared reference."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--model", choices=["a", "b"], default="b")
    parser.add_argument("--runs", type=int, default=400)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        done = Program(Path(folder)).run(arguments.model, runs=arguments.runs)
    print(f"{done.speed:,.0f} events/s over {arguments.runs} runs, one thread")
    means, spread = done.measures.mean(axis=0), done.measures.std(axis=0, ddof=1)
    for i, (mean, sd) in enumerate(zip(means, spread, strict=True)):
        error = sd / math.sqrt(arguments.runs)
        cells = [f"{m:11.3f} ±{e:7.3f}" for m, e in zip(mean, error, strict=True)]
        print(f"{i:3d} " + " ".join(cells))


if __name__ == "__main__":
    main()
