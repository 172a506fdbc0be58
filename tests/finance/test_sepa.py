"""The message to the bank: ISO 20022 pain.001.001.09, always as its schema says.

Shows: R-076.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from didaskaleio.finance import sepa
from didaskaleio.kernel.identifiers import synthetic_iban

AT = datetime(2023, 1, 18, 8, 30, tzinfo=UTC)
SPACE = {"p": sepa.NAMESPACE}


def a_batch(*transfers, bic="ETHNGRAA"):
    debtor = sepa.Account("Φορέας «Διόφαντος»", synthetic_iban(1), bic)
    return sepa.Batch("DID-1-2023/000007", AT, date(2023, 1, 20), debtor, transfers)


def a_transfer(name="Γεωργίου Άννα", amount="1234.50", text="Εντολή 7 & «Β2»", number=1):
    return sepa.Transfer(f"DID-1-7-{number}", name, synthetic_iban(number), Decimal(amount), text)


def values(xml, path):
    from lxml import etree

    return [found.text for found in etree.fromstring(xml).findall(f".//{path}", SPACE)]


def test_sums_names_and_accounts_stand_where_the_bank_reads_them():
    xml = sepa.message(a_batch(a_transfer(), a_transfer("Ψωμάς Ευάγγελος", "0.01", number=2)))
    assert values(xml, "p:CtrlSum") == ["1234.51", "1234.51"]
    assert values(xml, "p:NbOfTxs") == ["2", "2"]
    assert values(xml, "p:Cdtr/p:Nm") == ["GEORGIOU ANNA", "PSOMAS EVANGELOS"]
    assert values(xml, "p:CdtrAcct/p:Id/p:IBAN") == [synthetic_iban(1), synthetic_iban(2)]
    assert values(xml, "p:InstdAmt") == ["1234.50", "0.01"]
    assert values(xml, "p:Ustrd")[0] == "ENTOLI 7 V2"
    assert values(xml, "p:ReqdExctnDt/p:Dt") == ["2023-01-20"]
    assert values(xml, "p:CreDtTm") == ["2023-01-18T10:30:00+02:00"]
    assert values(xml, "p:BICFI") == ["ETHNGRAA"]


def test_without_a_bic_the_bank_is_found_by_the_iban():
    xml = sepa.message(a_batch(a_transfer(), bic=""))
    assert values(xml, "p:DbtrAgt/p:FinInstnId/p:Othr/p:Id") == ["NOTPROVIDED"]


@given(st.text(max_size=200), st.text(max_size=300), st.decimals("0.01", "999999.99", places=2))
def test_any_name_and_any_text_give_a_message_that_passes_the_schema(name, text, amount):
    xml = sepa.message(a_batch(a_transfer(name, str(amount), text)))
    assert sepa.faults(xml) == []


@pytest.mark.parametrize("amount", ["0.00", "-5.00"])
def test_a_transfer_of_nothing_never_leaves(amount):
    with pytest.raises(sepa.InvalidMessageError):
        sepa.message(a_batch(a_transfer(amount=amount)))


def test_an_order_of_nobody_never_leaves():
    with pytest.raises(sepa.InvalidMessageError):
        sepa.message(a_batch())


def test_the_schema_finds_what_is_missing_doubled_or_foreign():
    xml = sepa.message(a_batch(a_transfer())).decode()
    for wrong in (
        xml.replace("EUR", "USD"),
        xml.replace("<PmtMtd>TRF</PmtMtd>", ""),
        xml.replace("GEORGIOU", "ΓΕΩΡΓΙΟΥ"),
        xml.replace("1234.50</InstdAmt>", "1234.505</InstdAmt>"),
        xml.replace(sepa.NAMESPACE, "urn:other"),
        "no xml at all",
    ):
        assert sepa.faults(wrong.encode()) != []
