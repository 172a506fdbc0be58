"""Αριθμοί (numbers): 1.234,56 on screen, read back strictly."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from didaskaleio.kernel.errors import Refusal

Gender = Literal["masculine", "feminine", "neuter"]
ENDINGS: dict[Gender, str] = {"masculine": "ος", "feminine": "η", "neuter": "ο"}
GREEK_NUMBER = re.compile(r"[-+−]?(?:[0-9]{1,3}(?:\.[0-9]{3})+|[0-9]+)(?:,[0-9]+)?")
TO_GREEK = str.maketrans(",.", ".,")


class NumberFormatError(Refusal, ValueError):
    """Text that is not a number written the Greek way; ``str`` says in Greek what to type."""


def number(value: float | Decimal, places: int = 0) -> str:
    """Αριθμός: «1.234,56»; ``places`` decimals, halves rounded away from zero."""
    exact = Decimal(str(value)).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    return f"{exact + 0:,.{places}f}".translate(TO_GREEK)


def euro(value: Decimal) -> str:
    """Ποσό: «1.234,56 €» on one line."""
    return f"{number(value, 2)}\N{NO-BREAK SPACE}€"


def exact(value: Decimal) -> str:
    """Αριθμός όπως είναι: with as many decimals as it has, «39,25», never rounded."""
    exponent = value.normalize().as_tuple().exponent
    return number(value, max(0, -exponent) if isinstance(exponent, int) else 0)


def count(amount: int, singular: str, plural: str) -> str:
    """Πλήθος με το όνομά του: «1 θέση», «0 θέσεις», «1.234 θέσεις»."""
    return f"{number(amount)} {singular if abs(amount) == 1 else plural}"


def parse_decimal(text: str) -> Decimal:
    """Ανάγνωση αριθμού: reads «1.234,56», «1234,56», «-3»; refuses «1,234.56» and «12.5».

    A dot separates thousands and nothing else, so that 12.5 is never taken for 125. Raises
    :class:`NumberFormatError`.
    """
    plain = text.strip()
    if not GREEK_NUMBER.fullmatch(plain):
        raise NumberFormatError(
            f"«{plain}» δεν είναι αριθμός. Γράψτε τα δεκαδικά με κόμμα, όπως 1.234,56 ή 12,5.",
            code="number",
        )
    return Decimal(plain.replace(".", "").replace(",", ".").replace("−", "-"))


def ordinal(place: int, gender: Gender) -> str:
    """Τακτικό αριθμητικό: «9η» (εβδομάδα), «2ο» (γυμνάσιο), «1ος» (κύκλος)."""
    return f"{place}{ENDINGS[gender]}"
