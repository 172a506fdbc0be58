"""Κλειδιά και κεφαλαία (keys and capitals): what Python's own casing gets wrong in Greek."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

DIALYTIKA = "\u0308"
TONOI = frozenset("\u0301\u0300\u0342")
PAD = 12  # digits of a number inside a sort key
DIPHTHONGS = {"Ι": "ΑΕΟΥ", "Υ": "ΑΕΗΟ"}  # second letter: the first letters that it would join
KEPT_CONTROLS = "\n\t"
KEPT_FORMATS = "\u200d"  # joins the parts of an emoji
LOOK_ALIKES = str.maketrans({"\u2206": "Δ", "\u00b5": "μ", "\r": "\n"})
WORD = re.compile(r"(?:[^\W\d_][\u0300-\u036f]*)+")


class Letter(NamedTuple):
    """A letter with the marks that stand on it, decomposed."""

    base: str
    marks: str


def clean(text: str) -> str:
    r"""Καθαρό κείμενο: NFC, µ and ∆ as Greek letters, no private-use or control characters.

    Line ends become ``\n``; tabs and line ends stay, NUL and the like do not (PostgreSQL
    refuses it). Spaces at the ends stay: forms strip them.
    """
    text = text.replace("\r\n", "\n").translate(LOOK_ALIKES)
    return unicodedata.normalize("NFC", "".join(c for c in text if _is_storable(c)))


def _is_storable(character: str) -> bool:
    if character in KEPT_CONTROLS or character in KEPT_FORMATS:
        return True
    return unicodedata.category(character) not in {"Cc", "Cf", "Co", "Cs"}


def search_key(text: str) -> str:
    """Κλειδί αναζήτησης: without accents, case, final sigma or double spaces.

    «Παπαδοπούλου», «ΠΑΠΑΔΟΠΟΥΛΟΥ» and «παπαδοπουλου» share one key.
    """
    key = _bare(_bare(clean(text)).casefold()).casefold()
    return " ".join(key.split())


def _bare(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def sort_key(text: str) -> str:
    """Κλειδί ταξινόμησης: Greek alphabetical order; «2ο Γυμνάσιο» comes before «10ο».

    Accents, case and punctuation do not count; numbers are padded with zeros inside the key.
    """
    words = re.sub(r"[\W_]+", " ", search_key(text)).strip()
    return re.sub(r"\d+", lambda found: str(int(found[0])).zfill(PAD), words)


def capitals(text: str) -> str:
    """Κεφαλαία: the tonos goes, the dialytika stay or appear, «ή» (or) stays «Ή».

    ``capitals("Μάιος") == "ΜΑΪΟΣ"``. Other alphabets keep their accents.
    """
    letters = _letters(text)
    pieces: list[str] = []
    for place, letter in enumerate(letters):
        before = letters[place - 1] if place else None
        after = letters[place + 1] if place + 1 < len(letters) else None
        pieces.append(_capital(letter, before, after))
    return unicodedata.normalize("NFC", "".join(pieces))


def _letters(text: str) -> list[Letter]:
    letters: list[Letter] = []
    for character in unicodedata.normalize("NFD", clean(text)):
        if letters and unicodedata.combining(character):
            last = letters.pop()
            letters.append(Letter(last.base, last.marks + character))
        else:
            letters.append(Letter(character, ""))
    return letters


def _capital(letter: Letter, before: Letter | None, after: Letter | None) -> str:
    upper = letter.base.upper()
    if not _is_greek(letter.base):
        return upper + letter.marks
    if upper == "Η" and _has_tonos(letter) and not (_is_letter(before) or _is_letter(after)):
        return "Ή"
    if DIALYTIKA in letter.marks or _needs_dialytika(upper, letter, before):
        return upper + DIALYTIKA
    return upper


def _needs_dialytika(upper: str, letter: Letter, before: Letter | None) -> bool:
    """Whether the lost tonos would make a diphthong: άι, όι, έυ …"""
    if letter.marks or before is None or not _has_tonos(before):
        return False
    return before.base.upper() in DIPHTHONGS.get(upper, "") and DIALYTIKA not in before.marks


def _has_tonos(letter: Letter) -> bool:
    return not TONOI.isdisjoint(letter.marks)


def _is_letter(letter: Letter | None) -> bool:
    return letter is not None and letter.base.isalpha()


def _is_greek(character: str) -> bool:
    return unicodedata.name(character, "").startswith("GREEK ")


def mixed_script_words(text: str) -> list[str]:
    """Λέξεις με ανάμεικτα αλφάβητα: words with Greek and Latin letters, as «Eργαστήρια».

    A word wholly in Latin look-alikes («BHMA») cannot be told from an English one and is not
    found.
    """
    return [word for word in WORD.findall(clean(text)) if len(_scripts(word)) > 1]


def _scripts(word: str) -> set[str]:
    names = (unicodedata.name(character, "") for character in word)
    return {name.split()[0] for name in names} & {"GREEK", "LATIN", "CYRILLIC"}
