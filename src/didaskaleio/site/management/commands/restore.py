"""``didaskaleio manage restore FOLDER``: put a backup back (επαναφορά)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from didaskaleio.kernel.errors import Refusal
from didaskaleio.site.backups import restoring


class Command(BaseCommand):
    help = "Restore a backup into an empty database and an empty folder, and compare."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path)
        parser.add_argument("--jobs", type=int, default=2, help="tables at the same time")

    def handle(self, *, folder: Path, jobs: int, **_options: Any) -> None:
        try:
            restoring.restore(folder, jobs=jobs, say=self.stdout.write)
        except (Refusal, OSError) as error:
            raise CommandError(str(error)) from error
