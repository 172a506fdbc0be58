"""The written architecture holds: rooms, floors, doors; nothing unfinished; no host names."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
FORBIDDEN_NAMES = {"utils", "helpers", "common", "misc", "manager", "services"}
UNFINISHED = re.compile(r"\b(TODO|FIXME|XXX|NotImplementedError|lorem ipsum)\b")


def test_imports_follow_the_contracts():
    run = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout


def test_no_module_bears_a_name_that_says_nothing():
    names = {path.stem for path in (ROOT / "src").rglob("*.py")}
    assert names & FORBIDDEN_NAMES == set()


def test_nothing_is_left_unfinished():
    found = [
        f"{path.name}: {line.strip()}"
        for suffix in ("*.py", "*.html", "*.js", "*.typ")
        for path in (ROOT / "src").rglob(suffix)
        if "vendor" not in path.parts
        for line in path.read_text().splitlines()
        if UNFINISHED.search(line)
    ]
    assert found == []


def test_lock_files_name_no_index():
    for lock in ROOT.glob("requirements*.lock"):
        assert "://" not in lock.read_text()


def test_templates_carry_no_style_or_script_of_their_own():
    offending = re.compile(r"\sstyle=|\son[a-z]+=\"|<script(?![^>]*\ssrc=)|<style")
    found = [
        str(path.relative_to(ROOT))
        for path in (ROOT / "src").rglob("*.html")
        if offending.search(path.read_text())
    ]
    assert found == []
