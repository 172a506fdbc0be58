"""Load the shipped reference data (φόρτωση στοιχείων αναφοράς); safe to repeat."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from didaskaleio.structures import operations


class Command(BaseCommand):
    help = "Load regions, prefectures, specialties, clusters, bodies and projects; idempotent."

    def handle(self, **options: Any) -> None:
        reports = operations.load_reference()
        if not options["verbosity"]:
            return
        for counts in reports:
            self.stdout.write(
                f"{counts.title:<32} {counts.created:>4} νέες  {counts.changed:>4} άλλαξαν  "
                f"{counts.skipped:>4} ίδιες"
            )
