"""Load teachers from a folder of CSV files (φόρτωση εκπαιδευτικών)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from didaskaleio.kernel import clock
from didaskaleio.kernel.access import SYSTEM
from didaskaleio.people import loader

TOLD = """{head}: {created} νέοι εκπαιδευτικοί, {changed} με αλλαγές, {skipped} χωρίς αλλαγή.
Γραμμές που δεν έγιναν δεκτές: {refused}.
Τι έγινε με κάθε γραμμή: {report}"""


class Command(BaseCommand):
    help = "Load teachers, services, leaves and certificates from CSV files, checked and once only."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path)
        parser.add_argument("--check", action="store_true", help="check and report, write nothing")
        parser.add_argument("--report", type=Path, help="default: report.csv in the folder")

    def handle(self, **options: Any) -> None:
        folder: Path = options["folder"]
        report: Path = options["report"] or folder / "report.csv"
        tell = self.stdout.write if options["verbosity"] else lambda _: None
        try:
            counts = loader.load(
                folder,
                actor=SYSTEM,
                at=clock.now(),
                report=report,
                check=options["check"],
                tell=tell,
            )
        except loader.LoadError as refusal:
            raise CommandError(str(refusal)) from refusal
        except OSError as error:
            raise CommandError(f"Δεν διαβάζεται ή δεν γράφεται: {error}") from error
        head = "Έλεγχος, δεν γράφτηκε τίποτα" if options["check"] else "Φορτώθηκαν"
        tell(TOLD.format(head=head, report=report, **vars(counts)))
