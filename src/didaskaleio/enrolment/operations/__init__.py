"""Acts of room enrolment (πράξεις): applying, the ceremony of the draw."""

from __future__ import annotations
