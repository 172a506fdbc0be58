"""Δείγματα: the tag that gives the page of components its invented data."""

from __future__ import annotations

from typing import Any

from django import template

from didaskaleio.kernel import specimens as invented

register = template.Library()


@register.simple_tag
def specimens() -> dict[str, Any]:
    """Invented data for ``kernel/components.html``."""
    return invented.context()
