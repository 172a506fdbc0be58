# ruff: noqa: TID253 - tests need not start quickly

from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace
from io import BytesIO

import pytest
from pyhanko.pdf_utils.reader import PdfFileReader

from didaskaleio.credentials.sheet import Logo, compose, qr_png
from didaskaleio.credentials.signed_content import issue
from didaskaleio.credentials.verification import verify_pdf

from .samples import BODY, CLAIMS, ISSUED, LONG, SHEET

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><circle cx="4" cy="4" r="4"/></svg>'
)


def tool(name):
    return pytest.mark.skipif(not shutil.which(name), reason=f"{name} (poppler-utils, zbar-tools)")


def text_of(pdf):
    done = subprocess.run(
        ["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True
    )
    return " ".join(done.stdout.decode().split())


def pages(pdf):
    return PdfFileReader(BytesIO(pdf)).root["/Pages"]["/Count"]


def test_the_seal_keeps_the_claims_to_pdf_a_and_pdf_ua(sealed):
    reader = PdfFileReader(BytesIO(sealed))
    metadata = reader.root["/Metadata"].data
    assert b"<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>" in metadata
    assert b"<pdfuaid:part>1</pdfuaid:part>" in metadata
    assert sealed.startswith(b"%PDF-1.7")
    assert reader.input_version == (1, 7)
    assert reader.root["/Lang"] == "el"
    assert reader.root["/MarkInfo"]["/Marked"]


def test_the_seal_states_the_moment_that_it_was_given(sealed, authority):
    genuine = verify_pdf(sealed, authority.published)
    assert genuine.claims == CLAIMS
    assert genuine.seal.organisation == BODY
    assert genuine.seal.sealed_at == ISSUED
    assert genuine.seal.issuer == "Διδασκαλείο: δοκιμαστική αρχή πιστοποίησης"


def test_the_same_attestation_has_the_same_bytes(unsealed, content):
    assert compose(CLAIMS, content, SHEET) == unsealed


def test_the_longest_names_still_fit_one_page(authority):
    content = issue(LONG, authority.bodies["A"].content_key)
    assert pages(compose(LONG, content, SHEET)) == 1


@tool("pdftotext")
def test_the_page_shows_every_signed_field_as_it_was_given(unsealed):
    text = text_of(unsealed)
    assert "συγχρηματοδοτείται από την Ελλάδα και την Ευρωπαϊκή" in text
    for words in (
        *("Βεβαίωση παρακολούθησης", "Επώνυμο Δειγματίδου", "Όνομα Ελένη", "Πατρώνυμο Θωμάς"),
        *(
            "Διδακτικές ώρες 60 (8 διά ζώσης",
            "6 Μαρτίου 2023 έως 28 Ιουνίου 2023",
            "4F7K-2Q9M-X3TD",
        ),
        *("Κανόνες ολοκλήρωσης, έκδοση 2023-1", "Πάτρα, 5 Ιουλίου 2023", "Αριθμός: Β2-2023-000001"),
        *(
            "Ψηφιακά σφραγισμένο",
            "5/7/2023, 11:20",
            "Σελίδα 1 από 1",
            SHEET.address,
        ),
    ):
        assert words in text


@tool("pdftotext")
@pytest.mark.parametrize(
    ("cofunding", "logos", "slot"),
    [("Κείμενο πράξης.", (), True), ("Κείμενο πράξης.", None, False), ("", (), False)],
)
def test_the_slot_for_logos_shows_only_where_it_is_declared(content, cofunding, logos, slot):
    text = text_of(compose(CLAIMS, content, replace(SHEET, cofunding=cofunding, logos=logos)))
    assert ("Θέση λογοτύπων της πράξης" in text) is slot
    assert ("Κείμενο πράξης." in text) is bool(cofunding)


@tool("pdftotext")
def test_logos_fill_the_slot(content):
    logos = (Logo(image=SVG, alt="Κύκλος"), Logo(image=qr_png("A"), alt="Κωδικός", height=10))
    pdf = compose(CLAIMS, content, replace(SHEET, logos=logos))
    assert "Θέση λογοτύπων" not in text_of(pdf)
    assert pages(pdf) == 1


@tool("pdfsig")
def test_poppler_agrees_that_the_seal_is_valid_and_total(sealed, tmp_path):
    path = tmp_path / "sealed.pdf"
    path.write_bytes(sealed)
    done = subprocess.run(["pdfsig", str(path)], capture_output=True, check=False, text=True)
    assert "Signature Validation: Signature is Valid." in done.stdout
    assert "Total document signed" in done.stdout
    assert "Signature Type: ETSI.CAdES.detached" in done.stdout
    assert "Signing Time: Jul 05 2023" in done.stdout


@tool("pdftoppm")
@tool("zbarimg")
def test_a_scanner_reads_the_signed_content_from_the_printed_page(unsealed, content, tmp_path):
    (tmp_path / "page.pdf").write_bytes(unsealed)
    page = tmp_path / "page"
    subprocess.run(["pdftoppm", "-r", "200", "-png", f"{page}.pdf", str(page)], check=True)
    done = subprocess.run(
        ["zbarimg", "-q", "--raw", f"{page}-1.png"], capture_output=True, check=True, text=True
    )
    assert set(done.stdout.splitlines()) == {content, SHEET.address}
