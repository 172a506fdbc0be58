"""``didaskaleio manage health``: figures for a monitor (υγεία); fails beyond a limit."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from didaskaleio.kernel import clock
from didaskaleio.site import health


class Command(BaseCommand):
    help = "Print one JSON line of figures; exit with 1 when one is beyond its limit."

    def handle(self, **_options: Any) -> None:
        found = health.figures(clock.now())
        self.stdout.write(json.dumps(found))
        if names := health.beyond(found):
            told = ", ".join(f"{name} {found[name]}" for name in names)
            raise CommandError(f"Εκτός ορίων: {told}. Δείτε docs/operate/several-machines.md.")
