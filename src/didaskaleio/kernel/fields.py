"""Columns that the database computes: the Greek search and sort key."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Func, Value
from django.db.models.functions import Concat


class GreekKeyOf(Func):
    """``greek_key(text)`` of the database (see the kernel's migration)."""

    function = "greek_key"
    output_field = models.TextField()


def greek_key_field(*names: str) -> Any:
    """A generated, stored column: the key by which people and places are sorted and found."""
    parts: list[Any] = []
    for name in names:
        parts += [models.F(name), Value(" ")]
    joined = Concat(*parts[:-1]) if len(names) > 1 else models.F(names[0])
    return models.GeneratedField(
        expression=GreekKeyOf(joined), output_field=models.TextField(), db_persist=True
    )
