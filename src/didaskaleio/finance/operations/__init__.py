"""Acts of room finance (πράξεις): payees, documents, templates, contracts and their circulation."""

from __future__ import annotations

from didaskaleio.finance.operations import (
    acceptance,
    importing,
    invoices,
    orders,
    rates,
    work,
    work_reports,
)
from didaskaleio.finance.operations.bulk import begin_drawing_up, begin_issuing, owed_in
from didaskaleio.finance.operations.checklists import accept, give, reject
from didaskaleio.finance.operations.contracts import (
    Terms,
    amend,
    draw_up,
    draw_up_work,
    issue,
    set_terms,
    terminate,
)
from didaskaleio.finance.operations.payees import (
    FACTS,
    OPEN,
    confirm,
    open_payee,
    reopen,
    send_back,
    submit,
    take_back,
    write,
)
from didaskaleio.finance.operations.signing import (
    decline,
    issue_and_send,
    send,
    sign,
    waiting_for,
    withdraw,
)
from didaskaleio.finance.operations.templates import (
    WRITTEN,
    begin_template,
    publish_template,
    write_template,
)

__all__ = [
    "FACTS",
    "OPEN",
    "WRITTEN",
    "Terms",
    "accept",
    "acceptance",
    "amend",
    "begin_drawing_up",
    "begin_issuing",
    "begin_template",
    "confirm",
    "decline",
    "draw_up",
    "draw_up_work",
    "give",
    "importing",
    "invoices",
    "issue",
    "issue_and_send",
    "open_payee",
    "orders",
    "owed_in",
    "publish_template",
    "rates",
    "reject",
    "reopen",
    "send",
    "send_back",
    "set_terms",
    "sign",
    "submit",
    "take_back",
    "terminate",
    "waiting_for",
    "withdraw",
    "work",
    "work_reports",
    "write",
    "write_template",
]
