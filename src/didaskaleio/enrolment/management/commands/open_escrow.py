"""Open the ministry's sealed copy of a draw's secret, on the ministry's own machine."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from didaskaleio.enrolment import seal


class Command(BaseCommand):
    help = "Print the secret of a draw from its sealed copy, with the ministry's private key."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("sealed", type=Path, help="the sealed copy, as downloaded")
        parser.add_argument("key", type=Path, help="the private key (X25519, PEM)")
        parser.add_argument("period", help="the period's code")

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            sealed, key = options["sealed"].read_bytes(), options["key"].read_bytes()
            secret = seal.open_escrow(sealed, key, options["period"])
        except (OSError, ValueError, TypeError, seal.SealBrokenError) as error:
            raise CommandError(f"Το αντίγραφο δεν ανοίγει: {error}") from error
        self.stdout.write(secret.hex())
