"""The adapter and the stand-in speak the published agreement; what goes wrong is told in Greek.

Shows: R-020, R-021.
"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator
from tests.connectors.service import DAY, teacher

from didaskaleio.connectors.checks import myschool_is_secure
from didaskaleio.connectors.myschool.answers import read_page
from didaskaleio.connectors.myschool.port import (
    AwayError,
    CursorExpiredError,
    KeyRefusedError,
    Page,
    RecordRefusedError,
    SchoolPost,
    TeacherRecord,
    UnreadableAnswerError,
)
from didaskaleio.connectors.myschool.service import JsonService
from didaskaleio.kernel.identifiers import synthetic_afm
from didaskaleio.site.myschool_stand_in import Fault, StandIn

AGREEMENT = Path(__file__).parents[2] / "docs" / "reference" / "myschool-openapi.yaml"
FIRST, SECOND = synthetic_afm(201), synthetic_afm(202)
RECORD = {
    "afm": FIRST,
    "act": "issued",
    "kind": "training",
    "number": "ITYE-2023-000001",
    "code": "7K2M-Q9XD-4HTB",
    "title": "Β2",
    "programme": "P00001",
    "hours": 60,
    "starts": "2022-10-01",
    "ends": "2023-01-10",
    "body": "Φορέας",
    "issued_at": "2023-01-12T10:00:00+00:00",
    "replaces": None,
    "verification": "https://didaskaleio.example/verify/7K2M-Q9XD-4HTB/",
}


@pytest.fixture
def server(tmp_path):
    with StandIn(tmp_path) as started:
        yield started


@pytest.fixture
def client(server):
    return JsonService(server.address, server.token, timeout=0.3, growth=0.001)


@pytest.fixture(scope="module")
def agreement():
    return yaml.safe_load(AGREEMENT.read_text())


def schema(agreement, name):
    """A validator of one of the schemas, with the others at hand."""
    return Draft202012Validator(
        {"$ref": f"#/components/schemas/{name}", "components": agreement["components"]}
    )


def test_the_agreement_is_openapi_3_1(agreement):
    assert agreement["openapi"] == "3.1.0"
    OpenAPIV31SpecValidator(agreement).validate()


def test_the_example_of_the_agreement_is_as_agreed_and_is_read(agreement):
    answer = agreement["paths"]["/v1/teachers"]["get"]["responses"]["200"]
    example = answer["content"]["application/json"]["example"]
    schema(agreement, "Page").validate(example)
    assert read_page(json.dumps(example).encode()) == Page(
        (
            TeacherRecord(
                afm="699900164",
                am="199001",
                surname="ΥΠΟΔΕΙΓΜΑΤΙΔΟΥ",
                given_name="ΕΛΕΝΗ",
                father_name="ΘΩΜΑΣ",
                email="",
                specialty="ΠΕ03",
                employment="Μόνιμος",
                abroad=False,
                appointed_on="2019-08-30",
                schools=(SchoolPost("9800011", "18", True, "2019-09-01", ""),),
            ),
        ),
        "MTox",
        0,
        date(2023, 1, 17),
    )


def test_the_stand_in_keeps_to_the_agreement(agreement, server):
    server.change(teacher(FIRST, "9800011"), teacher(SECOND), as_of=DAY)
    _, page = server.page("", 1)
    schema(agreement, "Page").validate(page)
    schema(agreement, "Record").validate(RECORD)
    for key, status, name in (("a", 201, "Kept"), ("a", 200, "Kept")):
        found, answer = server.keep(key, RECORD)
        assert found == status
        schema(agreement, name).validate(answer)
    found, answer = server.keep("b", RECORD | {"afm": "1"})
    assert found == 422
    schema(agreement, "Problem").validate(answer)


def test_pages_follow_each_other_and_later_only_what_changed(server, client):
    server.change(*(teacher(synthetic_afm(300 + n)) for n in range(5)), as_of=DAY)
    found, cursor, left = [], "", 1
    while left:
        _, answer = server.page(cursor, 2)
        page = read_page(json.dumps(answer).encode())
        found += [one.afm for one in page.teachers]
        cursor, left = page.next, page.remaining
    assert found == [synthetic_afm(300 + n) for n in range(5)]
    assert client.changed_since(cursor) == Page((), cursor, 0, DAY)
    server.change(teacher(synthetic_afm(303), surname="ΑΛΛΟΥ"), as_of=date(2023, 1, 13))
    page = client.changed_since(cursor)
    assert [one.surname for one in page.teachers] == ["ΑΛΛΟΥ"]
    assert page.as_of == date(2023, 1, 13)


def test_a_failing_service_is_asked_again(server, client):
    server.change(teacher(FIRST), as_of=DAY)
    server.faults += [Fault(500), Fault(503, headers={"Retry-After": "0"}), Fault(429)]
    assert [one.afm for one in client.changed_since("").teachers] == [FIRST]
    assert len(server.asked) == 4


def test_an_answer_that_breaks_off_is_asked_for_again(server, client):
    server.change(teacher(FIRST), as_of=DAY)
    server.faults.append(Fault(content=b'{"teachers": [', cut=True))
    assert [one.afm for one in client.changed_since("").teachers] == [FIRST]


@pytest.mark.parametrize(
    ("fault", "kind", "sentence"),
    [
        (Fault(500), AwayError, "Το MySchool δεν μπορεί να απαντήσει τώρα (κωδικός 500)."),
        (Fault(hangs=0.6), AwayError, "Το MySchool δεν απαντά. Δοκιμάστε ξανά σε λίγα λεπτά"),
        (Fault(content=b"<html>"), UnreadableAnswerError, "δεν είναι JSON"),
        (Fault(content=b"[]"), UnreadableAnswerError, "στο «περίβλημα»"),
        (Fault(content=b"\xff\xfe\x00"), UnreadableAnswerError, "δεν είναι JSON"),
        (Fault(content=b"[" * 100_000), UnreadableAnswerError, "δεν είναι JSON"),
        (Fault(content=b'{"teachers": {}}'), UnreadableAnswerError, "στο «teachers»"),
        (Fault(404), UnreadableAnswerError, "με τον κωδικό 404"),
        (Fault(302, headers={"Location": "/"}), UnreadableAnswerError, "με τον κωδικό 302"),
        (Fault(401), KeyRefusedError, "δεν δέχεται το κλειδί μας"),
        (Fault(403), KeyRefusedError, "δεν δέχεται το κλειδί μας"),
        (Fault(410), CursorExpiredError, "Ζητήστε πλήρη λήψη."),
    ],
)
def test_what_goes_wrong_is_told_with_what_to_do(server, client, fault, kind, sentence):
    server.faults += [fault] * 5
    with pytest.raises(kind) as caught:
        client.changed_since("")
    assert type(caught.value) is kind
    assert sentence in str(caught.value)


def test_a_service_that_is_not_there_is_told_so():
    absent = JsonService("http://127.0.0.1:9", "x", timeout=0.3, growth=0.001)
    with pytest.raises(AwayError, match="δεν απαντά"):
        absent.changed_since("")


def test_the_wait_that_the_service_asks_for_is_kept(server):
    client = JsonService(server.address, server.token, growth=0.001)
    client.pool.connection_pool_kw["retries"] = False
    server.faults.append(Fault(503, headers={"Retry-After": "1800"}))
    with pytest.raises(AwayError, match="1800 δευτερόλεπτα") as caught:
        client.changed_since("")
    assert caught.value.again_in == 1800


WRONG = [
    {"afm": 5},
    {"afm": None},
    {"surname": "Α" * 201},
    {"surname": "Α\0"},
    {"abroad": "ναι"},
    {"appointed_on": "1/9/2021"},
    {"schools": None},
    {"schools": ["9800011"]},
    {"schools": [{"school": "9800011", "hours": "18"}]},
    {"schools": [{"school": "9800011", "hours": True}]},
    {"schools": [{"school": "9800011", "hours": 100}]},
    {"schools": [{"school": "9800011", "hours": 1, "from": "1/9/2022"}]},
]


@pytest.mark.parametrize("wrong", WRONG, ids=str)
def test_a_record_that_is_not_as_agreed_refuses_the_page_and_the_schema_says_so_too(
    agreement, wrong
):
    page = {
        "as_of": "2023-01-12",
        "next": "x",
        "remaining": 0,
        "teachers": [teacher(FIRST) | wrong],
    }
    with pytest.raises(UnreadableAnswerError, match=r"στο «teachers\[0\]"):
        read_page(json.dumps(page).encode())
    if "\0" not in str(wrong.get("surname")) and "1/9" not in str(wrong):
        assert not schema(agreement, "Page").is_valid(page)


def test_a_record_sent_twice_is_kept_once(server, client):
    server.change(teacher(FIRST), as_of=DAY)
    client.record(RECORD, "key")
    client.record(RECORD, "key")
    assert server.records() == [{"key": "key", **RECORD}]


def test_a_record_that_is_refused_brings_the_reason(client):
    with pytest.raises(RecordRefusedError, match="Δεν υπάρχει εκπαιδευτικός"):
        client.record(RECORD, "key")


def test_a_name_that_a_spreadsheet_would_compute_is_written_harmless():
    record = read_page(
        json.dumps(
            {
                "as_of": "2023-01-12",
                "next": "",
                "remaining": 0,
                "teachers": [teacher(FIRST, surname="=1+1")],
            }
        ).encode()
    ).teachers[0]
    [cells] = record.lines()
    assert cells[2] == " =1+1"


@pytest.mark.parametrize(
    ("address", "token", "found"),
    [
        ("", "", []),
        ("https://myschool.example", "x", []),
        ("http://myschool.example", "x", ["connectors.E001"]),
        ("https://myschool.example", "", ["connectors.E002"]),
    ],
)
def test_a_deployment_without_https_or_token_is_told_so(settings, address, token, found):
    settings.MYSCHOOL, settings.MYSCHOOL_TOKEN = address, token
    assert [message.id for message in myschool_is_secure()] == found
