"""The vendored front-end files are those of the manifest, and lead nowhere else."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

import pytest

STATIC = Path(__file__).parents[2] / "src/didaskaleio/kernel/static"
VENDOR = STATIC / "vendor"
ENTRIES = json.loads((VENDOR / "MANIFEST.json").read_text(encoding="utf-8"))
SHEETS = [*VENDOR.glob("*.css"), *(STATIC / "kernel").glob("*.css")]


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry["file"])
def test_a_vendored_file_has_the_hash_of_the_manifest(entry):
    content = (VENDOR / entry["file"]).read_bytes()
    assert hashlib.sha256(content).hexdigest() == entry["sha256"]


def test_every_vendored_file_stands_in_the_manifest():
    there = {str(p.relative_to(VENDOR)) for p in VENDOR.rglob("*") if p.is_file()}
    assert there == {entry["file"] for entry in ENTRIES} | {"MANIFEST.json"}


def test_every_package_says_its_version_and_licence():
    packages = {(e["package"], e["version"], e["licence"]) for e in ENTRIES}
    assert packages == {
        ("@digigov/theme-govgr", "2.5.0", "BSD-2-Clause"),
        ("@digigov/css", "0.37.0", "BSD-2-Clause"),
        ("@fontsource/noto-sans", "5.3.0", "OFL-1.1"),
        ("htmx.org", "2.0.10", "0BSD"),
    }


def test_the_refresh_script_names_the_same_packages_and_no_host():
    script = (Path(__file__).parents[2] / "tools/refresh-vendor").read_text(encoding="utf-8")
    assert "://" not in script
    for entry in ENTRIES:
        assert f'"{entry["package"]}"' in script
        assert f'"{entry["version"]}"' in script


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.name)
def test_what_a_sheet_refers_to_is_inside_it_or_beside_it(sheet):
    text = sheet.read_text(encoding="utf-8")
    targets = re.findall(r"url\(\s*['\"]?([^'\")\s]+)", text)
    files = [target for target in targets if not target.startswith("data:")]
    assert [f for f in files if not (sheet.parent / f).resolve().is_file()] == []
    assert "@import" not in text


def test_the_noto_subsets_are_all_used_by_the_sheet():
    sheet = (STATIC / "kernel/tokens.css").read_text(encoding="utf-8")
    fonts = {e["file"] for e in ENTRIES if e["file"].endswith(".woff2")}
    assert {f"fonts/{name}" for name in re.findall(r"vendor/fonts/([\w.-]+)", sheet)} == fonts
