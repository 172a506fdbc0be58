"""``didaskaleio manage verify_files``: every stored file, against its hash (επαλήθευση αρχείων)."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from didaskaleio.site.backups import verifying

SHOWN = 20


class Command(BaseCommand):
    help = "Read every stored file and compare it with the hash under which it was stored."

    def handle(self, **_options: Any) -> None:
        try:
            report = verifying.verify()
        except OSError as error:
            raise CommandError(f"Η αποθήκη αρχείων δεν απαντά: {error}") from error
        if report.faults:
            raise CommandError("\n".join([*report.faults[:SHOWN], f"Σύνολο: {report}."]))
        self.stdout.write(f"Όλα τα αρχεία είναι όπως αποθηκεύτηκαν ({report}).")
