"""Consolidated attendance: sealed PDF and XLSX with the same figures, versions, acceptance.

Shows: R-061
"""

from __future__ import annotations

import re
import subprocess
from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied

from didaskaleio.completion import operations, queries
from didaskaleio.completion.documents import COLUMNS, HOURS, printed, sheet_of
from didaskaleio.completion.models import Attestation
from didaskaleio.delivery.models import Attendance
from didaskaleio.enrolment.models import ParticipationApplication
from didaskaleio.kernel import documents, files, greek
from didaskaleio.kernel.errors import Refusal, StepRefusedError
from tests.factories import completion, people, structures
from tests.sheets import cells_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme(at):
    made = completion.a_class(3, names=["Άλφα", "Βήτα", "Γάμμα"])
    absentee = ParticipationApplication.objects.get(person__surname="Βήτα")
    completion.absent(absentee, 1, 2, 4)
    operations.settle(made, at=at)
    return made


@pytest.fixture
def officer(actor_for):
    return actor_for(people.officer())


def test_it_holds_everyone_with_hours_by_kind_and_the_outcome(programme, at, officer, authority):
    sheet = operations.consolidate(programme, actor=officer, at=at)
    shown = [(r["name"], r["attended"], r["absent"], r["outcome"]) for r in sheet.rows]
    assert shown == [
        ("Άλφα Ελένη", "60.0", "0.0", "Ολοκλήρωσε"),
        ("Βήτα Ελένη", "51.0", "9.0", "Δεν ολοκλήρωσε"),
        ("Γάμμα Ελένη", "60.0", "0.0", "Ολοκλήρωσε"),
    ]
    by_kind = [sheet.rows[0][kind] for kind in ("f2f", "sync", "async", "support")]
    assert by_kind == ["8.0", "20.0", "14.0", "18.0"]


def test_the_pdf_is_numbered_sealed_landscape_and_carries_the_figures(
    programme, at, officer, authority, tmp_path
):
    sheet = operations.consolidate(programme, actor=officer, at=at)
    assert sheet.document.number == "ITYE-ΣΠ-2023-000001"
    pdf = files.read(sheet.document.file)
    assert b"/ByteRange" in pdf
    path = tmp_path / "sheet.pdf"
    path.write_bytes(pdf)
    text = run("pdftotext", "-layout", path, "-")
    for line in printed(sheet.rows):
        assert re.search(r"\s+".join(re.escape(cell) for cell in line), text), line
    assert "ITYE-ΣΠ-2023-000001" in text
    assert structures.a_body().name in text
    assert re.search(r"Page size:\s+841\.89 x 595\.2", run("pdfinfo", path))


def run(*command):
    return subprocess.run(command, capture_output=True, check=True).stdout.decode()


def test_the_xlsx_carries_the_same_figures_as_numbers(programme, at, officer, authority):
    sheet = operations.consolidate(programme, actor=officer, at=at)
    head, *lines = cells_of(BytesIO(sheet_of(sheet)))
    assert head == [title for _, title in COLUMNS]
    shown = [
        [shown_cell(key, cell) for (key, _), cell in zip(COLUMNS, line, strict=True)]
        for line in lines
    ]
    assert shown == printed(sheet.rows)


def shown_cell(key, cell):
    return greek.number(cell, 1) if key in HOURS else str(cell)


def test_a_letter_without_a_shape_is_a_refusal_that_names_it(programme, at, officer, authority):
    person = ParticipationApplication.objects.get(person__surname="Άλφα").person
    person.surname = "Δοκιμή漢"
    person.save()
    with pytest.raises(Refusal, match="το γράμμα «漢» δεν υπάρχει"):
        operations.consolidate(programme, actor=officer, at=at)
    assert not programme.consolidations.exists()


def test_nothing_changed_means_no_new_version_and_a_correction_gives_one(
    programme, at, officer, authority
):
    operations.consolidate(programme, actor=officer, at=at)
    with pytest.raises(Refusal, match="έκδοση 1"):
        operations.consolidate(programme, actor=officer, at=at)
    Attendance.objects.filter(application__person__surname="Βήτα", session__sequence=4).update(
        mark="present", minutes=90, async_done=True
    )
    second = operations.consolidate(programme, actor=officer, at=at)
    assert (second.version, second.document.number) == (2, "ITYE-ΣΠ-2023-000002")
    assert [s.version for s in programme.consolidations.order_by("version")] == [1, 2]


def test_a_running_programme_or_an_unsigned_sheet_refuses(at, officer, authority):
    running = completion.a_class(1, state="running")
    with pytest.raises(Refusal, match="όταν ολοκληρωθεί"):
        operations.consolidate(running, actor=officer, at=at)
    unsigned = completion.a_class(1)
    unsigned.sessions.filter(sequence=20).update(state="held")
    with pytest.raises(Refusal, match="υπογραφούν όλα"):
        operations.consolidate(unsigned, actor=officer, at=at)


def test_the_centre_may_and_another_body_may_not(programme, at, actor_for, authority):
    centre = actor_for(people.a_centre_manager(programme.centre))
    with pytest.raises(PermissionDenied):
        operations.consolidate(programme, actor=actor_for(people.officer("iep")), at=at)
    assert operations.consolidate(programme, actor=centre, at=at).version == 1


def test_documents_are_accepted_when_nothing_is_missing_and_the_refusal_lists_what_is(
    programme, at, officer, authority
):
    with pytest.raises(StepRefusedError) as refused:
        operations.accept_documents(programme, actor=officer, at=at)
    assert "Συγκεντρωτικό παρουσιολόγιο: Δεν έχει εκδοθεί." in str(refused.value)
    assert "Βεβαιώσεις: Οφείλονται 2: εκδώστε τες." in str(refused.value)
    operations.consolidate(programme, actor=officer, at=at)
    for attestation in Attestation.objects.filter(programme=programme):
        operations.issue(attestation, actor=officer, at=at)
    assert [c.met for c in queries.conditions(programme, at)] == [True] * 4
    operations.accept_documents(programme, actor=officer, at=at)
    programme.refresh_from_db()
    assert programme.state == "documented"


def test_the_centre_does_not_accept_its_own_documents(programme, at, actor_for):
    with pytest.raises(PermissionDenied):
        operations.accept_documents(
            programme, actor=actor_for(people.a_centre_manager(programme.centre)), at=at
        )


@pytest.mark.parametrize("name", ["completion.attestation", "completion.consolidated"])
def test_both_documents_render_as_specimens(name, programme):
    thing = programme if name.endswith("consolidated") else Attestation.objects.first()
    assert documents.render(documents.kinds[name], thing).startswith(b"%PDF-1.7")
