"""BigBlueButton (εικονική αίθουσα): its interface of signed addresses and answers in XML."""

from __future__ import annotations

from didaskaleio.connectors.bbb.service import BigBlueButton

__all__ = ["BigBlueButton"]
