"""Αναγνωριστικά (identifiers): ΑΦΜ, ΑΜΚΑ, Α.Μ., Π.Α. and IBAN: validated, and made up for demos.

The synthetic ones pass every check, and lie in ranges where no teacher's identifier is expected;
each generator names its range.
"""

from __future__ import annotations

import calendar
import re
import unicodedata
from datetime import date, timedelta

from didaskaleio.kernel.errors import Refusal

PA_ALPHABET = "0123456789ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ"
LATIN_TO_GREEK = str.maketrans("ABEZHIKMNOPTYX", "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ")
SYNTHETIC_AFM = range(10_000_000)
SYNTHETIC_AM = range(200_000)
SYNTHETIC_AMKA = range(10_000 * 1_461)
SYNTHETIC_IBAN = range(10**16)


class IdentifierError(Refusal, ValueError):
    """An identifier that fails its check; ``str`` says in Greek what is wrong and what to do."""


def validate_afm(text: str) -> str:
    """ΑΦΜ: nine digits with check digit; returns them, leading zeros included.

    Reads «EL 094 …» too. Source: the modulo 11 rule of the tax administration.
    """
    digits = _digits(re.sub(r"^(EL|GR)", "", _compact(text)), 9, "Ο ΑΦΜ", code="afm")
    if digits == "0" * 9 or _afm_check(digits[:8]) != digits[8]:
        raise IdentifierError(
            f"Ο ΑΦΜ {digits} δεν είναι έγκυρος: δεν συμφωνεί το ψηφίο ελέγχου. "
            "Ελέγξτε ένα ένα τα ψηφία στο εκκαθαριστικό ή στο myAADE.",
            code="afm",
        )
    return digits


def _afm_check(eight: str) -> str:
    weighted = sum(int(digit) << (8 - place) for place, digit in enumerate(eight))
    return str(weighted % 11 % 10)


def validate_amka(text: str) -> str:
    """ΑΜΚΑ: eleven digits, date of birth as ΗΗΜΜΕΕ, Luhn check digit; the century is unknown."""
    digits = _digits(_compact(text), 11, "Ο ΑΜΚΑ", code="amka")
    if not _is_date(int(digits[:2]), int(digits[2:4]), int(digits[4:6])):
        raise IdentifierError(
            f"Ο ΑΜΚΑ {digits} δεν είναι έγκυρος: τα έξι πρώτα ψηφία είναι η ημερομηνία γέννησης "
            "(ΗΗΜΜΕΕ). Διορθώστε τα.",
            code="amka",
        )
    if _luhn_check(digits[:10]) != digits[10]:
        raise IdentifierError(
            f"Ο ΑΜΚΑ {digits} δεν είναι έγκυρος: δεν συμφωνεί το ψηφίο ελέγχου. "
            "Ελέγξτε ένα ένα τα ψηφία στο amka.gr.",
            code="amka",
        )
    return digits


def _is_date(day: int, month: int, year: int) -> bool:
    if month not in range(1, 13):
        return False
    # 2000 was a leap year and 1900 was not: the more generous century counts
    return 1 <= day <= calendar.monthrange(2000 + year, month)[1]


def _luhn_check(digits: str) -> str:
    total = 0
    for place, digit in enumerate(reversed(digits)):
        doubled = int(digit) * (2 if place % 2 == 0 else 1)
        total += doubled - 9 if doubled > 9 else doubled  # noqa: PLR2004 - the sum of two digits
    return str(-total % 10)


def validate_am(text: str) -> str:
    """Αριθμός μητρώου εκπαιδευτικού: six digits; substitutes may have none."""
    digits = _digits(_compact(text), 6, "Ο αριθμός μητρώου", code="am")
    if digits == "0" * 6:
        raise IdentifierError(
            "Ο αριθμός μητρώου δεν μπορεί να είναι μόνο μηδενικά. "
            "Αφήστε το πεδίο κενό αν δεν έχετε αριθμό μητρώου.",
            code="am",
        )
    return digits


def validate_pa(text: str) -> str:
    """Προσωπικός Αριθμός: three characters and the ΑΦΜ; returned with Greek capitals.

    The three come from the digits and the Greek capitals that exist in Latin too; Latin
    look-alikes are read. Which may stand where is not published, so any order passes.
    """
    compact = _compact(text)
    head, afm = compact[:3].translate(LATIN_TO_GREEK), compact[3:]
    if len(compact) != 12 or any(c not in PA_ALPHABET for c in head):  # noqa: PLR2004 - 3 + 9
        raise IdentifierError(
            "Ο Προσωπικός Αριθμός έχει 12 χαρακτήρες: τρεις (ψηφία ή κεφαλαία "
            "Α, Β, Ε, Ζ, Η, Ι, Κ, Μ, Ν, Ο, Ρ, Τ, Υ, Χ) και μετά τον ΑΦΜ. Γράψτε τον ξανά.",
            code="pa",
        )
    try:
        return head + validate_afm(afm)
    except IdentifierError as refusal:
        raise IdentifierError(
            f"Ο Προσωπικός Αριθμός τελειώνει με τον ΑΦΜ. {refusal}", code="pa"
        ) from refusal


def validate_iban(text: str) -> str:
    """IBAN of a Greek account: GR and 25 digits, modulo 97 (ISO 13616); returned without spaces."""
    compact = _compact(text)
    if not re.fullmatch(r"GR[0-9]{25}", compact):
        raise IdentifierError(
            "Ο IBAN ελληνικού λογαριασμού έχει 27 χαρακτήρες: GR (λατινικά) και 25 ψηφία. "
            f"Δόθηκαν {len(compact)}: αντιγράψτε τον από την τράπεζά σας.",
            code="iban",
        )
    if _iban_remainder(compact) != 1:
        raise IdentifierError(
            "Ο IBAN δεν είναι έγκυρος: δεν συμφωνούν τα ψηφία ελέγχου. "
            "Αντιγράψτε τον ξανά από την τράπεζά σας.",
            code="iban",
        )
    return compact


def _iban_remainder(compact: str) -> int:
    turned = compact[4:] + compact[:4]
    return int("".join(str(int(character, 36)) for character in turned)) % 97


def _compact(text: str) -> str:
    return re.sub(r"[\s.\-–/]", "", unicodedata.normalize("NFKC", text)).upper()


def _digits(compact: str, length: int, subject: str, *, code: str) -> str:
    if not re.fullmatch(r"[0-9]*", compact):
        raise IdentifierError(
            f"{subject} γράφεται μόνο με ψηφία. Σβήστε τα γράμματα και τα σύμβολα.", code=code
        )
    if len(compact) != length:
        hint = " Μήπως χάθηκε το αρχικό μηδέν;" if len(compact) == length - 1 else ""
        raise IdentifierError(
            f"{subject} έχει {length} ψηφία και δόθηκαν {len(compact)}.{hint} Γράψτε τα όλα.",
            code=code,
        )
    return compact


def synthetic_afm(serial: int) -> str:
    """Συνθετικός ΑΦΜ: begins with 6, a range that we assume is given to nobody."""
    eight = f"6{_within(serial, SYNTHETIC_AFM):07}"
    return eight + _afm_check(eight)


def synthetic_am(serial: int) -> str:
    """Συνθετικός αριθμός μητρώου: 800000 to 999999, assumed above every true one."""
    return str(800_000 + _within(serial, SYNTHETIC_AM))


def synthetic_amka(serial: int) -> str:
    """Συνθετικός ΑΜΚΑ: born 2011 to 2014 by its digits, so that no working teacher has it."""
    days, tail = divmod(_within(serial, SYNTHETIC_AMKA), 10_000)
    ten = f"{date(2011, 1, 1) + timedelta(days):%d%m%y}{tail:04}"
    return ten + _luhn_check(ten)


def synthetic_pa(serial: int) -> str:
    """Συνθετικός Προσωπικός Αριθμός: ΧΧΧ and the synthetic ΑΦΜ of the same serial."""
    return "ΧΧΧ" + synthetic_afm(serial)


def synthetic_iban(serial: int) -> str:
    """Συνθετικός IBAN: bank code 000, which no bank has."""
    account = f"0000000{_within(serial, SYNTHETIC_IBAN):016}"
    check = 98 - _iban_remainder(f"GR00{account}")
    return f"GR{check:02}{account}"


def _within(serial: int, bounds: range) -> int:
    if serial not in bounds:
        raise ValueError(f"Synthetic serials go from 0 to {bounds[-1]}, got {serial}.")
    return serial
