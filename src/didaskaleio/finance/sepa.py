"""Εντολή προς τράπεζα (SEPA credit transfer): ISO 20022 pain.001.001.09, written and checked. Pure.

Only what the European Payments Council asks of a euro transfer is written; the shipped schema
describes exactly that part of the message, and nothing leaves without passing it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from didaskaleio.kernel.clock import ATHENS
from didaskaleio.kernel.greek import latin

if TYPE_CHECKING:
    from lxml import etree

NAMESPACE = "urn:iso:std:iso:20022:tech:xsd:pain.001.001.09"
SCHEMA = Path(__file__).parent / "schemas" / "pain.001.001.09.xsd"
NAME, TEXT, IDENTITY = 70, 140, 35
OUTSIDE = re.compile(r"[^A-Za-z0-9/\-?:().,'+ ]")


@dataclass(frozen=True)
class Account:
    """Whose account pays (λογαριασμός χρέωσης)."""

    name: str
    iban: str
    bic: str = ""


@dataclass(frozen=True)
class Transfer:
    """One transfer (μεταφορά): to whom, how much, and the words beside it."""

    identity: str
    name: str
    iban: str
    amount: Decimal
    text: str


@dataclass(frozen=True)
class Batch:
    """All transfers of one order (δέσμη), executed on one day."""

    identity: str
    at: datetime
    execution: date
    debtor: Account
    transfers: Sequence[Transfer]

    @property
    def total(self) -> Decimal:
        return sum((each.amount for each in self.transfers), Decimal("0.00"))


class InvalidMessageError(ValueError):
    """The message does not follow the schema: a defect of ours, never of the person's."""


def written(text: str, limit: int) -> str:
    """Λατινικοί χαρακτήρες: the characters that every bank takes, cut to ``limit``."""
    return " ".join(OUTSIDE.sub(" ", latin(text)).split())[:limit].strip() or "-"


def message(batch: Batch) -> bytes:
    """Αρχείο: the batch as XML that has passed the schema."""
    xml = _document(batch).encode()
    if problems := faults(xml):
        raise InvalidMessageError("; ".join(problems))
    return xml


def faults(xml: bytes) -> list[str]:
    """What of ``xml`` does not follow the shipped schema; empty when all does."""
    from lxml import etree

    schema = _schema()
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    try:
        tree = etree.fromstring(xml, parser)
    except etree.XMLSyntaxError as error:
        return [str(error)]
    return [] if schema.validate(tree) else [str(each.message) for each in schema.error_log]


@cache
def _schema() -> etree.XMLSchema:
    from lxml import etree

    return etree.XMLSchema(etree.parse(str(SCHEMA)))


def _tag(name: str, *content: str, **attributes: str) -> str:
    told = "".join(f' {key}="{escape(value)}"' for key, value in attributes.items())
    return f"<{name}{told}>{''.join(content)}</{name}>"


def _text(name: str, value: str, limit: int = IDENTITY) -> str:
    return _tag(name, escape(written(value, limit)))


def _document(batch: Batch) -> str:
    count, total = str(len(batch.transfers)), f"{batch.total:.2f}"
    created = batch.at.astimezone(ATHENS).replace(microsecond=0).isoformat()
    head = _tag(
        "GrpHdr",
        _text("MsgId", batch.identity),
        _tag("CreDtTm", created),
        _tag("NbOfTxs", count),
        _tag("CtrlSum", total),
        _tag("InitgPty", _text("Nm", batch.debtor.name, NAME)),
    )
    body = _tag("CstmrCdtTrfInitn", head, _payment(batch, count, total))
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{_tag("Document", body, xmlns=NAMESPACE)}\n'


def _payment(batch: Batch, count: str, total: str) -> str:
    return _tag(
        "PmtInf",
        _text("PmtInfId", batch.identity),
        _tag("PmtMtd", "TRF"),
        _tag("BtchBookg", "false"),
        _tag("NbOfTxs", count),
        _tag("CtrlSum", total),
        _tag("PmtTpInf", _tag("SvcLvl", _tag("Cd", "SEPA"))),
        _tag("ReqdExctnDt", _tag("Dt", batch.execution.isoformat())),
        _tag("Dbtr", _text("Nm", batch.debtor.name, NAME)),
        _tag("DbtrAcct", _tag("Id", _tag("IBAN", batch.debtor.iban))),
        _tag("DbtrAgt", _institution(batch.debtor.bic)),
        _tag("ChrgBr", "SLEV"),
        *map(_transfer, batch.transfers),
    )


def _institution(bic: str) -> str:
    known = _tag("BICFI", bic) if bic else _tag("Othr", _tag("Id", "NOTPROVIDED"))
    return _tag("FinInstnId", known)


def _transfer(transfer: Transfer) -> str:
    return _tag(
        "CdtTrfTxInf",
        _tag("PmtId", _text("EndToEndId", transfer.identity)),
        _tag("Amt", _tag("InstdAmt", f"{transfer.amount:.2f}", Ccy="EUR")),
        _tag("Cdtr", _text("Nm", transfer.name, NAME)),
        _tag("CdtrAcct", _tag("Id", _tag("IBAN", transfer.iban))),
        _tag("RmtInf", _text("Ustrd", transfer.text, TEXT)),
    )
