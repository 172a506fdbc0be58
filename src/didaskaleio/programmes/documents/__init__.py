"""Documents (έγγραφα) of room programmes: printed forms, and the receipt of who asks for work."""

from __future__ import annotations

from didaskaleio.programmes.documents.papers import paper_of
from didaskaleio.programmes.documents.receipts import WORK_RECEIPT, work_receipt_data

__all__ = ["WORK_RECEIPT", "paper_of", "work_receipt_data"]
