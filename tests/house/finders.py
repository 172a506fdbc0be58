"""How the records that a field of a form names are found: own, foreign and offered ones."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps

CHOOSES = {"hidden", "select", "radio", "checkbox", "button"}


@dataclass(frozen=True)
class Reference:
    """A field that names records: strangers' ones, one's own, and the rest of the post."""

    foreign: Callable[[Any, str], Any]
    own: Callable[[Any, str], Any] | None = None  # where the page offers none, or too many
    needs: dict[str, Any] = field(default_factory=dict)
    goes: Callable[[Any], str] = lambda form: form.action
    alone: str = ""  # why no post of the story with one's own record is taken


def number(form):
    """The number of the object in the address of a form."""
    return int(re.search(r"/(\d+)/", form.action)[1])


def code_of_period(form):
    """The code of the period in the address of a form."""
    return re.search(r"/([AB]\d-[\w-]+)/", form.action)[1]


def table(label):
    return apps.get_model(label)._base_manager.order_by("pk")


def ends(found, name="pk"):
    """The first and the last of the rows, as a form calls them."""
    values = list(dict.fromkeys(found.values_list(name, flat=True)))
    return [str(value) for value in dict.fromkeys((*values[:1], *values[-1:]))]


def offered(form, name):
    """What the page offers for a field."""
    fields = [one for one in form.fields if one.name == name]
    values = [v for one in fields for v in (one.options or (one.value,))]
    return [value for value in values if value]


def others(label, name="pk"):
    """Records of this kind that the page does not offer."""

    def found(form, field):
        shown = [v for v in offered(form, field) if name != "pk" or v.isdigit()]
        return ends(table(label).exclude(**{f"{name}__in": shown}), name)

    return found


def elsewhere(label, path, name="pk"):
    """Records that belong to another object than the one in the address."""
    return lambda form, _: ends(table(label).exclude(**{path: number(form)}), name)


def here(label, path, name="pk"):
    """Records that belong to the object in the address."""
    return lambda form, _: ends(table(label).filter(**{path: number(form)}), name)[:1]


def programmes_here(form, _):
    mine = table("programmes.Programme").filter(period__code=code_of_period(form), state="open")
    return ends(mine, "code")[:1]


def constant(*values):
    return lambda form, field: list(values)
