"""Διαχείριση (management): ``didaskaleio manage …``, Django's commands on the right database."""

from __future__ import annotations

import os
import secrets
import sys
from typing import TYPE_CHECKING

from didaskaleio.site import places, postgres
from didaskaleio.site.postgres_home import PostgresError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one management command; without ``DATABASE_URL`` on the demonstration's own server."""
    words = sys.argv[1:] if arguments is None else list(arguments)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "didaskaleio.site.settings")
    if "DATABASE_URL" not in os.environ:
        try:
            os.environ.update(embedded(places.var_dir()))
        except PostgresError as error:
            print(error, file=sys.stderr)  # noqa: T201 - a command speaks
            return 1
    from django.core.management import execute_from_command_line

    execute_from_command_line(["didaskaleio manage", *words])
    return 0


def embedded(var: Path) -> dict[str, str]:
    """Environment of a demonstration on the embedded server of ``var``, which is started."""
    return {
        "DATABASE_URL": postgres.start(var),
        "DIDASKALEIO_DEMO": "1",
        "DIDASKALEIO_VAR": str(var),
        "DIDASKALEIO_SECRET_KEY": _secret(var / "secret"),
    }


def _secret(kept: Path) -> str:
    """This installation's own key, made once: sessions outlive a restart."""
    try:
        with os.fdopen(os.open(kept, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(50))
    except FileExistsError:
        pass
    return kept.read_text(encoding="ascii")


if __name__ == "__main__":
    raise SystemExit(main())
