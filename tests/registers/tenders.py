"""A tender of «itye» for Kozani, two bodies that are not schools, and their offers."""

from __future__ import annotations

import io
from datetime import timedelta
from decimal import Decimal

from didaskaleio.kernel.access import SYSTEM
from didaskaleio.kernel.forms import exchange
from didaskaleio.people.queries import actor_of
from didaskaleio.registers import operations
from tests.factories import people
from tests.factories.structures import a_body, a_centre
from tests.registers.registers import a_fields_form

TECHNICAL = exchange.read(
    {
        "schema": exchange.SCHEMA,
        "title": "Τεχνική προσφορά",
        "sections": [
            {
                "key": "means",
                "title": "Μέσα",
                "questions": [
                    {
                        "key": "seats",
                        "kind": "number",
                        "label": "Θέσεις εργασίας",
                        "unit": "θέσεις",
                        "required": True,
                        "rule": {"way": "per_unit", "rate": "1", "cap": "40"},
                    }
                ],
            }
        ],
    }
)


def pdf(name="prosfora.pdf"):
    made = io.BytesIO(b"%PDF-1.7 dokimi")
    made.name = name
    return made


def a_tender(officer, at, *, published=True, body="itye", **changes):
    """Open at ``at`` for ten days, unless the changes say otherwise."""
    content = {
        "title": "Προγράμματα στην Κοζάνη",
        "text": "Έως δέκα προγράμματα.",
        "form": a_fields_form("itye", at, TECHNICAL),
        "rule": "lowest",
        "weight": 60,
        "ceiling": Decimal(10_000),
        "opens_at": at - timedelta(hours=1),
        "closes_at": at + timedelta(days=10),
        "standstill_days": 10,
    }
    before = {"actor": officer, "at": at - timedelta(days=1)}
    row = operations.prepare_tender(a_body(body), **before, **(content | changes))
    if published:
        operations.publish_tender(row, **before)
    return row


def a_company(prefecture="KOZ", name="Εκπαιδευτική Δειγμάτων", **facts):
    """A centre of an economic operator with its manager: the centre and an actor."""
    found = a_centre(prefecture, kind="economic_operator", name=name, school=None, **facts)
    return found, people.a_centre_manager(found)


def an_offer(tender, centre, manager, at, *, price="8000", seats="20", submitted=True):
    """The offer of ``centre``, submitted unless said otherwise."""
    by = {"actor": actor_of(manager, at=at), "at": at}
    row = operations.start_offer(tender, centre, **by)
    wanted = {"price": Decimal(price), "paper": pdf()}
    assert operations.write_offer(row, {"seats": seats}, **wanted, **by) == []
    row.refresh_from_db()
    if submitted:
        operations.submit_offer(row, **by)
    return row


def unsealed(tender, officer):
    """After the deadline: closed by the clock and opened with minutes; returns the moment."""
    at = tender.closes_at + timedelta(hours=1)
    operations.close_tender(tender, actor=SYSTEM, at=tender.closes_at)
    operations.open_offers(tender, actor=officer, at=at, minutes="Παρόντα τα μέλη της επιτροπής.")
    return at


def awarded(tender, officer, at):
    first = operations.first_offer(tender)
    operations.award(
        tender, actor=officer, at=at, decision="Κατά το κριτήριο.", paper=pdf(), seen=first
    )
