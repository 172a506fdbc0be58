from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest

from didaskaleio.kernel import typesetting
from didaskaleio.kernel.typesetting import TypesettingError, render

AT = datetime(2023, 1, 16, tzinfo=UTC)
PLAIN = """
#let data = json(bytes(sys.inputs.data))
#set document(title: data.title)
#set text(font: "Noto Sans", lang: "el")
= #data.title
"""


@pytest.fixture
def template(tmp_path):
    path = tmp_path / "plain.typ"
    path.write_text(PLAIN, "utf-8")
    return path


def title(pdf):
    from pyhanko.pdf_utils.reader import PdfFileReader

    return PdfFileReader(BytesIO(pdf)).trailer_view["/Info"]["/Title"]


def test_data_become_a_pdf_of_both_standards(template):
    pdf = render(template, {"title": "Τα «εισαγωγικά» και το \\ #έγγραφο"}, at=AT)
    assert title(pdf) == "Τα «εισαγωγικά» και το \\ #έγγραφο"
    assert b"<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>" in pdf
    assert b"<pdfuaid:part>1</pdfuaid:part>" in pdf


def test_equal_data_give_equal_bytes_and_other_data_others(template):
    first = render(template, {"title": "Α"}, at=AT)
    assert render(template, {"title": "Β"}, at=AT) != first
    assert render(template, {"title": "Α"}, at=AT) == first


def test_a_moment_finer_than_a_second_dates_the_file_by_its_second(template):
    fine = AT.replace(microsecond=285_714)
    assert render(template, {"title": "Α"}, at=fine) == render(template, {"title": "Α"}, at=AT)


def test_threads_never_mix_their_documents(template):
    names = [f"Έγγραφο {number}" for number in range(40)]
    with ThreadPoolExecutor(8) as pool:
        pdfs = pool.map(lambda name: render(template, {"title": name}, at=AT), names)
        assert [title(pdf) for pdf in pdfs] == names


def test_one_compiler_serves_one_document_after_the_other(template):
    for number in range(5):
        render(template, {"title": str(number)})
    assert len(typesetting._idle[template.resolve()]) == 1


def test_an_error_of_the_template_is_told_and_the_compiler_goes_on(template):
    with pytest.raises(TypesettingError, match=r"plain.typ: .*title"):
        render(template, {})
    assert title(render(template, {"title": "Α"})) == "Α"


def test_a_letter_without_a_glyph_is_refused_rather_than_left_blank(template):
    with pytest.raises(TypesettingError):
        render(template, {"title": "\u4e2d"})


def test_a_document_without_a_title_is_refused(tmp_path):
    path = tmp_path / "untitled.typ"
    path.write_text('#set text(font: "Noto Sans")\nText', "utf-8")
    with pytest.raises(TypesettingError, match="title"):
        render(path, {})


def test_a_missing_template_is_refused(tmp_path):
    with pytest.raises(TypesettingError, match=r"none.typ: no such template"):
        render(tmp_path / "none.typ", {})


def test_the_fonts_come_with_their_licence_and_stay_small():
    fonts = sorted(Path(typesetting.FONTS).glob("*.ttf"))
    assert [font.name for font in fonts] == ["NotoSans-Bold.ttf", "NotoSans-Regular.ttf"]
    assert all(font.stat().st_size < 1 << 20 for font in fonts)
    assert "SIL OPEN FONT LICENSE Version 1.1" in (typesetting.FONTS / "OFL.txt").read_text()
