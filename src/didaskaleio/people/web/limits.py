"""How often one may try a password or ask for mail; every limit passes by itself."""

from __future__ import annotations

from didaskaleio.kernel import limits
from didaskaleio.kernel.web.http import Request
from didaskaleio.kernel.web.limits import address_of

HOUR = 60 * 60
# only failed sign-ins count; a whole school may stand behind one address
PAIR = limits.declare("login", "αποτυχίες σύνδεσης: λογαριασμός από μία διεύθυνση", 10, HOUR // 4)
ACCOUNT = limits.declare("login.account", "αποτυχίες σύνδεσης: λογαριασμός", 50, HOUR)
ADDRESS = limits.declare("login.address", "αποτυχίες σύνδεσης: διεύθυνση", 200, HOUR // 4)
RESET = limits.declare("reset", "αιτήματα νέου κωδικού: λογαριασμός", 3, HOUR)
RESET_ADDRESS = limits.declare("reset.address", "αιτήματα νέου κωδικού: διεύθυνση", 60, HOUR)
LINK = limits.declare("link", "σύνδεσμοι κωδικού: διεύθυνση", 60, HOUR // 4)
INVITATION = limits.declare("invitation", "προσκλήσεις: από ένα πρόσωπο", 200, HOUR)
OLD_PASSWORD = limits.declare("password", "αλλαγές κωδικού: λογαριασμός", 10, HOUR // 4)


def account_of(typed: str) -> str:
    """The account as it was typed, whether it exists or not."""
    return typed.strip().casefold()[:200]


def tries_of(request: Request, typed: str) -> list[tuple[limits.Limit, str]]:
    """What one sign-in counts for."""
    account, address = account_of(typed), address_of(request)
    return [(PAIR, f"{account} {address}"), (ACCOUNT, account), (ADDRESS, address)]
