"""Every door is guarded, every permission used, every rule the same in Python and in SQL."""

from __future__ import annotations

import re
from pathlib import Path

from django.urls import URLPattern, get_resolver

from didaskaleio.kernel import access, lifecycle

SOURCE = Path(access.__file__).parents[1]
DOORS_OF_OTHERS = ("staticfiles",)


def every_pattern(resolver=None):
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLPattern):
            yield pattern
        else:
            yield from every_pattern(pattern)


def test_every_address_declares_its_permission_or_is_public():
    bare = [
        str(p.pattern)
        for p in every_pattern()
        if not getattr(p.callback, "permission", None)
        and not getattr(getattr(p.callback, "view_class", None), "permission", None)
    ]
    assert bare == []


def test_every_permission_that_a_door_names_is_declared():
    named = {getattr(p.callback, "permission", None) for p in every_pattern()}
    assert named - {None, "public", "step", "report", "printout"} <= set(access.register.rules)


def test_every_declared_permission_is_used_somewhere():
    code = "\n".join(path.read_text() for path in SOURCE.rglob("*.py"))
    unused = [
        name
        for name in access.register.rules
        if len(re.findall(rf"[\"']{re.escape(name)}[\"']", code)) < 2
    ]
    assert unused == []


def test_every_step_needs_a_declared_permission():
    needs = {s.needs for cycle in lifecycle.known.values() for s in cycle.steps.values()}
    assert needs <= set(access.register.rules)
