"""Every way to tamper, with its exit code and its exact words."""

# ruff: noqa: TID253 - the forger works with pyHanko, and tests need not start quickly

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import replace
from io import BytesIO

import pytest
from pyhanko.pdf_utils.generic import pdf_string
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import copy_into_new_writer
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, sign_pdf

from didaskaleio.credentials.command import main
from didaskaleio.credentials.sheet import compose
from didaskaleio.credentials.signed_content import issue

from .samples import BODY, CLAIMS, OTHER_BODY, SHEET

SIGNED_LINES = "Τα στοιχεία που υπέγραψε ο φορέας και φέρει το αρχείο:\n  Είδος: "
CONTENTS = re.compile(rb"/Contents <([0-9A-Fa-f]{4000,})>")


@pytest.fixture
def verify(tmp_path, folder, authority, capsys):
    """Runs the command on a file of these bytes, or on a text; gives code, output, errors."""

    def _verify(subject, *options):
        if isinstance(subject, bytes):
            path = tmp_path / "file.pdf"
            path.write_bytes(subject)
            subject = str(path)
        code = main(["verify", subject, *(options or ("--keys", str(folder / "keys.json")))])
        return code, *capsys.readouterr()

    return _verify


def refused(result, sentence, *, shows_signed=True):
    code, out, err = result
    assert (code, err) == (1, "")
    assert out.splitlines()[0] == f"ΜΗ ΕΓΚΥΡΟ: {sentence}"
    assert (SIGNED_LINES in out) is shows_signed


def unreadable(result, sentence):
    assert result == (2, "", f"{sentence}\n")


def test_a_sealed_attestation_is_valid_and_shows_its_real_content(verify, sealed):
    code, out, err = verify(sealed)
    assert (code, err) == (0, "")
    lines = out.splitlines()
    assert lines[0] == "ΕΓΚΥΡΟ: το περιεχόμενο είναι αυτό που υπέγραψε ο φορέας."
    assert "  Επώνυμο:               Δειγματίδου" in lines
    assert "  Διδακτικές ώρες:       60" in lines
    assert "  Σφραγίστηκε:           5/7/2023, 11:20" in lines
    assert lines[-2].startswith("  Σφραγίστηκε")


def test_a_qr_text_is_valid_and_shows_its_real_content(verify, content):
    code, out, err = verify(content)
    assert (code, err) == (0, "")
    assert "  Αριθμός:               Β2-2023-000001\n" in out
    assert "Σφραγίδα" not in out


def test_changed_page_content_is_caught(verify, sealed):
    at = sealed.index(b"stream\n", sealed.index(b"/FlateDecode")) + 40
    changed = sealed[:at] + bytes([sealed[at] ^ 1]) + sealed[at + 1 :]
    refused(verify(changed), "Το περιεχόμενο του αρχείου άλλαξε μετά τη σφράγιση.")


def test_a_changed_metadata_date_is_caught(verify, sealed):
    at = sealed.index(b"/CreationDate(D:2023")
    changed = sealed[:at] + sealed[at:].replace(b"D:2023", b"D:2022", 1)
    refused(verify(changed), "Το περιεχόμενο του αρχείου άλλαξε μετά τη σφράγιση.")


def test_changed_signed_content_is_caught(verify, sealed, content):
    changed = sealed.replace(content[:20].encode(), b"DID1:" + b"A" * 15)
    assert changed != sealed
    refused(
        verify(changed),
        "Τα υπογεγραμμένα στοιχεία του αρχείου δεν διαβάζονται.",
        shows_signed=False,
    )


@pytest.mark.parametrize("tail", [b"\n", b"\n% a remark", b"\0"])
def test_appended_bytes_are_caught(verify, sealed, tail):
    refused(verify(sealed + tail), "Στο αρχείο προστέθηκαν στοιχεία μετά τη σφράγιση.")


def test_an_incremental_update_is_caught(verify, sealed):
    writer = IncrementalPdfFileWriter(BytesIO(sealed))
    writer.root["/PageLabels"] = pdf_string("x")
    writer.update_root()
    out = BytesIO()
    writer.write(out)
    refused(verify(out.getvalue()), "Στο αρχείο προστέθηκαν στοιχεία μετά τη σφράγιση.")


def test_a_tail_that_hides_the_end_of_the_file_is_caught(verify, sealed):
    refused(
        verify(sealed + bytes(3000)),
        "Το αρχείο άλλαξε μετά τη σφράγιση: η δομή του καταστράφηκε.",
        shows_signed=False,
    )


def test_a_second_signature_is_caught(verify, unsealed, authority, stranger):
    pdf = unsealed
    for name, owner in (("Seal", authority), ("Another", stranger)):
        metadata = PdfSignatureMetadata(
            field_name=name, subfilter=SigSeedSubFilter.PADES, md_algorithm="sha256"
        )
        writer = IncrementalPdfFileWriter(BytesIO(pdf))
        pdf = sign_pdf(writer, metadata, signer=owner.bodies["A"].sealer.signer).getvalue()
    refused(verify(pdf), "Στο αρχείο προστέθηκε και άλλη υπογραφή.")


def test_a_copy_without_the_seal_is_caught(verify, sealed):
    writer = copy_into_new_writer(PdfFileReader(BytesIO(sealed)))
    del writer.root["/AcroForm"]
    out = BytesIO()
    writer.write(out)
    refused(
        verify(out.getvalue()),
        "Το αρχείο δεν φέρει σφραγίδα: δεν είναι το πρωτότυπο ή αποθηκεύτηκε ξανά χωρίς αυτήν.",
    )


def test_a_document_never_sealed_is_caught(verify, unsealed):
    refused(
        verify(unsealed),
        "Το αρχείο δεν φέρει σφραγίδα: δεν είναι το πρωτότυπο ή αποθηκεύτηκε ξανά χωρίς αυτήν.",
    )


def test_a_resaved_copy_with_the_old_seal_is_caught(verify, sealed):
    out = BytesIO()
    copy_into_new_writer(PdfFileReader(BytesIO(sealed))).write(out)
    code, text, _ = verify(out.getvalue())
    assert code == 1
    assert text.startswith("ΜΗ ΕΓΚΥΡΟ: ")


def test_the_seal_of_another_attestation_is_caught(verify, sealed, authority, sealed_by):
    claims = replace(CLAIMS, number="Β2-2023-000002", surname="Πλαστογραφίδης")
    text = issue(claims, authority.bodies["A"].content_key)
    other = sealed_by(compose(claims, text, SHEET), authority, "A")
    mine, theirs = CONTENTS.search(sealed), CONTENTS.search(other)
    pasted = sealed[: mine.start(1)] + theirs[1] + sealed[mine.end(1) :]
    assert len(pasted) == len(sealed)
    refused(verify(pasted), "Το περιεχόμενο του αρχείου άλλαξε μετά τη σφράγιση.")


def test_a_strangers_seal_under_the_same_name_is_caught(verify, unsealed, stranger, sealed_by):
    refused(
        verify(sealed_by(unsealed, stranger, "A")),
        f"Η σφραγίδα («{BODY}») δεν εκδόθηκε από δημοσιευμένη αρχή "
        "ή δεν ίσχυε τη στιγμή της έκδοσης.",
    )


def test_the_seal_of_another_body_is_caught(verify, unsealed, authority, sealed_by):
    refused(
        verify(sealed_by(unsealed, authority, "B")),
        f"Η σφραγίδα είναι του φορέα «{OTHER_BODY}», το περιεχόμενο του φορέα «{BODY}».",
    )


def test_a_seal_that_allows_changes_is_caught(verify, unsealed, authority):
    metadata = PdfSignatureMetadata(
        field_name="Seal",
        subfilter=SigSeedSubFilter.PADES,
        certify=True,
        docmdp_permissions=MDPPerm.FILL_FORMS,
        md_algorithm="sha256",
    )
    writer = IncrementalPdfFileWriter(BytesIO(unsealed))
    weak = sign_pdf(writer, metadata, signer=authority.bodies["A"].sealer.signer).getvalue()
    refused(verify(weak), "Η σφραγίδα επιτρέπει αλλαγές στο αρχείο.")


def test_a_sealed_document_without_signed_content_is_caught(verify, authority, sealed_by):
    pdf = sealed_by(compose(CLAIMS, "no content", SHEET), authority, "A")
    refused(verify(pdf), "Το αρχείο δεν περιέχει υπογεγραμμένα στοιχεία.", shows_signed=False)


def test_a_cut_file_is_caught(verify, sealed):
    refused(
        verify(sealed[:-300]),
        "Το αρχείο άλλαξε μετά τη σφράγιση: η δομή του καταστράφηκε.",
        shows_signed=False,
    )


def test_a_byte_range_that_leaves_a_gap_is_caught(verify, sealed):
    ranges = re.search(rb"/ByteRange \[0 (\d+) (\d+) (\d+)\] *", sealed)
    first, second, rest = (int(ranges[group]) for group in (1, 2, 3))
    text = b"/ByteRange [0 %d %d %d]" % (first - 50, second, rest)
    changed = sealed.replace(ranges[0], text.ljust(len(ranges[0])))
    refused(verify(changed), "Η σφραγίδα δεν καλύπτει ολόκληρο το αρχείο.")


def test_keys_of_somebody_else_do_not_verify(verify, sealed, content, stranger, tmp_path):
    path = tmp_path / "keys.json"
    path.write_text(stranger.published.as_json(), "utf-8")
    for subject in (sealed, content):
        code, out, err = verify(subject, "--keys", str(path))
        assert (code, err) == (1, "")
        assert out.startswith("ΜΗ ΕΓΚΥΡΟ: Άγνωστο κλειδί (")


def test_a_file_that_is_no_pdf_is_unreadable(verify):
    unreadable(verify(b"hello"), "Το αρχείο δεν είναι PDF.")
    unreadable(verify(b""), "Το αρχείο δεν είναι PDF.")
    unreadable(verify(b"%PDF-1.7\nnothing"), "Το αρχείο PDF δεν διαβάζεται: είναι κατεστραμμένο.")


def test_a_cut_qr_text_is_unreadable(verify, content):
    unreadable(
        verify(content[:-6]),
        "Ο κωδικός δεν διαβάζεται: λείπει ή άλλαξε κάποιο μέρος του. Σαρώστε τον ξανά.",
    )


def test_a_missing_file_is_unreadable(verify, tmp_path):
    unreadable(verify(f"{tmp_path}/none.pdf"), f"Το αρχείο δεν διαβάζεται: {tmp_path}/none.pdf")
    unreadable(verify(str(tmp_path)), f"Το αρχείο δεν διαβάζεται: {tmp_path}")


def test_missing_or_broken_keys_are_said_so(verify, content, tmp_path):
    path = tmp_path / "keys.json"
    unreadable(
        verify(content, "--keys", str(path)),
        f"Δεν βρέθηκαν τα δημοσιευμένα κλειδιά ({path}): δώστε τα με --keys.",
    )
    for text in ("[]", "{", '{"keys": [{}], "roots": []}', '{"keys": 1, "roots": []}'):
        path.write_text(text)
        unreadable(
            verify(content, "--keys", str(path)),
            "Το αρχείο κλειδιών δεν διαβάζεται· κατεβάστε το ξανά από τον φορέα που το δημοσιεύει.",
        )


@pytest.mark.parametrize("argv", [[], ["verify"], ["check", "x"], ["verify", "a", "b"], ["--x"]])
def test_a_wrong_call_is_one_line(argv, capsys):
    assert main(argv) == 2
    out, err = capsys.readouterr()
    assert (out, err) == (
        "",
        "Χρήση: didaskaleio credential verify ΑΡΧΕΙΟ.pdf|ΚΕΙΜΕΝΟ-QR [--keys ΚΛΕΙΔΙΑ.json]\n",
    )


def test_keys_come_from_the_environment_then_from_var(
    content, folder, authority, tmp_path, monkeypatch, capsys
):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("DIDASKALEIO_KEYS", raising=False)
    assert main(["verify", content]) == 2
    monkeypatch.setenv("DIDASKALEIO_KEYS", str(folder / "keys.json"))
    assert main(["verify", content]) == 0
    monkeypatch.delenv("DIDASKALEIO_KEYS")
    (tmp_path / "var").mkdir()
    (tmp_path / "var/authority").symlink_to(folder)
    assert main(["verify", content]) == 0
    assert capsys.readouterr().err.startswith("Δεν βρέθηκαν τα δημοσιευμένα κλειδιά")


def test_control_characters_never_reach_the_terminal(verify, authority):
    claims = replace(CLAIMS, surname="\x1b[2JΔειγματίδου\nΌνομα: άλλο")
    code, out, _ = verify(issue(claims, authority.bodies["A"].content_key))
    assert code == 0
    assert "  Επώνυμο:               �[2JΔειγματίδου�Όνομα: άλλο\n" in out


def test_no_changed_byte_passes_anywhere_outside_the_signature(verify, sealed):
    contents = CONTENTS.search(sealed)
    for at in range(0, len(sealed), 1499):
        if not contents.start(1) <= at < contents.end(1):
            changed = sealed[:at] + bytes([sealed[at] ^ 4]) + sealed[at + 1 :]
            assert verify(changed)[0] in {1, 2}, at


def test_the_command_needs_neither_django_nor_pyhanko_for_a_qr_text(content, folder, authority):
    program = (
        "import sys; from didaskaleio.credentials.command import main; code = main(sys.argv[1:]);"
        "assert not {'django', 'pyhanko', 'typst'} & sys.modules.keys(); sys.exit(code)"
    )
    command = [
        sys.executable,
        "-c",
        program,
        "verify",
        content,
        "--keys",
        str(folder / "keys.json"),
    ]
    done = subprocess.run(command, check=False, capture_output=True, env=dict(os.environ))
    assert (done.returncode, done.stderr) == (0, b"")
