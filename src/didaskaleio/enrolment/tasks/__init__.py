"""Jobs of room enrolment: what is told and published by the clock; the computation of a draw."""

from __future__ import annotations

from didaskaleio.enrolment.tasks import asking, counting, drawing, merging
from didaskaleio.enrolment.tasks.telling import publish_heads

__all__ = ["asking", "counting", "drawing", "merging", "publish_heads"]
