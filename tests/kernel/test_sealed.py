"""Personal data at rest: sealed by column, opened by any key of the list, found by a blind index.

Shows: R-071
"""

from __future__ import annotations

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from didaskaleio.finance.models import Payee
from didaskaleio.kernel import sealed
from tests.factories import finance


@given(text=st.text(min_size=1).filter(lambda text: "\0" not in text), about=st.text())
def test_what_was_sealed_opens_to_the_same_text(text, about):
    kept = sealed.seal(text, about)
    assert sealed.unseal(kept, about) == text
    assert len(kept) >= len(text.encode()) + 32


def test_the_same_text_is_sealed_otherwise_each_time():
    assert sealed.seal("600000014", "a") != sealed.seal("600000014", "a")


def test_a_value_moved_to_another_column_does_not_open():
    kept = sealed.seal("GR16", "finance.payee.iban")
    with pytest.raises(sealed.SealBrokenError):
        sealed.unseal(kept, "finance.payee.afm")


@pytest.mark.parametrize("place", [0, 5, -1])
def test_altered_bytes_do_not_open(place):
    kept = bytearray(sealed.seal("GR16", "a"))
    kept[place] ^= 1
    with pytest.raises(sealed.SealBrokenError):
        sealed.unseal(bytes(kept), "a")


def test_a_new_first_key_seals_and_the_former_still_opens(settings):
    settings.DATA_KEYS = ["old"]
    before, mark = sealed.seal("GR16", "a"), sealed.blind_index("GR16", "iban")
    settings.DATA_KEYS = ["new", "old"]
    assert sealed.unseal(before, "a") == "GR16"
    assert sealed.blind_index("GR16", "iban") == mark
    after = sealed.seal("GR16", "a")
    settings.DATA_KEYS = ["old"]
    with pytest.raises(sealed.SealBrokenError):
        sealed.unseal(after, "a")


def test_the_blind_index_tells_purposes_apart_and_is_empty_for_nothing():
    assert sealed.blind_index("1", "a") != sealed.blind_index("1", "b")
    assert sealed.blind_index("", "a") == ""


@pytest.mark.django_db
def test_the_database_holds_no_readable_identifier():
    payee = finance.a_payee()
    with connection.cursor() as cursor:
        cursor.execute("SELECT afm, amka, iban FROM finance_payee WHERE id = %s", [payee.pk])
        stored = [bytes(value) for value in cursor.fetchone()]
    for value, text in zip(stored, (payee.afm, payee.amka, payee.iban), strict=True):
        assert text.encode() not in value
    again = Payee.objects.get(pk=payee.pk)
    assert (again.afm, again.amka, again.iban) == (payee.afm, payee.amka, payee.iban)


@pytest.mark.django_db
def test_an_empty_column_stays_empty():
    payee = finance.a_payee(amka="")
    assert Payee.objects.get(pk=payee.pk).amka == ""
