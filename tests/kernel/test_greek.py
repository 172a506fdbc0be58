from __future__ import annotations

import unicodedata
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from didaskaleio.kernel import greek

GREEK = st.text(alphabet="αάβγδεέζηήθιίϊΐκλμνξοόπρσςτυύϋΰφχψωώΑΆΕΈΉΊΪΌΎΫΏ «»-2", max_size=30)


# ── clean ────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("Μα\u03b9\u0308\u0301ου", "Μα\u0390ου"),
        ("5 \u00b5m \u2206ιεύθυνση", "5 μm Διεύθυνση"),
        ("\uf0b7 στόχοι", " στόχοι"),
        ("α\x00β\x07γ", "αβγ"),
        ("α\r\nβ\rγ\tδ", "α\nβ\nγ\tδ"),
        ("Τι\u037e Ναι\u0387", "Τι; Ναι\u00b7"),
        ("\ufeffκωδι\u00adκός\u200b", "κωδικός"),
        ("λάθος \ud800", "λάθος "),
        ("Α\u0384", "Α\u0384"),
    ],
)
def test_clean_repairs_what_greek_files_bring_along(raw: str, expected: str) -> None:
    assert greek.clean(raw) == expected


@given(st.text())
def test_clean_twice_changes_nothing_more_and_leaves_nfc(text: str) -> None:
    once = greek.clean(text)
    assert greek.clean(once) == once
    assert unicodedata.is_normalized("NFC", once)
    assert "\x00" not in once
    once.encode()


# ── keys ─────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Παπαδοπούλου", "παπαδοπουλου"),
        ("ΟΔΟΣ", "οδοσ"),
        ("οδός", "οδοσ"),
        ("  Άγιος\u00a0  Νικόλαος ", "αγιοσ νικολαοσ"),
        ("Μαΐου", "μαιου"),
        ("ΜΑΪ\u0301ΟΥ", "μαιου"),
        ("\u00b5έτρο", "μετρο"),
        ("Café", "cafe"),
        ("ᾠδή", "ωδη"),
        ("", ""),
    ],
)
def test_search_key_forgets_accents_case_and_final_sigma(text: str, key: str) -> None:
    assert greek.search_key(text) == key


@given(st.text())
def test_search_key_of_a_key_is_the_key(text: str) -> None:
    assert greek.search_key(greek.search_key(text)) == greek.search_key(text)


@given(GREEK)
def test_search_key_does_not_depend_on_capitals(text: str) -> None:
    assert greek.search_key(greek.capitals(text)) == greek.search_key(text)


def test_sort_key_gives_greek_alphabetical_order() -> None:
    mixed = ["Ώρα", "Ήρα", "ζωή", "Έλλη", "Άννα", "Ωμέγα", "Ελένη", "αλφάβητο", "Ζήση", "Άλφα"]
    assert sorted(mixed, key=greek.sort_key) == [
        *("Άλφα", "αλφάβητο", "Άννα", "Ελένη", "Έλλη", "Ζήση", "ζωή", "Ήρα", "Ωμέγα", "Ώρα")
    ]


def test_sort_key_counts_numbers_inside_names() -> None:
    schools = ["10ο Γυμνάσιο", "2ο Γυμνάσιο", "«1ο» Γυμνάσιο", "02ο ΓΕΛ", "100ο Γυμνάσιο"]
    assert sorted(schools, key=greek.sort_key) == [
        *("«1ο» Γυμνάσιο", "02ο ΓΕΛ", "2ο Γυμνάσιο", "10ο Γυμνάσιο", "100ο Γυμνάσιο")
    ]
    assert greek.sort_key("2ο Γυμνάσιο") == "000000000002ο γυμνασιο"


@given(st.integers(0, 10**11), st.integers(0, 10**11))
def test_sort_key_orders_any_two_numbers_by_size(one: int, two: int) -> None:
    assert (greek.sort_key(f"{one}ο") < greek.sort_key(f"{two}ο")) == (one < two)


# ── capitals ─────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Μαΐου", "ΜΑΪΟΥ"),
        ("Μάιος", "ΜΑΪΟΣ"),
        ("άυλος", "ΑΫΛΟΣ"),
        ("ρόιδι", "ΡΟΪΔΙ"),
        ("πρώιμος", "ΠΡΩΙΜΟΣ"),
        ("πλάι αυτός και εύκολος", "ΠΛΑΪ ΑΥΤΟΣ ΚΑΙ ΕΥΚΟΛΟΣ"),
        ("αϋπνία, προϋπόθεση", "ΑΫΠΝΙΑ, ΠΡΟΫΠΟΘΕΣΗ"),
        ("καΐκι", "ΚΑΪΚΙ"),
        ("ναι ή όχι", "ΝΑΙ Ή ΟΧΙ"),
        ("και/ή", "ΚΑΙ/Ή"),
        ("ή", "Ή"),
        ("ήλιος, η αυλή", "ΗΛΙΟΣ, Η ΑΥΛΗ"),
        ("της Κ.Σ.Ε. Αθηνών", "ΤΗΣ Κ.Σ.Ε. ΑΘΗΝΩΝ"),
        ("ὁδός", "ΟΔΟΣ"),
        ("José στην Αθήνα", "JOSÉ ΣΤΗΝ ΑΘΗΝΑ"),
        ("2ο Γυμνάσιο Β\u0384", "2Ο ΓΥΜΝΑΣΙΟ Β\u0384"),
    ],
)
def test_capitals_follow_the_greek_rule(text: str, expected: str) -> None:
    assert greek.capitals(text) == expected


@given(GREEK)
def test_capitals_keep_no_tonos_but_on_the_word_or(text: str) -> None:
    upper = greek.capitals(text)
    assert unicodedata.is_normalized("NFC", upper)
    assert not set("ΆΈΊΌΎΏάέίόύώΐΰ") & set(upper)
    assert greek.capitals(upper) == upper


# ── mixed alphabets ──────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Tο ΥΠAIΘ οργανώνει Eργαστήρια", ["Tο", "ΥΠAIΘ", "Eργαστήρια"]),
        ("σκoπός του ΜΟΟC", ["σκoπός", "ΜΟΟC"]),
        ("Το MOOC και η Β2 επιμόρφωση, 5 μm", ["μm"]),
        ("BHMA", []),
        ("Το βήμα του Webex", []),
    ],
)
def test_mixed_script_words_are_found(text: str, expected: list[str]) -> None:
    assert greek.mixed_script_words(text) == expected


# ── codes ────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("PE86", "ΠΕ86"),
        ("ΠE 86", "ΠΕ86"),
        ("ΠΕ86.00", "ΠΕ86"),
        ("ΠΕ 0401", "ΠΕ04.01"),
        ("ΠΕ79,01.50", "ΠΕ79.01.50"),
        ("ΤΕΟ1.06", "ΤΕ01.06"),
        ("ΤΕ10.29", "ΤΕ10.29"),
        ("πε02.50", "ΠΕ02.50"),
        ("ΠΕ04.02.50", "ΠΕ04.02.50"),
        ("ΠΕ040250", "ΠΕ04.02.50"),
        ("ΠΕ86.00.50", "ΠΕ86.50"),
        ("ΠΕ79.01.00", "ΠΕ79.01"),
        ("Π.Ε. 70", "ΠΕ70"),
        ("ΠΕ-11-01", "ΠΕ11.01"),
        ("ΠΕ3", "ΠΕ03"),
        ("de02.01", "ΔΕ02.01"),
        ("ПЕ78", "ΠΕ78"),
        (" ΠΕ\u00a060. ", "ΠΕ60"),
        ("ＰＥ８６", "ΠΕ86"),
    ],
)
def test_specialty_codes_come_out_in_one_form(text: str, code: str) -> None:
    assert greek.specialty_code(text) == code


@pytest.mark.parametrize(
    "text",
    [
        *("", "86", "ΠΕ", "ΠΕ00", "ΠΕ401", "ΠΕ04.1", "ΑΒ12", "ΠΕ86 Πληροφορικής", "ΠΕ04.01.02"),
        *("ΠΕ02.50.01", "ΠΕ02.50.50", "ΠΕ04.01.50.50", "ΠΕ..", "ΠΕ86.XX"),
    ],
)
def test_specialty_codes_that_nobody_can_read_are_refused_in_greek(text: str) -> None:
    with pytest.raises(greek.CodeError, match="Γράψτε τον όπως ΠΕ86") as refused:
        greek.specialty_code(text)
    assert f"«{text.strip()}»" in str(refused.value)


@given(
    st.integers(1, 99), st.integers(0, 99).filter(lambda n: n != 50), st.sampled_from(["", "50"])
)
def test_a_canonical_specialty_code_stays_as_it_is(branch: int, sub: int, special: str) -> None:
    parts = [f"ΠΕ{branch:02}", *([f"{sub:02}"] if sub else []), *([special] if special else [])]
    assert greek.specialty_code(".".join(parts)) == ".".join(parts)


@pytest.mark.parametrize(
    ("text", "stored", "shown"),
    [
        ("Β2.1", "B2.1", "Β2.1"),
        ("B2.13", "B2.13", "Β2.13"),
        ("β2,01", "B2.1", "Β2.1"),
        (" Συστάδα Β2.5 ", "B2.5", "Β2.5"),
        ("ΣΥΣΤΑΔΑ B 2.12", "B2.12", "Β2.12"),
    ],
)
def test_clusters_are_stored_latin_and_shown_greek(text: str, stored: str, shown: str) -> None:
    assert greek.cluster_code(text) == stored
    assert greek.show_cluster(stored) == shown
    assert stored.isascii()
    assert shown[0] == "\N{GREEK CAPITAL LETTER BETA}"


@pytest.mark.parametrize("text", ["", "Β2", "Β2.0", "Β2.100", "Γ2.1"])
def test_clusters_that_nobody_can_read_are_refused(text: str) -> None:
    with pytest.raises(greek.CodeError, match="Γράψτε τον όπως Β2"):
        greek.cluster_code(text)


# ── slugs ────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2ο Γυμνάσιο Καλαμάτας", "2o-gymnasio-kalamatas"),
        ("Ευαγγελία Αυγερινού", "evangelia-avgerinou"),
        ("αυτός, ευχή, ηύρα, εφηβεία", "aftos-efchi-ivra-efiveia"),
        ("άυλος Μάιος", "aylos-maios"),
        ("Μπάμπης λάμπω κάμπος", "bampis-lampo-kampos"),
        ("Σφίγξ, άγχος, αγκαλιά, ντόμινο", "sfinx-anchos-agkalia-ntomino"),
        ("ψυχή θάλασσα ξένος", "psychi-thalassa-xenos"),
        ("Ιωάννης Παπαδόπουλος", "ioannis-papadopoulos"),
        ("προϋπόθεση όυ", "proypothesi-oy"),
        ("ταΰ και κλουβί ναυ", "tay-kai-klouvi-naf"),
        ("École — MOOC 2023!", "ecole-mooc-2023"),
        ("«…»", ""),
    ],
)
def test_slugs_follow_elot_743(text: str, expected: str) -> None:
    assert greek.slug(text) == expected


@given(st.text())
def test_slugs_are_ascii_words_joined_by_single_hyphens(text: str) -> None:
    made = greek.slug(text)
    assert made == greek.slug(made)
    assert made.isascii()
    assert not made.startswith("-")
    assert "--" not in made


# ── dates ────────────────────────────────────────────────────────────────────
def test_dates_are_written_with_the_month_in_the_genitive() -> None:
    day = date(2023, 3, 6)
    assert greek.long_date(day) == "Δευτέρα 6 Μαρτίου 2023"
    assert greek.long_date(day, weekday=False) == "6 Μαρτίου 2023"
    assert greek.long_date(date(2023, 5, 28)) == "Κυριακή 28 Μαΐου 2023"
    assert greek.short_date(day) == "6/3/2023"


def test_moments_are_shown_in_the_hour_of_athens_winter_and_summer() -> None:
    winter = datetime(2023, 3, 6, 15, 0, tzinfo=UTC)
    summer = datetime(2023, 5, 31, 21, 5, tzinfo=UTC)
    assert greek.long_moment(winter) == "Δευτέρα 6 Μαρτίου 2023, 17:00"
    assert greek.long_moment(winter, weekday=False) == "6 Μαρτίου 2023, 17:00"
    assert greek.long_moment(summer) == "Πέμπτη 1 Ιουνίου 2023, 00:05"
    assert greek.short_moment(winter) == "6/3/2023, 17:00"


def test_a_moment_without_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="ζώνη ώρας"):
        greek.long_moment(datetime(2023, 3, 6, 17, 0))  # noqa: DTZ001 - the point of the test


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        (date(2023, 3, 6), date(2023, 3, 6), "6 Μαρτίου 2023"),
        (date(2023, 3, 6), date(2023, 3, 10), "6–10 Μαρτίου 2023"),
        (date(2023, 2, 27), date(2023, 3, 5), "27 Φεβρουαρίου – 5 Μαρτίου 2023"),
        (date(2022, 12, 24), date(2023, 1, 7), "24 Δεκεμβρίου 2022 – 7 Ιανουαρίου 2023"),
    ],
)
def test_spans_say_each_part_once(first: date, last: date, expected: str) -> None:
    assert greek.date_span(first, last) == expected


def test_a_span_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(ValueError, match="τελειώνει πριν"):
        greek.date_span(date(2023, 3, 7), date(2023, 3, 6))


# ── numbers ──────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("value", "places", "expected"),
    [
        (1234.56, 2, "1.234,56"),
        (170000, 0, "170.000"),
        (Decimal("2.5"), 0, "3"),
        (0.125, 2, "0,13"),
        (-0.001, 2, "0,00"),
        (-1234.5, 1, "-1.234,5"),
        (0, 0, "0"),
    ],
)
def test_numbers_have_greek_separators(value: float, places: int, expected: str) -> None:
    assert greek.number(value, places) == expected


@pytest.mark.parametrize(
    ("amount", "expected"),
    [(0, "0 θέσεις"), (1, "1 θέση"), (2, "2 θέσεις"), (1854, "1.854 θέσεις")],
)
def test_counts_agree_with_their_noun(amount: int, expected: str) -> None:
    assert greek.count(amount, "θέση", "θέσεις") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("1.234,56", "1234.56"), ("1234,5", "1234.5"), (" 12 ", "12"), ("−3,5", "-3.5"), ("0", "0")],
)
def test_numbers_are_read_the_greek_way(text: str, expected: str) -> None:
    assert greek.parse_decimal(text) == Decimal(expected)


@pytest.mark.parametrize(
    "text", ["", "1,234.56", "12.5", "1.23", "1.2345", "1e3", "NaN", ",5", "5,", "1 234", "٣"]
)
def test_numbers_that_could_be_misread_are_refused(text: str) -> None:
    with pytest.raises(greek.NumberFormatError, match="με κόμμα"):
        greek.parse_decimal(text)


@given(st.decimals(-(10**12), 10**12, places=2))
def test_a_number_written_is_read_back(value: Decimal) -> None:
    assert greek.parse_decimal(greek.number(value, 2)) == value


def test_ordinals_agree_in_gender() -> None:
    assert greek.ordinal(9, "feminine") == "9η"
    assert greek.ordinal(2, "neuter") == "2ο"
    assert greek.ordinal(1, "masculine") == "1ος"
