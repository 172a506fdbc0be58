"""Documents (έγγραφα) of room registers: receipts, the record of a teacher."""

from didaskaleio.registers.documents.receipts import OBJECTION_RECEIPT, OFFER_RECEIPT, RECEIPT
from didaskaleio.registers.documents.records import teacher_record

__all__ = ["OBJECTION_RECEIPT", "OFFER_RECEIPT", "RECEIPT", "teacher_record"]
