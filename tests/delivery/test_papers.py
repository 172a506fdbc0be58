"""Printed forms of a session, of a class, of a person, of a visit: what stands on them.

Shows: R-060.
"""

from __future__ import annotations

import subprocess

import pytest
from django.urls import reverse

from didaskaleio.delivery import operations, queries
from didaskaleio.kernel import printouts
from didaskaleio.people.queries import actor_of
from tests.factories import delivery, people
from tests.markup import markup

pytestmark = pytest.mark.django_db


@pytest.fixture
def words(tmp_path):
    """``words(name, thing, at)``: the text of a printed form, and its marks as a tagged PDF."""

    def read(name, thing, at):
        path = tmp_path / "paper.pdf"
        path.write_bytes(printouts.render(printouts.known[name], thing, at=at))
        told = subprocess.run(["pdfinfo", path], capture_output=True, check=True).stdout.decode()
        assert "Tagged:          yes" in told
        ran = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, check=True)
        return ran.stdout.decode()

    return read


def test_the_blank_sheet_names_everybody_with_places_to_sign(words, first, programme):
    text = words("delivery.blank_sheet", first, first.starts_at)
    for row in delivery.trainees_of(first):
        assert str(row.person) in text
    for said in (programme.code, "Υπογραφή", "Σελίδα 1 από", "1η συνάντηση"):
        assert said in text
    assert str(programme.trainer) in text


def test_the_signed_sheet_repeats_marks_signature_and_digest(words, first, programme):
    signed = delivery.a_signed_session(first, absent=(0,))
    text = words("delivery.signed_sheet", signed, first.ends_at)
    sheet = queries.latest_sheet(signed)
    assert "Απουσία" in text
    assert "Παρουσία" in text
    assert sheet.digest_groups.split(" ")[0] in text
    assert str(programme.trainer) in text


def test_a_sheet_is_blank_until_it_is_signed_and_then_signed(client, login, first, programme):
    browse = login(client, programme.trainer)
    blank, signed = (
        reverse("kernel:printout", args=[f"delivery.{kind}_sheet", first.pk])
        for kind in ("blank", "signed")
    )
    assert [browse.get(blank).status_code, browse.get(signed).status_code] == [200, 404]
    page = reverse("delivery:session", args=[first.pk])
    assert blank in markup(browse.get(page))
    delivery.a_signed_session(first)
    assert [browse.get(blank).status_code, browse.get(signed).status_code] == [404, 200]
    assert signed in markup(browse.get(page))


def test_people_with_their_contact_are_for_who_works_with_them(client, login, words, programme):
    at = delivery.sessions_of(programme)[0].starts_at
    person = programme.places.first().person
    person.email, person.mobile = "kapoios@example.gr", "6900000000"
    person.save(update_fields=["email", "mobile"])
    text = words("delivery.people", programme, at)
    assert "kapoios@example.gr" in text
    assert "6900000000" in text
    address = reverse("kernel:printout", args=["delivery.people", programme.pk])
    region = people.a_person()
    people.a_post(region, "regional_officer", "region", programme.centre.region)
    opened = {
        name: login(client, who).get(address).status_code
        for name, who in {
            "trainer": programme.trainer,
            "manager": people.a_centre_manager(programme.centre),
            "officer": people.officer(),
            "ministry": people.ministry_officer(),
            "region": region,
            "trainee": person,
            "other officer": people.officer("minedu"),
        }.items()
    }
    assert opened == {
        "trainer": 200, "manager": 200, "officer": 200,
        "ministry": 404, "region": 404, "trainee": 404, "other officer": 404,
    }  # fmt: skip


def test_the_timetable_of_the_door_leaves_out_what_is_not_held(words, programme, first):
    sessions = delivery.sessions_of(programme)
    manager = actor_of(people.a_centre_manager(programme.centre), at=first.starts_at)
    operations.mark_not_held(first, actor=manager, at=first.ends_at, reason="Απεργία")
    text = words("delivery.timetable", programme, first.ends_at)
    assert text.count("Διά ζώσης") + text.count("Σύγχρονη") + text.count("Υποστηρικτική") == (
        len(sessions) - 1
    )


def test_my_card_of_attendance_is_mine_and_of_those_who_keep_it(client, login, words, programme):
    first = delivery.sessions_of(programme)[0]
    delivery.a_signed_session(first, absent=(0,))
    row = delivery.trainees_of(first)[0]
    mine = row.application
    text = words("delivery.card", mine, first.ends_at)
    assert "2 ώρες απουσίας από 6 που επιτρέπονται" in text
    assert "1η συνάντηση" in text
    address = reverse("kernel:printout", args=["delivery.card", mine.pk])
    other = delivery.trainees_of(first)[1].person
    assert login(client, row.person).get(address).status_code == 200
    assert login(client, other).get(address).status_code == 404
    assert login(client, programme.trainer).get(address).status_code == 200
    assert address in markup(login(client, row.person).get(reverse("delivery:mine")))


def test_nobody_prints_what_is_not_declared(client, login, programme):
    browse = login(client, programme.trainer)
    assert browse.get(reverse("kernel:printout", args=["delivery.nothing", 1])).status_code == 404
    address = reverse("kernel:printout", args=["delivery.people", programme.pk])
    client.logout()
    assert client.get(address).headers["Location"].startswith("/login/")


def test_a_table_whose_lines_do_not_fit_its_columns_is_refused():
    with pytest.raises(ValueError, match="lines and columns differ"):
        printouts.Table("Πίνακας", ("α", "β"), [("μόνο ένα",)], ("auto", "auto"))


def test_a_repeated_name_is_refused():
    with pytest.raises(ValueError, match="declared twice"):
        printouts.declare(printouts.known["delivery.people"])
