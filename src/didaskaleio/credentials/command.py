"""Εντολή ``didaskaleio credential verify FILE.pdf|QR-TEXT [--keys KEYS.json]``.

Exit 0 valid (the content on the output), 1 not valid (the reason on the output), 2 unreadable or
wrongly called (one line on the error output). Keys: ``--keys``, else the environment's
``DIDASKALEIO_KEYS``, else ``var/authority/keys.json``. Neither Django nor the network is used.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final, NoReturn

from didaskaleio.credentials.claims import greek_moment
from didaskaleio.credentials.errors import (
    CredentialError,
    KeysUnreadableError,
    NotGenuineError,
    UnreadableError,
)
from didaskaleio.credentials.keys import KeySet
from didaskaleio.credentials.signed_content import PREFIX
from didaskaleio.credentials.verification import Genuine, verify_pdf, verify_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

VALID, NOT_VALID, UNREADABLE = 0, 1, 2
LARGEST: Final = 50_000_000  # octets: an attestation has a fiftieth of a million


def main(argv: Sequence[str]) -> int:
    """Έλεγχος από τη γραμμή εντολών: ``argv`` follows ``didaskaleio credential``."""
    try:
        arguments = _parser().parse_args(argv)
        genuine = _verify(arguments.subject, _keys(arguments.keys))
    except NotGenuineError as refusal:
        return _refuse(refusal)
    except CredentialError as error:
        sys.stderr.write(f"{error}\n")
        return UNREADABLE
    _accept(genuine)
    return VALID


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:  # noqa: ARG002 - argparse speaks English
        raise UnreadableError(
            "Χρήση: didaskaleio credential verify ΑΡΧΕΙΟ.pdf|ΚΕΙΜΕΝΟ-QR [--keys ΚΛΕΙΔΙΑ.json]"
        )


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="didaskaleio credential", allow_abbrev=False)
    act = parser.add_subparsers(required=True).add_parser(
        "verify", help="έλεγχος γνησιότητας βεβαίωσης χωρίς σύνδεση", allow_abbrev=False
    )
    act.add_argument("subject", metavar="ΑΡΧΕΙΟ.pdf|ΚΕΙΜΕΝΟ-QR")
    act.add_argument("--keys", type=Path, metavar="ΚΛΕΙΔΙΑ.json", help="δημοσιευμένα κλειδιά")
    return parser


def _keys(given: Path | None) -> KeySet:
    named = os.environ.get("DIDASKALEIO_KEYS")
    path = given or (Path(named) if named else Path("var/authority/keys.json"))
    try:
        return KeySet.parse(path.read_bytes())
    except OSError as error:
        raise KeysUnreadableError(
            f"Δεν βρέθηκαν τα δημοσιευμένα κλειδιά ({path}): δώστε τα με --keys."
        ) from error


def _verify(subject: str, keys: KeySet) -> Genuine:
    if subject.startswith(PREFIX):
        return verify_text(subject, keys)
    try:
        with Path(subject).open("rb") as file:
            pdf = file.read(LARGEST + 1)
    except (OSError, ValueError) as error:
        raise UnreadableError(f"Το αρχείο δεν διαβάζεται: {subject}") from error
    if len(pdf) > LARGEST:
        raise UnreadableError(f"Το αρχείο είναι πολύ μεγάλο για βεβαίωση: {subject}")
    return verify_pdf(pdf, keys)


def _accept(genuine: Genuine) -> None:
    lines = genuine.claims.labelled()
    if genuine.seal:
        lines.append(("Σφραγίδα", f"{genuine.seal.organisation} (αρχή: {genuine.seal.issuer})"))
        if genuine.seal.sealed_at:
            lines.append(("Σφραγίστηκε", greek_moment(genuine.seal.sealed_at)))
    sys.stdout.write("ΕΓΚΥΡΟ: το περιεχόμενο είναι αυτό που υπέγραψε ο φορέας.\n")
    _table(lines)
    sys.stdout.write(
        "Η ανάκληση δεν ελέγχεται χωρίς σύνδεση: "
        "δείτε τον κωδικό επαλήθευσης στη σελίδα του φορέα.\n"
    )


def _refuse(refusal: NotGenuineError) -> int:
    sys.stdout.write(f"ΜΗ ΕΓΚΥΡΟ: {refusal}\n")
    if refusal.claims:
        sys.stdout.write("Τα στοιχεία που υπέγραψε ο φορέας και φέρει το αρχείο:\n")
        _table(refusal.claims.labelled())
    return NOT_VALID


def _table(lines: Iterable[tuple[str, str]]) -> None:
    for label, value in lines:
        sys.stdout.write(f"  {label + ':':<23}{_printable(value)}\n")


def _printable(value: str) -> str:
    """Signed text is ours, yet a terminal must never be steered by what a file says."""
    return "".join(
        letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in value
    )
