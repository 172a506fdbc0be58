"""What a forger does to the page itself: each attempt is refused, with its reason and the truth.

Shows: R-066
"""

# ruff: noqa: TID253 - the forger works with pyHanko, and tests need not start quickly

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import pytest
import typst
from pyhanko.pdf_utils.generic import NameObject, StreamObject
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import copy_into_new_writer

from didaskaleio.credentials.errors import Flaw, NotGenuineError
from didaskaleio.credentials.sheet import compose, qr_png
from didaskaleio.credentials.signed_content import issue
from didaskaleio.credentials.verification import verify_pdf

from .samples import CLAIMS, SHEET

FORGED = replace(CLAIMS, surname="Πλαστογραφίδης", given_name="Αχιλλέας", hours=600)
OTHER = replace(CLAIMS, number="Β2-2023-000002", surname="Υποθετίδου", code="2222-3333-4444")
ADDED = "Στο αρχείο προστέθηκαν στοιχεία μετά τη σφράγιση."
UNSEALED = "Το αρχείο δεν φέρει σφραγίδα: δεν είναι το πρωτότυπο ή αποθηκεύτηκε ξανά χωρίς αυτήν."


@pytest.fixture
def refused(authority):
    """``refused(pdf)``: (sentence, flaw, the claims that the refusal shows)."""

    def _refused(pdf):
        with pytest.raises(NotGenuineError) as caught:
            verify_pdf(pdf, authority.published)
        return str(caught.value), caught.value.flaw, caught.value.claims

    return _refused


def page_of(reader):
    return reader.root["/Pages"]["/Kids"][0]


def drawing(pdf):
    """What the first page of a PDF shows, as its stream of drawing commands."""
    return page_of(PdfFileReader(BytesIO(pdf)))["/Contents"].data


def redraw(writer, commands):
    """Make the first page of an open PDF show something else."""
    page = page_of(writer)
    page[NameObject("/Contents")] = writer.add_object(StreamObject(stream_data=commands))
    return page


def written(writer):
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def test_a_page_redrawn_by_an_incremental_update(sealed, content, refused):
    writer = IncrementalPdfFileWriter(BytesIO(sealed))
    page = redraw(writer, drawing(compose(FORGED, content, SHEET)))
    writer.update_container(page)
    pdf = written(writer)
    assert pdf.startswith(sealed)
    assert drawing(pdf) != drawing(sealed)
    assert refused(pdf) == (ADDED, Flaw.EXTENDED, CLAIMS)


def test_a_page_redrawn_in_a_file_written_anew_with_the_old_seal(sealed, content, refused):
    writer = copy_into_new_writer(PdfFileReader(BytesIO(sealed)))
    redraw(writer, drawing(compose(FORGED, content, SHEET)))
    assert refused(written(writer)) == (ADDED, Flaw.EXTENDED, CLAIMS)


def test_a_page_redrawn_and_the_seal_taken_off(sealed, content, refused):
    writer = copy_into_new_writer(PdfFileReader(BytesIO(sealed)))
    redraw(writer, drawing(compose(FORGED, content, SHEET)))
    del writer.root["/AcroForm"]
    assert refused(written(writer)) == (UNSEALED, Flaw.UNSEALED, CLAIMS)


def test_another_name_typeset_around_a_genuine_code(content, refused):
    forged = compose(FORGED, content, SHEET)
    assert refused(forged) == (UNSEALED, Flaw.UNSEALED, CLAIMS)


def test_the_code_of_another_attestation_in_a_page_with_my_name(authority, refused):
    other = issue(OTHER, authority.bodies["A"].content_key)
    assert refused(compose(CLAIMS, other, SHEET)) == (UNSEALED, Flaw.UNSEALED, OTHER)


def test_the_code_of_another_attestation_under_a_seal_of_my_own_making(
    authority, stranger, sealed_by, refused
):
    other = issue(OTHER, authority.bodies["A"].content_key)
    pdf = sealed_by(compose(FORGED, other, SHEET), stranger, "A")
    sentence = (
        f"Η σφραγίδα («{CLAIMS.body}») δεν εκδόθηκε από δημοσιευμένη αρχή "
        "ή δεν ίσχυε τη στιγμή της έκδοσης."
    )
    assert refused(pdf) == (sentence, Flaw.UNTRUSTED_SEAL, OTHER)


def test_the_picture_of_another_code_pasted_over_the_page(sealed, content, authority, refused):
    other = compose(OTHER, issue(OTHER, authority.bodies["A"].content_key), SHEET)
    theirs = page_of(PdfFileReader(BytesIO(other)))["/Resources"]["/XObject"]
    writer = IncrementalPdfFileWriter(BytesIO(sealed))
    page = page_of(writer)
    pictures = page["/Resources"]["/XObject"]
    name = next(key for key in pictures if pictures[key]["/Subtype"] == "/Image")
    picture = next(theirs[key] for key in theirs if theirs[key]["/Subtype"] == "/Image")
    pasted = StreamObject(stream_data=picture.data)
    pasted.update({k: v for k, v in picture.items() if k not in {"/Length", "/Filter", "/SMask"}})
    pictures[NameObject(name)] = writer.add_object(pasted)
    writer.update_container(pictures)
    assert refused(written(writer)) == (ADDED, Flaw.EXTENDED, CLAIMS)


def test_a_picture_of_the_page_alone(content, tmp_path, refused):
    (tmp_path / "code.png").write_bytes(qr_png(content))
    (tmp_path / "scan.typ").write_text('#image("code.png")', "utf-8")
    scan = typst.compile(tmp_path / "scan.typ")
    assert refused(scan) == (UNSEALED, Flaw.UNSEALED, None)


def test_a_genuine_code_in_the_properties_of_a_strange_document(content, tmp_path, refused):
    (tmp_path / "strange.typ").write_text(
        f'#set document(keywords: "{content}")\nΒεβαίωση 600 ωρών', "utf-8"
    )
    strange = typst.compile(tmp_path / "strange.typ")
    assert refused(strange) == (UNSEALED, Flaw.UNSEALED, CLAIMS)
