"""Write the generated pages of the documentation, or check that they are up to date."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.urls import get_resolver

from didaskaleio.site import reference


class Command(BaseCommand):
    help = "Write docs/reference from the declarations."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--root", type=Path, default=Path.cwd())
        parser.add_argument("--check", action="store_true", help="change nothing, fail when stale")

    def handle(self, **options: Any) -> None:
        folder = options["root"] / "docs" / "reference"
        folder.mkdir(parents=True, exist_ok=True)
        assert get_resolver().url_patterns  # noqa: S101 - pages declare permissions too
        for name, text in reference.pages(options["root"]).items():
            path = folder / name
            if options["check"] and (not path.exists() or path.read_text() != text):
                raise CommandError(f"{path} is stale: run make docs")
            if not options["check"]:
                path.write_text(text)
                self.stdout.write(str(path))
