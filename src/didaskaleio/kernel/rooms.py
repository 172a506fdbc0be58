"""Rooms (δωμάτια): every Django app of ours opens its declarations in the same order."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

from django.apps import AppConfig

FLOORS = (
    "access",
    "lifecycle",
    "spaces",
    "notices",
    "documents",
    "reports",
    "subjects",
    "agenda",
    "dossiers",
    "operations",
    "subscribers",
    "tasks",
    "web.links",
    "checks",
)


class Room(AppConfig):
    """A room; ``specification`` and ``requirements`` name what it serves."""

    specification: str = ""
    requirements: tuple[str, ...] = ()
    default = False  # Django would find two classes in each apps.py and take neither

    def __init_subclass__(cls) -> None:
        cls.default = True

    def ready(self) -> None:
        for floor in FLOORS:
            name = f"{self.name}.{floor}"
            parent = name.rpartition(".")[0]
            if find_spec(parent) and find_spec(name):
                import_module(name)
