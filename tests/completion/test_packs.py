"""Packs: every document of a programme or of a sample, one sealed manifest, checked by anybody.

Shows: R-069, R-078.
"""

from __future__ import annotations

import io
import json
import zipfile
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from didaskaleio.completion import operations, tasks
from didaskaleio.completion.errors import PackError
from didaskaleio.completion.models import Pack
from didaskaleio.completion.queries import verifying
from didaskaleio.kernel import access, files, journal, lifecycle, sampling
from didaskaleio.kernel.errors import Refusal
from didaskaleio.kernel.models import Notice, StoredFile, Work
from didaskaleio.people.enums import Role, Scope
from didaskaleio.people.queries import actor_of
from didaskaleio.programmes.models import Programme
from didaskaleio.structures.models import FundedProject
from tests.factories import completion, people
from tests.markup import markup

pytestmark = pytest.mark.django_db
WHY = "Αίτημα αρχής ελέγχου."
SMALL = ["completion.acceptance"]


@pytest.fixture
def of(at, authority, set_clock):
    set_clock(at)
    return completion.a_class(1)


def an_officer(programme, at):
    person = people.a_person()
    people.a_post(person, Role.BODY_OFFICER, Scope.BODY, programme.period.action.body)
    return actor_of(person, at=at)


def a_pack(programme, at):
    """The dossier of a programme, sealed."""
    officer = an_officer(programme, at)
    pack = operations.pack_programme(programme, reason=WHY, actor=officer, at=at)
    tasks.pack(pack.pk)
    pack.refresh_from_db()
    return pack, officer


def taken(client, pack, officer):
    client.force_login(people.Person.objects.get(pk=officer.user_id))
    answer = client.post(reverse("completion:pack-zip", args=[pack.pk]))
    return b"".join(answer.streaming_content)


def a_project(programme):
    project = FundedProject.objects.get(code="5084974")
    type(programme.period.action).objects.filter(pk=programme.period.action_id).update(
        project=project, body=project.body
    )
    return project


def test_a_pack_is_numbered_sealed_and_lists_every_file_with_its_digest(of, at):
    pack, _ = a_pack(of, at)
    assert (pack.state, pack.number) == ("sealed", "ITYE-ΤΕ-2023-000001")
    assert b"/ByteRange" in files.read(pack.document.file)
    manifest = json.loads(files.read(pack.manifest))
    assert pack.digest == pack.manifest.sha256
    assert [one["path"] for one in manifest["files"]] == [
        f"{of.period.code}/{of.code}/01-programmes-approval/001.pdf",
        f"{of.period.code}/{of.code}/01-programmes-approval/002.pdf",
    ]
    stored = {item.path: item.file.sha256 for item in pack.items.select_related("file")}
    assert {one["path"]: one["sha256"] for one in manifest["files"]} == stored
    lacking = manifest["programmes"][0]["missing"]
    assert {one["title"] for one in lacking} >= {"Συγκεντρωτικό παρουσιολόγιο"}
    assert Work.objects.get(pk=pack.work_id).state == "done"
    told = Notice.objects.get(person=pack.by, kind="completion.pack")
    assert pack.code in told.text


def test_the_archive_as_it_was_sent_is_whole(client, of, at):
    pack, officer = a_pack(of, at)
    content = taken(client, pack, officer)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        assert archive.namelist()[:2] == ["manifest.json", "manifest.pdf"]
    assert verifying.verified(io.BytesIO(content)).good
    assert journal.of(pack).first().act == "Δόθηκαν τα αρχεία"


def test_one_byte_of_one_file_is_named(client, of, at):
    pack, officer = a_pack(of, at)
    victim = pack.items.first().path
    content = rewritten(taken(client, pack, officer), victim, lambda old: old[:-1] + b"x")
    page = markup(checked(client, content))
    assert "Το πακέτο δεν είναι αυτό που σφραγίστηκε" in page
    assert victim in page
    assert pack.items.last().path not in page


def test_an_altered_manifest_does_not_hide_an_altered_file(client, of, at):
    """Whoever changes a file and its digest in the manifest is named twice."""
    pack, officer = a_pack(of, at)
    victim, content = pack.items.first(), taken(client, pack, officer)
    content = rewritten(content, victim.path, lambda old: b"other")
    content = rewritten(
        content, "manifest.json", lambda old: old.replace(victim.file.sha256.encode(), b"0" * 64)
    )
    found = verifying.verified(io.BytesIO(content))
    assert set(found.differences.changed) == {"manifest.json", victim.path}


def rewritten(content, name, change):
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for info in old.infolist():
            held = old.read(info)
            new.writestr(info.filename, change(held) if info.filename == name else held)
    return out.getvalue()


def checked(client, content):
    client.logout()
    upload = SimpleUploadedFile("paketo.zip", content, "application/zip")
    return client.post(reverse("completion:pack-verify"), {"file": upload})


def test_what_is_no_pack_of_ours_is_told_so(client, of):
    assert "δεν διαβάζεται" in markup(checked(client, b"not a zip"))
    other = io.BytesIO()
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("manifest.json", json.dumps({"code": "AAAA-BBBB-CCCC"}))
    assert "δεν αναγνωρίζεται" in markup(checked(client, other.getvalue()))


def test_a_stored_file_that_changed_on_the_disk_is_never_vouched_for(of, at):
    officer = an_officer(of, at)
    operations.settle(of, at=at)
    sheet = operations.consolidate(of, actor=officer, at=at)
    path = sheet.document.file.path
    default_storage.delete(path)
    default_storage.save(path, io.BytesIO(b"%PDF-1.7 other"))
    pack = operations.pack_programme(of, reason=WHY, actor=officer, at=at)
    with pytest.raises(OSError, match="does not match its hash"):
        tasks.pack(pack.pk)
    assert Pack.objects.get().state == "building"


def test_a_job_that_was_killed_goes_on_where_it_stopped(of, at, monkeypatch):
    project, officer = a_project(of), an_officer(of, at)
    other = completion.a_class(1, period=of.period)
    sample = operations.Sample(2, "σπόρος")
    pack = operations.pack_project(project, sample, SMALL, reason=WHY, actor=officer, at=at)
    first, second = pack.units.all()
    assert {first.programme_id, second.programme_id} == {of.pk, other.pk}
    assert operations.fill(first.pk, at=at)
    assert not operations.fill(first.pk, at=at)
    with pytest.raises(PackError, match="Δεν έχουν συγκεντρωθεί"):
        operations.seal(pack, actor=access.SYSTEM, at=at)
    tasks.pack(pack.pk)
    tasks.pack(pack.pk)
    pack.refresh_from_db()
    assert (pack.state, pack.work.done, pack.work.total) == ("sealed", 3, 3)


def test_the_sample_of_an_audit_is_drawn_by_the_written_seed(of, at):
    project, officer = a_project(of), an_officer(of, at)
    for _ in range(4):
        completion.a_class(1, period=of.period)
    completion.a_class(1, period=of.period, state="running")
    keys = {f"{p.period.code}/{p.code}": p.pk for p in Programme.objects.filter(state="completed")}
    sample = operations.Sample(2, "2023-Α")
    pack = operations.pack_project(project, sample, SMALL, reason=WHY, actor=officer, at=at)
    assert pack.population == 5
    expected = [keys[key] for key in sampling.drawn(keys, "2023-Α", 2)]
    assert list(pack.units.values_list("programme_id", flat=True)) == expected
    random = operations.pack_project(
        project, operations.Sample(1), SMALL, reason=WHY, actor=officer, at=at
    )
    assert len(random.seed) == 32


@pytest.mark.parametrize(
    ("size", "parts", "reason", "said"),
    [
        (0, SMALL, WHY, "από 1 έως 200"),
        (201, SMALL, WHY, "από 1 έως 200"),
        (1, ["no.part"], WHY, "τουλάχιστον μία ενότητα"),
        (1, SMALL, "  ", "για ποιον λόγο"),
    ],
)
def test_an_audit_without_size_parts_or_reason_is_refused(of, at, size, parts, reason, said):
    project, officer = a_project(of), an_officer(of, at)
    with pytest.raises(Refusal, match=said):
        operations.pack_project(
            project, operations.Sample(size), parts, reason=reason, actor=officer, at=at
        )


def test_a_project_without_a_finished_programme_has_no_audit_pack(of, at):
    project, officer = a_project(of), an_officer(of, at)
    Programme.objects.update(state="running")
    with pytest.raises(PackError, match="ολοκληρωθεί το πρώτο"):
        operations.pack_project(
            project, operations.Sample(1), SMALL, reason=WHY, actor=officer, at=at
        )


def test_only_the_body_packs_and_takes(client, of, at):
    pack, _ = a_pack(of, at)
    project = a_project(of)
    for stranger in (actor_of(people.a_person(), at=at), access.SYSTEM):
        with pytest.raises(PermissionDenied):
            operations.pack_programme(of, reason=WHY, actor=stranger, at=at)
        with pytest.raises(PermissionDenied):
            operations.pack_project(
                project, operations.Sample(1), SMALL, reason=WHY, actor=stranger, at=at
            )
    client.force_login(people.a_person())
    for page in ("pack", "pack-zip", "pack-retry"):
        address = reverse(f"completion:{page}", args=[pack.pk])
        assert (client.get if page == "pack" else client.post)(address).status_code == 404


def test_a_pack_that_lapsed_gives_no_files_and_still_verifies(client, of, at):
    pack, officer = a_pack(of, at)
    content = taken(client, pack, officer)
    made = StoredFile.objects.filter(kind="completion.pack_page").count()
    assert made == 2
    assert lifecycle.fire_due(pack.ends_at + timedelta(minutes=1)) >= 1
    pack.refresh_from_db()
    assert (pack.state, pack.items.count()) == ("lapsed", 0)
    assert not StoredFile.objects.filter(kind="completion.pack_page").exists()
    with pytest.raises(PackError, match="Ζητήστε νέο πακέτο"):
        operations.handed_over(pack, actor=officer, at=at)
    assert verifying.verified(io.BytesIO(content)).good


def test_a_pack_that_stopped_is_continued(client, of, at, monkeypatch):
    officer = an_officer(of, at)
    pack = operations.pack_programme(of, reason=WHY, actor=officer, at=at)
    Work.objects.filter(pk=pack.work_id).update(state="failed", message="Δεν τυπώνεται.")
    client.force_login(people.Person.objects.get(pk=officer.user_id))
    page = reverse("completion:pack", args=[pack.pk])
    assert "Δεν τυπώνεται." in markup(client.get(page))
    client.post(reverse("completion:pack-retry", args=[pack.pk]))
    assert Work.objects.get(pk=pack.work_id).state == "waiting"
    with pytest.raises(PackError, match="Ανανεώστε"):
        operations.retry(pack, actor=officer, at=at)


def test_the_pages_ask_for_packs_and_show_who_asked_and_why(client, of, at, set_clock):
    set_clock(at)
    project, officer = a_project(of), an_officer(of, at)
    client.force_login(people.Person.objects.get(pk=officer.user_id))
    answer = client.post(reverse("completion:dossier-pack", args=[of.pk]), {"reason": ""})
    assert answer.status_code == 422
    client.post(reverse("completion:dossier-pack", args=[of.pk]), {"reason": WHY})
    page = reverse("completion:pack-audit", args=[project.pk])
    assert "1 πρόγραμμα ολοκληρώθηκε" in markup(client.get(page))
    client.post(page, {"reason": "Δειγματοληψία", "size": "1", "seed": "7", "parts": SMALL})
    listed = markup(client.get(reverse("completion:packs")))
    assert WHY in listed
    assert "Δειγματοληψία" in listed
    assert Pack.objects.filter(seed="7", kind="audit").exists()
