"""Names of certificates: Greek or Latin, any order, capitals, accents; never another person.

Shows: R-073
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from didaskaleio.credentials.signing.names import latin, same, tax_number, words

GREEK = st.text("ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩάέήίόύώϊϋ", min_size=2, max_size=14)


@pytest.mark.parametrize(
    ("greek", "elot"),
    [
        ("Παπαδόπουλος", "PAPADOPOULOS"),
        ("Ευάγγελος", "EVANGELOS"),
        ("Ευθύμιος", "EFTHYMIOS"),
        ("Μπάμπης", "BAMPIS"),
        ("Καραϊσκάκης", "KARAISKAKIS"),
        ("Μαΐου", "MAIOU"),
        ("Αυγή", "AVGI"),
        ("Χριστίνα", "CHRISTINA"),
        ("Ψαρρά", "PSARRA"),
        ("ΓKIKAΣ", "GKIKAS"),
        ("Müller", "MULLER"),
    ],
)
def test_elot_743(greek, elot):
    assert latin(greek) == elot


@pytest.mark.parametrize(
    "certificate",
    [
        "Μαρία Επινοημένου",
        "ΕΠΙΝΟΗΜΕΝΟΥ ΜΑΡΙΑ",
        "EPINOIMENOU MARIA",
        "Maria Epinoimenou",
        "MARIA-ELENI EPINOIMENOU",
        "EPINOIMENOU, MARIA",
        "ΜΑΡΙΑ ΕΠΙΝΟΗΜΕΝΟΥ ΤΟΥ ΑΝΤΩΝΙΟΥ",
    ],
)
def test_the_same_person_however_it_is_written(certificate):
    assert same(certificate, "Επινοημένου", "Μαρία")


@pytest.mark.parametrize(
    "certificate", ["", "Μαρία", "Επινοημένου", "Μαρίνα Επινοημένου", "MARIA EPINOIMENIDOU"]
)
def test_never_another(certificate):
    assert not same(certificate, "Επινοημένου", "Μαρία")


def test_a_person_without_a_name_is_nobody():
    assert not same("Μαρία Επινοημένου", "", "Μαρία")
    assert not same("Μαρία Επινοημένου", "Επινοημένου", " ")


@given(GREEK, GREEK)
def test_a_name_is_the_same_as_itself_in_latin_and_in_any_order(surname, given_name):
    assert same(f"{latin(given_name)} {latin(surname)}", surname, given_name)
    assert same(f"{surname.upper()} {given_name.lower()}", surname, given_name)


@given(st.text(max_size=40))
def test_any_text_has_words(text):
    assert all(word == word.upper() or not word.isascii() for word in words(text))


@pytest.mark.parametrize(
    ("serial", "afm"),
    [
        ("TINGR-123456783", "123456783"),
        ("TINEL-123456783", "123456783"),
        ("VATEL-EL123456783", "123456783"),
        ("tingr-123456783", "123456783"),
        ("IDCGR-AB123456", ""),
        ("TINDE-123456783", ""),
        ("TINGR-1234", ""),
        ("", ""),
    ],
)
def test_the_tax_number_of_a_certificate(serial, afm):
    assert tax_number(serial) == afm
