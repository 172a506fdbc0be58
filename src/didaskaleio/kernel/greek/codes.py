"""Κωδικοί (codes): specialties as they arrive in a dozen spellings, clusters in two alphabets."""

from __future__ import annotations

import re
import unicodedata

from didaskaleio.kernel.errors import Refusal

GREEK_LETTERS = str.maketrans("PETDПЕТД", "ΠΕΤΔΠΕΤΔ")  # Latin and Cyrillic look-alikes
DIGITS = str.maketrans("OΟОIΙL", "000111")  # letters typed for 0 and 1
SPECIALTY = re.compile(r"(?P<category>[ΠΤΔΥ]Ε)[\s.\-_]*(?P<rest>.+)", re.DOTALL)
GROUPS = re.compile(r"[\s.,\-_/]+")
CLUSTER = re.compile(r"(?:ΣΥΣΤΑΔΑ\s*)?[BΒ]\s*(?P<level>[12])\s*[.,]\s*(?P<number>\d{1,2})")
SPECIAL_EDUCATION = "50"


class CodeError(Refusal, ValueError):
    """A code that no rule can read; ``str`` says in Greek what is expected."""


def specialty_code(text: str) -> str:
    """Κωδικός ειδικότητας in its one form: ``ΠΕ86``, ``ΠΕ04.01``, ``ΠΕ02.50``, ``ΠΕ79.01.50``.

    Reads ``PE86``, ``ΠE 86``, ``ΠΕ86.00``, ``ΠΕ 0401``, ``ΠΕ79,01.50``, ``ΤΕΟ1.06``. The form
    alone is judged: whether the code exists, or has a successor, the register of specialties
    knows. Raises :class:`CodeError`.
    """
    found = SPECIALTY.fullmatch(_category_in_greek(_plain(text)))
    if found is None:
        raise _unreadable(text)
    pairs = _pairs(found["rest"].translate(DIGITS))
    if not pairs or pairs[0] == "00":
        raise _unreadable(text)
    pairs = [pairs[0], *(pair for pair in pairs[1:] if pair != "00")]
    third_is_special = pairs[2:] in ([], [SPECIAL_EDUCATION])
    if not third_is_special or pairs[1:] == [SPECIAL_EDUCATION, SPECIAL_EDUCATION]:
        raise _unreadable(text)
    return found["category"] + ".".join(pairs)


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip().upper()


def _category_in_greek(text: str) -> str:
    head = re.match(r"\w\.?\s*\w\.?", text)
    if head is None:
        return text
    letters = re.sub(r"[\s.]", "", head[0]).translate(GREEK_LETTERS)
    return letters + text[head.end() :]


def _pairs(text: str) -> list[str]:
    """Two-digit groups; empty when a group is not whole pairs (a lone first digit gets its 0)."""
    pairs: list[str] = []
    for place, group in enumerate(GROUPS.split(text.strip(" ."))):
        padded = group.zfill(2) if place == 0 else group
        if not (padded.isascii() and padded.isdigit()) or len(padded) % 2:
            return []
        pairs += [padded[at : at + 2] for at in range(0, len(padded), 2)]
    return pairs


def _unreadable(text: str) -> CodeError:
    return CodeError(
        f"Ο κωδικός ειδικότητας «{text.strip()}» δεν διαβάζεται. "
        "Γράψτε τον όπως ΠΕ86, ΠΕ04.01 ή ΠΕ02.50.",
        code="specialty_code",
    )


def cluster_code(text: str) -> str:
    """Κωδικός συστάδας as stored, with Latin B: ``B2.1``; reads «Β2.1», «β2,01», «Συστάδα Β2.13».

    Raises :class:`CodeError`.
    """
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    found = CLUSTER.fullmatch(plain.strip().upper())
    if found is None or not int(found["number"]):
        raise CodeError(
            f"Ο κωδικός συστάδας «{text.strip()}» δεν διαβάζεται. Γράψτε τον όπως Β2.1 ή Β2.13.",
            code="cluster_code",
        )
    return f"B{found['level']}.{int(found['number'])}"


def show_cluster(code: str) -> str:
    """Κωδικός συστάδας as shown, with Greek Β: «Β2.1»."""
    return cluster_code(code).replace("B", "Β")
