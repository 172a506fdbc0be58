"""Φάκελοι (folders) of an installation: where the project stands and where its data go."""

from __future__ import annotations

import os
from pathlib import Path


def project_root() -> Path:
    """Ρίζα του έργου: the folder of ``pyproject.toml``, seen from here or from the package."""
    here = Path.cwd()
    candidates = (here, *here.parents, *Path(__file__).resolve().parents)
    return next((folder for folder in candidates if _is_ours(folder)), here)


def _is_ours(folder: Path) -> bool:
    sheet = folder / "pyproject.toml"
    return sheet.is_file() and 'name = "didaskaleio"' in sheet.read_text(encoding="utf-8")


def var_dir() -> Path:
    """Φάκελος δεδομένων: ``DIDASKALEIO_VAR``, else ``var`` in the project's root."""
    named = os.environ.get("DIDASKALEIO_VAR")
    return Path(named).resolve() if named else project_root() / "var"
