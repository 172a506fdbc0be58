"""Load the demonstration: people, courses and four periods in mid-life."""

from __future__ import annotations

import time
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser
from django.test.utils import override_settings

from didaskaleio.kernel import clock
from didaskaleio.site.story import told
from didaskaleio.site.story.moments import NOW

SIZES = {"small": 2_000, "national": 170_000}


class Command(BaseCommand):
    help = "Load the demonstration into an empty database."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--scale", choices=sorted(SIZES), default="small")

    def handle(self, **options: Any) -> None:
        began = time.monotonic()
        with override_settings(DEMO=True):
            clock.set_demo(NOW)
            call_command("generate_people", teachers=SIZES[options["scale"]], stdout=self.stdout)
            for sentence in told.story():
                self.stdout.write(sentence)
                self.stdout.flush()
            clock.set_demo(NOW)
        self.stdout.write(f"Έτοιμα σε {time.monotonic() - began:.0f} δευτερόλεπτα.")
