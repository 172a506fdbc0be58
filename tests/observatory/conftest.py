"""A copy of the demonstration for each test that asks for it, and its accounts as actors."""

from __future__ import annotations

from tests.portal.conftest import account, demo, standing

__all__ = ["account", "demo", "standing"]
