"""Set up everything that this checkout needs, and nothing twice. Standard library only.

    python3 tools/setup.py [run|dev|bench]

`run` is what `make demo` needs, `dev` adds what tests and checks need, `bench` the simulation
libraries that `make bench` compares with, apart from the rest. Each step is skipped when what it
made is still in line with what it was made from, so a second run takes a second.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import time
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENV = Path(os.environ.get("VLIEGWIEL_VENV", ROOT / ".venv"))
PYTHON = VENV / "bin/python"
PEERS = ROOT / ".venv-bench"
OLDEST = (3, 11)


def main() -> int:
    kind = sys.argv[1] if len(sys.argv) > 1 else "run"
    if kind not in {"run", "dev", "bench"}:
        print(__doc__)
        return 2
    if sys.version_info < OLDEST:
        newer = newer_python()
        if newer is None:
            print(
                f"Vliegwiel needs Python {OLDEST[0]}.{OLDEST[1]} or newer; this is "
                f"{sys.version.split()[0]}. Install a newer one, or: make PYTHON=python3.12",
                file=sys.stderr,
            )
            return 1
        return subprocess.call([newer, __file__, kind])
    try:
        make_venv()
        install("run" if kind == "run" else "dev")
        if kind == "bench":
            install_peers()
        build_frontend()
        compile_messages()
        compile_python()
    except subprocess.CalledProcessError as error:
        print(f"\nThis step failed: {' '.join(map(str, error.cmd))}", file=sys.stderr)
        print("Mend what it says above and give the same command again.", file=sys.stderr)
        return 1
    return 0


def newer_python() -> str | None:
    for minor in range(20, OLDEST[1] - 1, -1):
        found = shutil.which(f"python3.{minor}")
        if found:
            return found
    return None


def step(text: str) -> float:
    print(f"• {text} ...", flush=True)
    return time.monotonic()


def done(since: float) -> None:
    print(f"  done in {time.monotonic() - since:.0f} s", flush=True)


def make_venv() -> None:
    if PYTHON.exists():
        probe = [str(PYTHON), "-c", f"import sys; sys.exit(sys.version_info < {OLDEST})"]
        if subprocess.call(probe, stderr=subprocess.DEVNULL) == 0:
            return
        # The Python that it was made with has gone: a half environment helps nobody.
        shutil.rmtree(VENV)
    since = step(f"Making a virtual environment with Python {sys.version.split()[0]}")
    venv.create(VENV, with_pip=True, clear=VENV.exists())
    done(since)


def install(kind: str) -> None:
    """Installs the locked packages, every one checked against its hash."""
    locks = [ROOT / "requirements" / f"{name}.txt" for name in ("tools", "run", "dev")]
    if kind == "run":
        locks = locks[:2]
    stamp = VENV / f"installed-{kind}"
    mark = fingerprint([*locks, ROOT / "pyproject.toml"])
    # What serves the tests serves the demo too.
    if any(is_current(VENV / f"installed-{k}", m) for k, m in marks(kind, mark)):
        return
    since = step("Installing the locked Python packages (a few minutes the first time)")
    pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    run([*pip, "--require-hashes", "-r", str(locks[0])])
    install_lock(locks[-1], PYTHON)
    run([*pip, "--no-deps", "--no-build-isolation", "--editable", str(ROOT)])
    stamp.write_text(mark, encoding="utf-8")
    done(since)


def install_peers() -> None:
    """Installs the libraries that the kernel is compared with, in an environment of their own."""
    lock, stamp = ROOT / "requirements/bench.txt", PEERS / "installed"
    mark = fingerprint([lock])
    if is_current(stamp, mark):
        return
    since = step("Installing the simulation libraries to compare with")
    venv.create(PEERS, with_pip=True, clear=PEERS.exists())
    install_lock(lock, PEERS / "bin/python")
    stamp.write_text(mark, encoding="utf-8")
    done(since)


def install_lock(path: Path, python: Path) -> None:
    lock = ["--require-hashes", "-r", str(path)]
    uv = [str(VENV / "bin/uv"), "pip", "install", "--python", str(python), "--quiet"]
    # Else Python does it at every first import, or at every import where it may not write: then a
    # command takes a second more each time.
    uv.append("--compile-bytecode")
    if subprocess.call([*uv, *lock], env=quiet()) != 0:
        # A network that only pip has been told about (a company's own index, say).
        run([str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *lock])


def marks(kind: str, mark: str) -> list[tuple[str, str]]:
    if kind == "dev":
        return [("dev", mark)]
    everything = [ROOT / "requirements" / f"{name}.txt" for name in ("tools", "run", "dev")]
    return [("run", mark), ("dev", fingerprint([*everything, ROOT / "pyproject.toml"]))]


def build_frontend() -> None:
    run([str(PYTHON), str(ROOT / "tools/frontend.py")])


def compile_messages() -> None:
    run([str(PYTHON), str(ROOT / "tools/messages.py"), "compile"])


def compile_python() -> None:
    run([str(PYTHON), "-m", "compileall", "-q", str(ROOT / "src")])


def fingerprint(paths: list[Path]) -> str:
    total = hashlib.sha256(str(ROOT).encode())
    for path in paths:
        total.update(path.read_bytes())
    return total.hexdigest()


def is_current(stamp: Path, mark: str) -> bool:
    return stamp.exists() and stamp.read_text(encoding="utf-8") == mark


def quiet() -> dict[str, str]:
    return {**os.environ, "VIRTUAL_ENV": str(VENV)}


def run(command: list[str]) -> None:
    subprocess.run(command, check=True, cwd=ROOT, env=quiet())


if __name__ == "__main__":
    raise SystemExit(main())
