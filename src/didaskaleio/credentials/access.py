"""Access (δικαιώματα) of room credentials."""

from __future__ import annotations

from didaskaleio.kernel.access import Holds, declare
from didaskaleio.people.enums import Role, Scope

OFFICER = Holds(Role.BODY_OFFICER, Scope.BODY, within="body_id")
HEAD = Holds(Role.BODY_HEAD, Scope.BODY, within="body_id")

declare("credential.manage", OFFICER | HEAD, "ανάκληση και αντικατάσταση βεβαίωσης")
