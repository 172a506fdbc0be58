"""``didaskaleio manage backup FOLDER``: database and files, together (αντίγραφο ασφαλείας)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from didaskaleio.kernel import clock
from didaskaleio.kernel.errors import Refusal
from didaskaleio.site.backups import making


class Command(BaseCommand):
    help = "Copy the database and the stored files into a new folder."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, help="must not exist yet")
        parser.add_argument("--jobs", type=int, default=2, help="tables at the same time")

    def handle(self, *, folder: Path, jobs: int, **_options: Any) -> None:
        try:
            making.make(folder, at=clock.now(), jobs=jobs, say=self.stdout.write)
        except (Refusal, OSError) as error:
            raise CommandError(str(error)) from error
