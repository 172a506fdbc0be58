"""Διατύπωση (wording) of contracts: a text with placeholders, checked and filled; no Django.

A placeholder is a name in braces, ``{ονοματεπώνυμο}``. A block that begins with «Άρθρο» has its
first line as heading. What is filled in is never read for placeholders again.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

PLACEHOLDER = re.compile(r"\{([^{}\n]*)\}")
HEADING = re.compile(r"Άρθρο\s+\d+")


@dataclass(frozen=True)
class Placeholder:
    """Θέση συμπλήρωσης: its name in the text, what it stands for, an invented example."""

    name: str
    means: str
    example: str


PLACEHOLDERS = (
    Placeholder("αριθμός", "Αριθμός της σύμβασης", "ITYE-ΣΥΜ-2023-000017"),
    Placeholder("φορέας", "Φορέας που πληρώνει", "Υποδειγματικός Φορέας Υλοποίησης"),
    Placeholder("δικαιούχος", "Ονοματεπώνυμο ή επωνυμία", "Δειγματίδου Ελένη"),
    Placeholder("αφμ", "Α.Φ.Μ. του δικαιούχου", "600000014"),
    Placeholder("δου", "Δ.Ο.Υ. του δικαιούχου", "Κοζάνης"),
    Placeholder("διεύθυνση", "Διεύθυνση του δικαιούχου", "Υποδείγματος 1, 501 00 Κοζάνη"),
    Placeholder("δράση", "Τίτλος της δράσης", "Επιμόρφωση Β2 επιπέδου Τ.Π.Ε."),
    Placeholder("πράξη", "Κωδικός και τίτλος της πράξης", "5000001 Υποδειγματική Πράξη"),
    Placeholder("πρόγραμμα", "Κωδικός και κέντρο του προγράμματος", "P00012, 1ο Κ.Σ.Ε. Κοζάνης"),
    Placeholder("έργο", "Τι αναλαμβάνει ο δικαιούχος", "Διδασκαλία 60 ωρών"),
    Placeholder("ώρες", "Ώρες που συμφωνούνται", "60"),
    Placeholder("ανώτατο_ποσό", "Το πολύ που πληρώνεται, σε ευρώ", "1.500,00"),
    Placeholder("έναρξη", "Πρώτη ημέρα ισχύος", "6 Μαρτίου 2023"),
    Placeholder("λήξη", "Τελευταία ημέρα ισχύος", "2 Ιουλίου 2023"),
)
KNOWN = {each.name: each for each in PLACEHOLDERS}
EXAMPLE = {each.name: each.example for each in PLACEHOLDERS}


@dataclass(frozen=True)
class Block:
    """Ένα τμήμα του κειμένου: heading (perhaps empty) and paragraph."""

    heading: str
    text: str


def used(text: str) -> set[str]:
    """The names of the placeholders of a text."""
    return {name.strip() for name in PLACEHOLDER.findall(text)}


def problems(text: str) -> list[str]:
    """What stands in the way of a text's use, in words for whoever writes it."""
    if not text.strip():
        return ["Το κείμενο είναι κενό. Γράψτε τους όρους της σύμβασης."]
    unknown = sorted(used(text) - KNOWN.keys())
    found = [
        f"Άγνωστη θέση συμπλήρωσης «{{{name}}}». Διαλέξτε από τον κατάλογο." for name in unknown
    ]
    if re.search(r"[{}]", PLACEHOLDER.sub("", text)):
        found.append("Μια αγκύλη { ή } έμεινε μόνη της. Κλείστε την ή σβήστε τη.")
    return found


def fill(text: str, values: Mapping[str, str]) -> str:
    """The text with every placeholder replaced; an empty value leaves a dash."""
    return PLACEHOLDER.sub(lambda found: values.get(found[1].strip()) or "–", text)


def blocks(text: str) -> list[Block]:
    """The text in blocks, as it is typeset: parted by empty lines."""
    parts = [part.strip() for part in re.split(r"\n\s*\n", text.replace("\r\n", "\n"))]
    return [_block(part) for part in parts if part]


def _block(part: str) -> Block:
    first, _, rest = part.partition("\n")
    if HEADING.match(first):
        return Block(first.strip(), rest.strip())
    return Block("", part)
