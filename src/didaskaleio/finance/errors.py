"""Refusals of room finance; each sentence says what to do next."""

from __future__ import annotations

from didaskaleio.kernel.errors import Refusal


class PayeeError(Refusal):
    """Facts of a payee that are wrong, missing or somebody else's."""


class PaperError(Refusal):
    """A supporting document that cannot be taken."""


class InvoiceError(Refusal):
    """An invoice that does not fit the accepted work."""


class TemplateError(Refusal):
    """A template that no contract could be drawn up from."""


class ContractError(Refusal):
    """A contract that cannot be drawn up, issued or sent as things stand."""


class TermRefusedError(Refusal):
    """A term of payment that says nothing clear, or begins before the one that it follows."""


class WorkRefusedError(Refusal):
    """Work that cannot be written as things stand."""


class MinutesRefusedError(Refusal):
    """Minutes that cannot be written or signed as things stand."""


class WorkReportError(Refusal):
    """A report of work that cannot be written, submitted or judged as things stand."""


class OrderRefusedError(Refusal):
    """A payment order, or a payment, that cannot go on as things stand."""
