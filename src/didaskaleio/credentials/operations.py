"""Acts on credentials: issue, revoke, replace."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from dataclasses import replace as changed
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Model

from didaskaleio.credentials import sheet, signed_content
from didaskaleio.credentials.authority import MANIFEST, Authority, AuthorityError, BodyKeys, load
from didaskaleio.credentials.claims import Claims
from didaskaleio.credentials.errors import ContentTooLongError
from didaskaleio.credentials.models import Credential, CredentialState
from didaskaleio.credentials.seal import seal
from didaskaleio.kernel import access, documents, greek, journal, numbering
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


@lru_cache(maxsize=4)
def _loaded(folder: Path, _stamp: int) -> Authority:
    return load(folder)


def keys_of(body: ImplementingBody) -> BodyKeys:
    """The seal and the content key of a body; loaded once, and again when the folder changes."""
    folder = Path(settings.AUTHORITY_DIR)
    try:
        return _loaded(folder, (folder / MANIFEST).stat().st_mtime_ns).bodies[body.code]
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
    keys = keys_of(draft.body)
    with transaction.atomic():
        claims = changed(
            draft.claims,
            number=body_number(draft.kind.series, draft.body, at=at),
            code=new_code(),
            body=keys.organisation,
            issued_at=at,
        )
        content, pdf = _sealed(draft, claims, keys, at)
        document = documents.keep(
            draft.kind, pdf, draft.about, number=claims.number, actor=actor, at=at
        )
        credential = _stored(draft, claims, content, document, at)
        journal.write(credential, "Έκδοση", actor=actor, at=at)
    return credential


def body_number(series: str, body: ImplementingBody, *, at: datetime, mark: str = "") -> str:
    """The next number of a body's own series, as it is printed: ``ITYE-2023-000017``.

    ``mark`` stands after the body and tells series of other documents apart.
    """
    number = numbering.protocol(f"{series}.{body.code}", at=at)
    return "-".join(filter(None, (body.code.upper(), mark, *number.split("/"))))


def unprintable(what: str, error: TypesettingError) -> UnprintableError:
    """The refusal of a document that cannot be typeset, with the letter where it is known."""
    found = MISSING_LETTER.search(str(error))
    letter = f"το γράμμα «{found[1]}»" if found else "κάποιο γράμμα"
    return UnprintableError(
        f"{what} δεν τυπώνεται: {letter} δεν υπάρχει στη γραμματοσειρά. "
        "Διορθώστε τα στοιχεία του προσώπου.",
        code="unprintable",
    )


def _sealed(draft: Draft, claims: Claims, keys: BodyKeys, at: datetime) -> tuple[str, bytes]:
    page = changed(draft.sheet, address=verification_address(claims.code))
    try:
        content = signed_content.issue(claims, keys.content_key)
        pdf = sheet.compose(claims, content, page)
    except ContentTooLongError as error:
        raise UnprintableError(str(error), code="too_long") from error
    except TypesettingError as error:
        who = f"«{claims.surname} {claims.given_name}»"
        raise unprintable(f"Η βεβαίωση {who}", error) from error
    return content, seal(pdf, keys.sealer, reason=draft.title, location=page.place, at=at)


def _stored(draft: Draft, claims: Claims, content: str, document: Any, at: datetime) -> Credential:
    return Credential.objects.create(
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
    credential.state = state
