"""Ονόματα (names): is the person of a certificate the person whose turn it is?

Certificates write names in Greek or, by ELOT 743, in Latin letters, in either order, in
capitals or not. A tax number in the certificate decides alone.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

# what ELOT 743 (type 2, of identity papers) writes for pairs; before the single letters
PAIRS: Final = {
    "ΓΓ": "NG",
    "ΓΞ": "NX",
    "ΓΧ": "NCH",
    "ΟΥ": "OU",
}
SINGLE: Final = str.maketrans("ΑΒΓΔΕΖΗΙΚΛΜΝΞΟΠΡΣΤΥΦΩ", "AVGDEZIIKLMNXOPRSTYFO") | {
    ord("Θ"): "TH",
    ord("Χ"): "CH",
    ord("Ψ"): "PS",
}
VOICED: Final = frozenset("ΑΒΓΔΕΖΗΙΛΜΝΟΡΥΩ")
GREEK: Final = re.compile("[\u0370-\u03ff]")
# Latin capitals that people type inside Greek words
LOOK_ALIKES: Final = str.maketrans("ABEZHIKMNOPTYX", "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ")
# ETSI EN 319 412-1: a tax number of Greece (GR, or EL as taxes write it)
TAX: Final = re.compile(r"(?:TIN|VAT)(?:GR|EL)-(?:EL)?(\d{9})\Z")


def bare(text: str) -> str:
    """Capitals without accents or dialytika."""
    # ϊ and ϋ are letters of their own beside another vowel: they must not join it
    parts = unicodedata.normalize("NFD", text.upper())
    return "".join(sign for sign in parts if not unicodedata.combining(sign) or sign == "\u0308")


def latin(word: str) -> str:
    """A word in Latin capitals by ELOT 743; what is Latin already stays."""
    capitals = bare(word)
    if not GREEK.search(capitals):
        return capitals.replace("\u0308", "")
    capitals = capitals.translate(LOOK_ALIKES)
    written, place = [], 0
    while place < len(capitals):
        sign, taken = _next(capitals, place)
        written.append(sign)
        place += taken
    return "".join(written)


def _next(word: str, place: int) -> tuple[str, int]:
    pair, sign = word[place : place + 2], word[place]
    if sign == "\u0308":
        return "", 1
    if word[place + 2 : place + 3] == "\u0308":  # the second vowel stands alone
        return sign.translate(SINGLE), 1
    if pair in PAIRS:
        return PAIRS[pair], 2
    if pair == "ΜΠ" and (place == 0 or place + 2 == len(word)):
        return "B", 2
    if pair in {"ΑΥ", "ΕΥ", "ΗΥ"}:
        follows = word[place + 2 : place + 3]
        return sign.translate(SINGLE) + ("V" if follows in VOICED and follows else "F"), 2
    return sign.translate(SINGLE), 1


def words(*names: str) -> frozenset[str]:
    """The words of names as ELOT 743 writes them, hyphens apart."""
    found = re.split(r"[\s\-‐‑.,]+", " ".join(names))
    return frozenset(latin(word) for word in found if word)


def same(certificate: str, surname: str, given_name: str) -> bool:
    """Whether the certificate names this person, in whatever order, letters or capitals.

    The certificate may hold more (a second name, a father's); never less than the first word
    of the given name and the whole surname.
    """
    shown, own = words(certificate), words(surname)
    first = words(*given_name.split(maxsplit=1)[:1])
    return bool(own) and bool(first) and own <= shown and bool(first & shown)


def tax_number(serial: str) -> str:
    """The ΑΦΜ of a certificate's serial number, empty where there is none."""
    found = TAX.match(serial.strip().upper())
    return found[1] if found else ""
