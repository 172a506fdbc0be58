"""Hostile uploads: what a package is by its parts, and what keeps it out; presentations too.

Shows: R-177.
"""

from __future__ import annotations

import io
from datetime import UTC, datetime

import pytest

from didaskaleio.kernel import files, packages
from didaskaleio.kernel.access import SYSTEM
from didaskaleio.kernel.files import FileRefusedError
from didaskaleio.kernel.models import StoredFile
from didaskaleio.kernel.packages import Fault
from tests import hostile_files as made
from tests.factories.structures import a_centre

AT = datetime(2023, 1, 16, 9, tzinfo=UTC)
PAGE = "https://example.org/mathima"
CLICK = '<draw:a x:href="{}"/>'
IMAGE = '<draw:image x:href="{}"/>'
ENTITIES = '<!DOCTYPE p [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><p>&b;</p>'


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (made.pptx(), packages.PPTX),
        (made.odp(), packages.ODP),
        (made.packed({"a.txt": b"a"}), packages.ZIP),
        (made.packed({"[Content_Types].xml": b"<T/>", "xl/workbook.xml": b"<w/>"}), packages.XLSX),
        (made.packed({"mimetype": b"text/x-shellscript"}), packages.ZIP),
        (b"PK\x03\x04 and nothing more", packages.ZIP),
    ],
)
def test_a_package_is_what_its_parts_say_and_not_its_name(content, kind):
    assert files.sniff(content) == kind


@pytest.mark.parametrize(
    "content",
    [
        made.pptx(),
        made.with_relation("hyperlink", PAGE),
        made.with_relation("hyperlink", "mailto:deigma@example.org"),
        made.odp(IMAGE.format("Pictures/1.png") + CLICK.format(PAGE) + CLICK.format("#page2")),
        made.packed({"SCORM/index.html": b"<p>", "SCORM/run.js": b"1", "Οδηγίες.txt": b"a"}),
    ],
)
def test_what_is_harmless_is_taken(content):
    assert packages.fault_of(io.BytesIO(content)) is None


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (made.bomb(), Fault.SWOLLEN),
        (made.lying(), Fault.BROKEN),
        (made.EVERYWHERE["half.zip"], Fault.BROKEN),
        (made.locked(), Fault.LOCKED),
        (made.linked(), Fault.PATHS),
        (made.packed({"../x": b"x"}), Fault.PATHS),
        (made.packed({"a\\..\\..\\x": b"x"}), Fault.PATHS),
        (made.packed({"/etc/passwd": b"x"}), Fault.PATHS),
        (made.packed({"C:\\x.txt": b"x"}), Fault.PATHS),
        (made.packed({"Doc.PPTM": b"x"}), Fault.MACROS),
        (made.pptx(**{"ppt__vbaProject.bin": b"x"}), Fault.MACROS),
        (made.pptx(made.MACRO_MAIN), Fault.MACROS),
        (
            made.pptx(**{"ppt__slides__slide2.xml": '<a action="ppaction://program"/>'}),
            Fault.MACROS,
        ),
        (made.odp(**{"Basic__Standard__M.xml": "<m/>"}), Fault.MACROS),
        (made.odp(CLICK.format("vnd.sun.star.script:a.b?language=Basic")), Fault.MACROS),
        (made.odp('<x presentation:action="execute"/>'), Fault.MACROS),
        (made.packed({"setup.exe": b"MZ"}), Fault.PROGRAMS),
        (made.pptx(**{"ppt__embeddings__oleObject1.bin": b"x"}), Fault.PROGRAMS),
        (made.pptx(**{"ppt__activeX__activeX1.xml": "<x/>"}), Fault.PROGRAMS),
        (
            made.odp(**{"META-INF__manifest.xml": '<f media-type="a/vnd.sun.star.oleobject"/>'}),
            Fault.PROGRAMS,
        ),
        (made.with_relation("image", "http://example.org/a.png"), Fault.LINKS),
        (made.with_relation("attachedTemplate", PAGE), Fault.LINKS),
        (made.with_relation("hyperlink", "file:///etc/passwd"), Fault.LINKS),
        (made.with_relation("hyperlink", "\\\\example.org\\share"), Fault.LINKS),
        (made.odp(IMAGE.format("https://example.org/a.png")), Fault.LINKS),
        (made.odp(IMAGE.format("../secret.png")), Fault.LINKS),
        (made.odp(CLICK.format("file:///etc/passwd")), Fault.LINKS),
        (made.pptx(**{"ppt__slides__slide2.xml": "<no end"}), Fault.BROKEN),
        (made.pptx(**{"ppt__slides__slide2.xml": ENTITIES}), Fault.BROKEN),
    ],
)
def test_what_is_dangerous_is_named(content, fault):
    assert packages.fault_of(io.BytesIO(content)) == fault


def test_a_package_of_very_many_parts_is_swollen(monkeypatch):
    monkeypatch.setattr(packages, "MOST_PARTS", 3)
    three = {f"{n}.txt": b"" for n in range(3)}
    assert packages.fault_of(io.BytesIO(made.packed(three))) is None
    assert packages.fault_of(io.BytesIO(made.packed(three | {"3": b""}))) == Fault.SWOLLEN


def test_every_fault_is_said_with_what_to_do_next():
    assert set(files.SAID) == set(Fault)
    assert all(said.count(".") >= 2 for said in files.SAID.values())


@pytest.fixture
def kind(monkeypatch):
    monkeypatch.setattr(files, "kinds", dict(files.kinds))
    types = (files.PDF, packages.ZIP, *files.PRESENTATIONS)
    return files.declare(files.Kind("tests.kit", "Δοκιμή", "centre.read", types))


@pytest.mark.parametrize("content", [made.pptx(), made.odp()])
def test_a_presentation_is_kept_with_its_own_type(db, kind, content):
    stored = files.accept(kind, io.BytesIO(content), "a.zip", a_centre(), actor=SYSTEM, at=AT)
    assert stored.content_type == files.sniff(content)
    assert files.read(stored) == content


@pytest.mark.parametrize("name", sorted(made.EVERYWHERE))
def test_no_hostile_file_is_kept_even_where_zip_files_are(db, kind, name):
    upload = io.BytesIO(made.EVERYWHERE[name])
    with pytest.raises(FileRefusedError) as refused:
        files.accept(kind, upload, f"../{name}", a_centre(), actor=SYSTEM, at=AT)
    assert str(refused.value).endswith(".")
    assert StoredFile.objects.count() == 0


def test_the_types_that_a_door_takes_are_said_as_people_call_them(db, kind):
    with pytest.raises(FileRefusedError, match="Δεκτά είναι μόνο αρχεία ODP, PDF, PPTX, ZIP"):
        files.accept(kind, io.BytesIO(b"text"), "a.txt", a_centre(), actor=SYSTEM, at=AT)
