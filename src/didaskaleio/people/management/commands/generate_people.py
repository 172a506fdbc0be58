"""Fill an empty platform with the synthetic nation (συνθετικός πληθυσμός)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from didaskaleio.people import generator
from didaskaleio.people.generator.files import write_files


class Command(BaseCommand):
    help = "Generate schools, centres, teachers and trainers, plainly synthetic and repeatable."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--teachers", type=int, default=2_000)
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument("--to", type=Path, help="write the teachers also as files to load")

    def handle(self, **options: Any) -> None:
        tell = self.stdout.write if options["verbosity"] else lambda _: None
        try:
            generator.populate(options["teachers"], options["seed"], tell=tell)
        except generator.PopulationError as refusal:
            raise CommandError(str(refusal)) from refusal
        if options["to"]:
            write_files(options["to"])
