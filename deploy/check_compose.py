"""Check a compose file against the specification, and that every name in it is declared."""

from __future__ import annotations

import sys
from pathlib import Path

import yaml
from compose_spec import PyCompose

if __name__ == "__main__":
    read = yaml.safe_load(Path(sys.argv[1]).read_text(encoding="utf-8"))
    PyCompose.from_yaml(yaml.safe_dump(read)).validate()
    services = read["services"]
    unknown = {
        f"{name}: {other}"
        for name, service in services.items()
        for other in service.get("depends_on", ())
        if other not in services
    }
    if unknown:
        sys.exit(f"depends_on names no service: {sorted(unknown)}")
