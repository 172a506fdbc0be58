"""Acts on credentials: issue, revoke, replace."""

from __future__ import annotations

import re
import secrets
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import replace as changed
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Model

from didaskaleio.credentials import press, sheet
from didaskaleio.credentials.authority import AuthorityError, BodyKeys, loaded
from didaskaleio.credentials.claims import Claims
from didaskaleio.credentials.errors import ContentTooLongError
from didaskaleio.credentials.events import CredentialsMoved
from didaskaleio.credentials.models import Credential, CredentialState
from didaskaleio.kernel import access, documents, events, greek, journal, numbering
from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.errors import Refusal
from didaskaleio.kernel.typesetting import TypesettingError
from didaskaleio.people.models import Person
from didaskaleio.structures.models import ImplementingBody

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
GROUPS, GROUP = 3, 4
# Greek capitals that look like letters of the code, as a person may type them
LOOK_ALIKES = str.maketrans("ΑΒΕΖΗΚΜΝΡΤΥΧ", "ABEZHKMNPTYX")
MISSING_LETTER = re.compile(r'the text `"(.+?)"` could not be displayed')


class UnprintableError(Refusal):
    """Content that no sheet can carry: a letter without a shape, or too much text for the QR."""


class SomeRefusedError(Exception):
    """Some of many could not be issued, so none was; ``refusals`` by their place among them."""

    def __init__(self, refusals: dict[int, Refusal]) -> None:
        super().__init__(f"{len(refusals)} refused")
        self.refusals = refusals


@dataclass(frozen=True)
class Draft:
    """What is to be issued (σχέδιο βεβαίωσης): number and code are given at the issue."""

    kind: documents.Kind
    title: str
    person: Person
    body: ImplementingBody
    claims: Claims
    sheet: sheet.Sheet
    about: Model
    replaces: Credential | None = None


def keys_of(body: ImplementingBody) -> BodyKeys:
    """The seal and the content key of a body; loaded once, and again when the folder changes."""
    folder = Path(settings.AUTHORITY_DIR)
    try:
        return loaded(folder).bodies[body.code]
    except (AuthorityError, KeyError, OSError) as error:
        raise Refusal(
            f"Δεν υπάρχει ψηφιακή σφραγίδα για τον φορέα «{body.short_name}». "
            "Ζητήστε από την υπηρεσία λειτουργίας να την εγκαταστήσει.",
            code="no_seal",
        ) from error


def new_code() -> str:
    """A verification code: twelve unambiguous characters, ``7K2M-Q9XD-4HTB``."""
    groups = ("".join(secrets.choice(ALPHABET) for _ in range(GROUP)) for _ in range(GROUPS))
    return "-".join(groups)


def normal_code(text: str) -> str:
    """A code as it is stored, however it was typed: small, without hyphens, in Greek letters."""
    bare = "".join(c for c in greek.capitals(text) if c.isalnum()).translate(LOOK_ALIKES)
    return "-".join(bare[i : i + GROUP] for i in range(0, len(bare), GROUP))


def issue(draft: Draft, *, actor: Actor, at: datetime) -> Credential:
    """Number, sign, typeset, seal and store a credential; all or nothing.

    Refuses with ``no_seal`` when the body has no keys, UnprintableError when the sheet cannot be
    typeset. The body is written as its certificate names it.
    """
    try:
        return issue_many([draft], actor=actor, at=at)[0]
    except SomeRefusedError as error:
        raise error.refusals[0] from error


def issue_many(drafts: Sequence[Draft], *, actor: Actor, at: datetime) -> list[Credential]:
    """The same of many, set-based and on all cores: every one of them, or none.

    SomeRefusedError names those that cannot be printed; issued without them, the numbers follow
    without a gap, because the transaction gave them back.
    """
    with transaction.atomic():
        orders = _orders(drafts, at)
        outcomes = press.strike_all(orders)
        printed = [outcome for outcome in outcomes if isinstance(outcome, press.Printed)]
        if len(printed) < len(outcomes):
            raise SomeRefusedError(_refusals(orders, outcomes))
        return _kept(drafts, orders, printed, actor, at)


def _orders(drafts: Sequence[Draft], at: datetime) -> list[press.Order]:
    folder = Path(settings.AUTHORITY_DIR)
    numbers = _numbers(drafts, at)
    orders = []
    for draft, number in zip(drafts, numbers, strict=True):
        keys, code = keys_of(draft.body), new_code()
        claims = changed(
            draft.claims, number=number, code=code, body=keys.organisation, issued_at=at
        )
        page = changed(draft.sheet, address=verification_address(code))
        orders.append(press.Order(folder, draft.body.code, claims, page, draft.title))
    return orders


def _numbers(drafts: Sequence[Draft], at: datetime) -> list[str]:
    """Following numbers of each body's series, in the order of the drafts."""
    wanted = Counter((draft.kind.series, draft.body.code) for draft in drafts)
    blocks = {
        (series, body): iter(numbering.protocols(f"{series}.{body}", at=at, count=count))
        for (series, body), count in sorted(wanted.items())
    }
    return [
        _as_printed(draft.body, next(blocks[draft.kind.series, draft.body.code]))
        for draft in drafts
    ]


def _as_printed(body: ImplementingBody, number: str, mark: str = "") -> str:
    return "-".join(filter(None, (body.code.upper(), mark, *number.split("/"))))


def _refusals(
    orders: Sequence[press.Order], outcomes: Sequence[press.Outcome]
) -> dict[int, Refusal]:
    found: dict[int, Refusal] = {}
    for place, (order, outcome) in enumerate(zip(orders, outcomes, strict=True)):
        if isinstance(outcome, ContentTooLongError):
            found[place] = UnprintableError(str(outcome), code="too_long")
        elif isinstance(outcome, TypesettingError):
            who = f"«{order.claims.surname} {order.claims.given_name}»"
            found[place] = unprintable(f"Η βεβαίωση {who}", outcome)
    return found


def _kept(
    drafts: Sequence[Draft],
    orders: Sequence[press.Order],
    printed: Sequence[press.Printed],
    actor: Actor,
    at: datetime,
) -> list[Credential]:
    """The sealed documents and their rows, with one journal line each."""
    documented = documents.keep_many(
        drafts[0].kind,
        [
            (done.pdf, draft.about, order.claims.number)
            for draft, order, done in zip(drafts, orders, printed, strict=True)
        ],
        actor=actor,
        at=at,
    )
    rows = Credential.objects.bulk_create(
        _row(draft, order.claims, done.content, document, at)
        for draft, order, done, document in zip(drafts, orders, printed, documented, strict=True)
    )
    ids = [row.pk for row in rows]
    journal.write_many(Credential, ids, "Έκδοση", actor=actor, at=at)
    events.publish(CredentialsMoved(tuple(ids), CredentialState.ISSUED, at))
    return rows


def body_number(series: str, body: ImplementingBody, *, at: datetime, mark: str = "") -> str:
    """The next number of a body's own series, as it is printed: ``ITYE-2023-000017``.

    ``mark`` stands after the body and tells series of other documents apart.
    """
    return _as_printed(body, numbering.protocol(f"{series}.{body.code}", at=at), mark)


def unprintable(what: str, error: TypesettingError) -> UnprintableError:
    """The refusal of a document that cannot be typeset, with the letter where it is known."""
    found = MISSING_LETTER.search(str(error))
    letter = f"το γράμμα «{found[1]}»" if found else "κάποιο γράμμα"
    return UnprintableError(
        f"{what} δεν τυπώνεται: {letter} δεν υπάρχει στη γραμματοσειρά. "
        "Διορθώστε τα στοιχεία του προσώπου.",
        code="unprintable",
    )


def _row(draft: Draft, claims: Claims, content: str, document: Any, at: datetime) -> Credential:
    return Credential(
        code=claims.code,
        number=claims.number,
        kind=claims.kind,
        title=draft.title,
        person=draft.person,
        body=draft.body,
        content=[list(line) for line in claims.labelled()],
        signed_content=content,
        document=document,
        replaces=draft.replaces,
        issued_at=at,
    )


def verification_address(code: str) -> str:
    """The public page that shows a credential's real content."""
    return f"{settings.BASE_URL}/verify/{code}/"


def revoke(credential: Credential, *, actor: Actor, at: datetime, reason: str) -> None:
    """Withdraw a credential (ανάκληση); its public page says so from now on."""
    _end(credential, CredentialState.REVOKED, "Ανάκληση", actor, at, reason)


def supersede(credential: Credential, *, actor: Actor, at: datetime, reason: str) -> None:
    """Mark a credential as replaced (αντικατάσταση); the new one refers to it."""
    _end(credential, CredentialState.REPLACED, "Αντικατάσταση", actor, at, reason)


def _end(
    credential: Credential, state: str, act: str, actor: Actor, at: datetime, reason: str
) -> None:
    access.require(actor, "credential.manage", credential)
    if not reason.strip():
        raise Refusal(f"{act}: γράψτε την αιτιολογία.", code="reason")
    with transaction.atomic():
        row = Credential.objects.select_for_update().get(pk=credential.pk)
        if row.state != CredentialState.ISSUED:
            raise Refusal(f"Η βεβαίωση {row.number} δεν ισχύει πια.", code="not_standing")
        row.state = state
        row.save(update_fields=["state"])
        journal.write(row, act, actor=actor, at=at, reason=reason)
        events.publish(CredentialsMoved((row.pk,), state, at))
    credential.state = state
