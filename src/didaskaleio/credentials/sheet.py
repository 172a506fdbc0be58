"""Φύλλο βεβαίωσης (sheet): the printed attestation, composed from what is signed.

The visible fields and the signed content come from the same claims, so they cannot differ.
"""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import segno

from didaskaleio.credentials.claims import ATHENS, CALLED, COURSE, KINDS, Claims, greek_moment
from didaskaleio.kernel.typesetting import render

if TYPE_CHECKING:
    from datetime import date

WORDS: Final = {
    "attendance": (
        "Βεβαιώνεται η παρακολούθηση και η ολοκλήρωση του επιμορφωτικού προγράμματος με τα "
        "παρακάτω στοιχεία.",
        "Κανόνες ολοκλήρωσης, {}",
    ),
    "employment": (
        "Βεβαιώνεται η απασχόληση στο επιμορφωτικό πρόγραμμα με τα παρακάτω στοιχεία, όπως "
        "προκύπτει από τα υπογεγραμμένα παρουσιολόγια.",
        "Ώρες απασχόλησης",
    ),
    "participation": (
        "Βεβαιώνεται η συμμετοχή στη δράση με τα παρακάτω στοιχεία, όπως προκύπτει από το "
        "παρουσιολόγιό της.",
        "Περιεχόμενο",
    ),
}
TEMPLATE: Final = Path(__file__).resolve().parent / "typst" / "attestation.typ"
MONTHS: Final = (
    *("Ιανουαρίου", "Φεβρουαρίου", "Μαρτίου", "Απριλίου", "Μαΐου", "Ιουνίου"),
    *("Ιουλίου", "Αυγούστου", "Σεπτεμβρίου", "Οκτωβρίου", "Νοεμβρίου", "Δεκεμβρίου"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Logo:
    """Λογότυπο: SVG text or PNG bytes, what it shows in words, height in mm."""

    image: str | bytes
    alt: str
    height: float = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """Όσα τυπώνονται πέρα από τα υπογεγραμμένα στοιχεία.

    ``authority``: lines of the left block, the body last. ``address``: the verification page with
    the code, as a URL. ``rules`` the completion rules as (what, value) lines.
    ``cofunding``: the funded project's sentence, or "" for actions without EU money; ``logos``:
    None where no slot is declared, () for a declared slot that is still empty.
    """

    authority: tuple[str, ...]
    place: str
    centre: str
    address: str
    signatory_office: str
    signatory: str = ""
    project: str = ""
    hours_detail: str = ""
    rules: tuple[tuple[str, str], ...] = ()
    cofunding: str = ""
    logos: tuple[Logo, ...] | None = None


def compose(claims: Claims, content: str, sheet: Sheet) -> bytes:
    """Βεβαίωση PDF/A, not yet sealed. ``content`` is the signed text of ``claims``."""
    return render(TEMPLATE, data(claims, content, sheet), at=claims.issued_at)


def qr_png(text: str) -> bytes:
    """Κωδικός QR as PNG, level L, quiet zone of 4 modules; one mask and level, so it is quick."""
    out = BytesIO()
    code = segno.make(text, error="l", mask=2, boost_error=False, micro=False)
    code.save(out, kind="png", scale=4, border=4)
    return out.getvalue()


def data(claims: Claims, content: str, sheet: Sheet) -> dict[str, Any]:
    """Δεδομένα του φύλλου: what the template of the attestation reads."""
    title = KINDS[claims.kind]
    statement, rules = WORDS[claims.kind]
    course, programme = CALLED.get(claims.kind, COURSE)
    host = "Οργανώνει" if claims.kind in CALLED else "Κέντρο επιμόρφωσης"
    return {
        "document": {
            "title": f"{title} {claims.number}",
            "keywords": [content],
            "authority": sheet.authority,
            "place": sheet.place,
            "date": _long_date(claims),
            "number_label": "Αριθμός:",
            "number": claims.number,
        },
        "heading": title,
        "about": "Στοιχεία δράσης" if claims.kind in CALLED else "Στοιχεία προγράμματος",
        "statement": statement,
        "holder": _filled(
            ("Επώνυμο", claims.surname),
            ("Όνομα", claims.given_name),
            ("Πατρώνυμο", claims.father_name),
            ("Κλάδος / ειδικότητα", claims.specialty),
            ("Ιδιότητα", claims.role),
        ),
        "programme": _filled(
            (course, claims.course),
            ("Πράξη", sheet.project),
            (programme, claims.programme),
            (host, sheet.centre),
            ("Διάρκεια", _period(claims)),
            ("Διδακτικές ώρες", f"{claims.hours} {sheet.hours_detail}".strip()),
        ),
        "rules_title": rules.format(claims.rules_in_words),
        "rules": sheet.rules,
        "office": sheet.signatory_office,
        "signatory": sheet.signatory,
        "body": claims.body,
        "sealed_at": greek_moment(claims.issued_at),
        "code": claims.code,
        "address": sheet.address,
        "content_qr": list(qr_png(content)),
        "address_qr": list(qr_png(sheet.address)),
        "cofunding": _cofunding(sheet),
    }


def _filled(*lines: tuple[str, str]) -> list[tuple[str, str]]:
    return [line for line in lines if line[1]]


def _cofunding(sheet: Sheet) -> dict[str, Any] | None:
    if not sheet.cofunding:
        return None
    slot = None if sheet.logos is None else [_logo(logo) for logo in sheet.logos]
    return {"text": sheet.cofunding, "logos": slot}


def _logo(logo: Logo) -> dict[str, Any]:
    image = logo.image if isinstance(logo.image, str) else list(logo.image)
    return {"image": image, "alt": logo.alt, "height": logo.height}


def _long_date(claims: Claims) -> str:
    return _words(claims.issued_at.astimezone(ATHENS).date())


def _period(claims: Claims) -> str:
    return f"{_words(claims.starts)} έως {_words(claims.ends)}"


def _words(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
