"""``make_demo_authority``: keys of demonstration for every implementing body."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from didaskaleio.credentials.demo_authority import create_demo_authority
from didaskaleio.structures.models import ImplementingBody


class Command(BaseCommand):
    help = "Δημιουργεί δοκιμαστική αρχή: σφραγίδα και κλειδί για κάθε φορέα. Επαναλαμβάνεται άφοβα."

    def handle(self, *_args: Any, **_options: Any) -> None:
        folder = Path(settings.AUTHORITY_DIR)
        bodies = dict(ImplementingBody.objects.order_by("pk").values_list("code", "name"))
        authority = create_demo_authority(folder, bodies)
        self.stdout.write(f"{folder}: {len(authority.bodies)} σφραγίδες φορέων")
