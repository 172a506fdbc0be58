from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from didaskaleio.kernel import identifiers as ids
from didaskaleio.kernel.identifiers import IdentifierError


# ── ΑΦΜ ──────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("600000007", "600000007"),
        (" 6000 00007 ", "600000007"),
        ("EL600000007", "600000007"),
        ("000000012", "000000012"),  # 1·2 mod 11 = 2
        ("600000093", "600000093"),  # 6·256 + 9·2 = 1554, mod 11 = 3
    ],
)
def test_a_valid_afm_comes_back_as_nine_digits(text: str, expected: str) -> None:
    assert ids.validate_afm(text) == expected


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("000000000", "δεν συμφωνεί το ψηφίο ελέγχου"),
        ("600000008", "δεν συμφωνεί το ψηφίο ελέγχου"),
        ("60000000", "Ο ΑΦΜ έχει 9 ψηφία και δόθηκαν 8. Μήπως χάθηκε το αρχικό μηδέν;"),
        ("6000000070", "Ο ΑΦΜ έχει 9 ψηφία και δόθηκαν 10. Γράψτε τα όλα."),
        ("60000000Α", "Ο ΑΦΜ γράφεται μόνο με ψηφία"),
        ("", "δόθηκαν 0"),
    ],
)
def test_a_wrong_afm_is_refused_with_what_to_do(text: str, sentence: str) -> None:
    with pytest.raises(IdentifierError) as refused:
        ids.validate_afm(text)
    assert sentence in str(refused.value)
    assert refused.value.code == "afm"


def test_the_check_digit_ten_is_written_as_zero() -> None:
    assert ids.validate_afm("600000070") == "600000070"  # 6·256 + 7·2 = 1550 ≡ 10 (mod 11)


@given(st.integers(0, ids.SYNTHETIC_AFM[-1]), st.integers(0, 8), st.integers(1, 9))
def test_one_wrong_digit_of_an_afm_is_nearly_always_caught(n: int, at: int, by: int) -> None:
    afm = ids.synthetic_afm(n)
    wrong = afm[:at] + str((int(afm[at]) + by) % 10) + afm[at + 1 :]
    remainder = sum(int(d) << (8 - i) for i, d in enumerate(wrong[:8])) % 11 % 10
    if str(remainder) != wrong[8]:
        with pytest.raises(IdentifierError):
            ids.validate_afm(wrong)


# ── ΑΜΚΑ ─────────────────────────────────────────────────────────────────────
def test_a_valid_amka_comes_back_as_eleven_digits() -> None:
    assert ids.validate_amka("010111 00003") == "01011100003"
    assert ids.validate_amka("29020000005") == "29020000005"  # 2000 was a leap year


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("01011100005", "δεν συμφωνεί το ψηφίο ελέγχου"),
        ("32011100004", "ημερομηνία γέννησης"),
        ("01131100004", "ημερομηνία γέννησης"),
        ("29020100000", "ημερομηνία γέννησης"),
        ("1011100003", "Μήπως χάθηκε το αρχικό μηδέν;"),
    ],
)
def test_a_wrong_amka_is_refused_with_what_to_do(text: str, sentence: str) -> None:
    with pytest.raises(IdentifierError) as refused:
        ids.validate_amka(text)
    assert sentence in str(refused.value)


# ── Α.Μ., Π.Α., IBAN ─────────────────────────────────────────────────────────
def test_a_registry_number_has_six_digits() -> None:
    assert ids.validate_am(" 800.001 ") == "800001"
    for wrong in ("000000", "12345", "1234567", "12345Α"):
        with pytest.raises(IdentifierError):
            ids.validate_am(wrong)


def test_a_personal_number_is_read_in_both_alphabets_and_kept_in_greek() -> None:
    assert ids.validate_pa("abX600000007") == "ΑΒΧ600000007"
    assert ids.validate_pa("1Υ2 600000007") == "1Υ2600000007"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("ΓΔΘ600000007", "12 χαρακτήρες"),
        ("ΑΒ600000007", "12 χαρακτήρες"),
        ("ΑΒΧ600000008", "τελειώνει με τον ΑΦΜ. Ο ΑΦΜ 600000008 δεν είναι έγκυρος"),
    ],
)
def test_a_wrong_personal_number_is_refused(text: str, sentence: str) -> None:
    with pytest.raises(IdentifierError) as refused:
        ids.validate_pa(text)
    assert sentence in str(refused.value)
    assert refused.value.code == "pa"


def test_a_greek_iban_is_checked_modulo_97() -> None:
    published_example = "GR16 0110 1250 0000 0001 2300 695"  # the example of the IBAN registry
    assert ids.validate_iban(published_example) == "GR1601101250000000012300695"
    with pytest.raises(IdentifierError, match="ψηφία ελέγχου"):
        ids.validate_iban(published_example.replace("695", "659"))
    with pytest.raises(IdentifierError, match="Δόθηκαν 26"):
        ids.validate_iban(published_example[:-1])
    with pytest.raises(IdentifierError, match="GR"):
        ids.validate_iban("DE89370400440532013000")


# ── synthetic ones ───────────────────────────────────────────────────────────
@given(st.integers(0, 199_999))
def test_synthetic_identifiers_pass_every_check_and_show_that_they_are_synthetic(n: int) -> None:
    assert ids.validate_afm(ids.synthetic_afm(n)) == ids.synthetic_afm(n)
    assert ids.validate_am(ids.synthetic_am(n)) == ids.synthetic_am(n)
    assert ids.validate_amka(ids.synthetic_amka(n)) == ids.synthetic_amka(n)
    assert ids.validate_pa(ids.synthetic_pa(n)) == ids.synthetic_pa(n)
    assert ids.validate_iban(ids.synthetic_iban(n)) == ids.synthetic_iban(n)
    assert ids.synthetic_afm(n).startswith("6")
    assert ids.synthetic_am(n) >= "800000"
    assert "11" <= ids.synthetic_amka(n)[4:6] <= "14"
    assert ids.synthetic_iban(n)[4:7] == "000"


def test_synthetic_identifiers_differ_for_a_whole_nation() -> None:
    nation = range(0, 200_000, 7)
    for make in (ids.synthetic_afm, ids.synthetic_am, ids.synthetic_amka, ids.synthetic_iban):
        assert len({make(n) for n in nation}) == len(nation)


def test_a_serial_outside_the_synthetic_range_is_refused() -> None:
    with pytest.raises(ValueError, match="0 to 199999"):
        ids.synthetic_am(200_000)
    with pytest.raises(ValueError, match="got -1"):
        ids.synthetic_afm(-1)
