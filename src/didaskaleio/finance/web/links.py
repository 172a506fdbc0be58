"""Ways (σύνδεσμοι) from the pages of other rooms to those of contracts."""

from __future__ import annotations

from didaskaleio.credentials.models import SigningCase
from didaskaleio.finance.models import Contract
from didaskaleio.kernel import journal
from didaskaleio.kernel.links import Link, declare


def _signed(case: SigningCase) -> Contract | None:
    return Contract.objects.filter(case=case).select_related("payee").first()


declare(
    Link(
        journal.label(SigningCase),
        "Η σύμβαση",
        "finance:contract",
        "contract.read",
        key="subject_id",
        about=_signed,
    )
)
