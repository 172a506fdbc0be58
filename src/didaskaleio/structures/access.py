"""Access (δικαιώματα) of room structures; places and clusters are public."""

from __future__ import annotations

from didaskaleio.kernel.access import Holds, SignedIn, declare

OFFICERS = ("body_head", "body_officer", "planner")
BODY, MINISTRY, OPERATOR = "body", "ministry_officer", "operator"

HEAD, OFFICER, PLANNER = (Holds(role, BODY, within="body_id") for role in OFFICERS)
declare(
    "project.view",
    HEAD | OFFICER | PLANNER | Holds(MINISTRY) | Holds(OPERATOR),
    "στοιχεία της Πράξης",
)
declare("school.list", SignedIn(), "οι σχολικές μονάδες ως θέμα αναφορών")
