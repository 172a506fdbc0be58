"""What connectors hears (αντιδράσεις): credentials that MySchool is to learn of."""

from __future__ import annotations

from didaskaleio.connectors import operations
from didaskaleio.credentials.events import CredentialsMoved
from didaskaleio.kernel.events import subscribe


@subscribe(CredentialsMoved)
def owe_to_myschool(event: CredentialsMoved) -> None:
    """Owe what happened to MySchool, in the same transaction."""
    operations.owe(event.ids, event.state, at=event.at)
