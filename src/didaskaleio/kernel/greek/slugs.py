"""Μεταγραφή (transliteration) by ELOT 743 (ISO 843, type 2), for addresses and file names."""

from __future__ import annotations

import re
import unicodedata

from didaskaleio.kernel.greek.text import clean

LATIN = "a v g d e z i th i k l m n x o p r s s t y f ch ps o"
LETTERS = dict(zip("αβγδεζηθικλμνξοπρσςτυφχψω", re.split(" ", LATIN), strict=True))
PAIRS = {"γγ": "ng", "γξ": "nx", "γχ": "nch", "ου": "ou", "ού": "ou"}
WITH_YPSILON = {"α": "a", "ε": "e", "η": "i"}
VOICED = frozenset("αάβγδεέζηήιίϊΐλμνοόρυύϋΰωώ")  # before these αυ is "av", else "af"
MARKS = {"ά": "α", "έ": "ε", "ή": "η", "ί": "ι", "ϊ": "ι", "ΐ": "ι", "ό": "ο"} | {
    "ύ": "υ",
    "ϋ": "υ",
    "ΰ": "υ",
    "ώ": "ω",
}
WORD = re.compile(r"[^\W\d_]+")


def slug(text: str) -> str:
    """Λατινική μορφή for an address: «2ο Γυμνάσιο Μπάνιας» gives ``2o-gymnasio-banias``.

    ASCII letters, digits and single hyphens; empty when the text has neither letters nor digits.
    """
    return re.sub(r"[^a-z0-9]+", "-", latin(text).lower()).strip("-")


def latin(text: str) -> str:
    """Λατινικοί χαρακτήρες: «Γεωργίου Άννα» gives ``GEORGIOU ANNA``, as banks write names.

    Plain ASCII; what has no Latin letter is left out.
    """
    written = WORD.sub(lambda found: _transliterate(found[0]), clean(text).lower())
    return unicodedata.normalize("NFKD", written).encode("ascii", "ignore").decode().upper()


def _transliterate(word: str) -> str:
    pieces: list[str] = []
    place = 0
    while place < len(word):
        pair = word[place : place + 2]
        latin = _pair(pair, word[place + 2 : place + 3], is_edge=place in {0, len(word) - 2})
        pieces.append(latin or _letter(word[place]))
        place += 2 if latin else 1
    return "".join(pieces)


def _pair(pair: str, following: str, *, is_edge: bool) -> str:
    """Latin letters of a digraph, or nothing; a tonos on its first letter parts it (ά-υλος)."""
    if pair == "μπ":
        return "b" if is_edge else "mp"
    if pair[1:] in {"υ", "ύ"} and pair[0] in WITH_YPSILON:
        return WITH_YPSILON[pair[0]] + ("v" if following in VOICED and following else "f")
    return PAIRS.get(pair, "")


def _letter(letter: str) -> str:
    return LETTERS.get(MARKS.get(letter, letter), letter)
