"""Print the table of z-scores of the kernel against queueing theory.

python -m benchmarks.agreement
"""

from __future__ import annotations

from tests.agreement.theory import PARTS, Score, scores, summary


def main() -> None:
    """Simulate every model of the agreement tests and print each comparison."""
    every: list[Score] = []
    print(f"{'model':42s}{'measure':28s}{'exact':>11s}{'simulated':>11s}{'error':>9s}{'z':>7s}")
    for part in PARTS:
        for s in scores(part):
            every.append(s)
            numbers = f"{s.exact:11.4f}{s.simulated:11.4f}{s.error:9.4f}{s.z:+7.2f}"
            print(f"{s.model:42s}{s.what:28s}{numbers}")
    print(summary(every))


if __name__ == "__main__":
    main()
