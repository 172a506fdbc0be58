"""Στοιχειοθεσία (typesetting): a Typst template and plain data become an accessible PDF/A.

Every document is PDF/A-2a (ISO 19005-2) and PDF/UA-1 (ISO 14289-1) at once; Typst refuses a
document without a title, an alternative text or a table header. Nothing is fetched: the fonts
are those of ``kernel/fonts`` and no package is loaded.
"""

from __future__ import annotations

import json
from collections import defaultdict, deque
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    import typst

PACKAGE: Final = Path(__file__).resolve().parent.parent
FONTS: Final = Path(__file__).resolve().parent / "fonts"
STANDARDS: Final = ("a-2a", "ua-1")

# Compilers keep parsed sources and shaped fonts between documents (five times faster than a
# fresh one) but hold one document at a time: whoever typesets takes an idle one or makes a new
# one, so threads never wait for each other.
_idle: defaultdict[Path, deque[typst.Compiler]] = defaultdict(deque)


class TypesettingError(Exception):
    """Αποτυχία στοιχειοθεσίας: the template or its data cannot become a conforming document."""


def render(template: Path, data: Mapping[str, Any], *, at: datetime | None = None) -> bytes:
    """Έγγραφο PDF: the bytes of ``template`` typeset with ``data``.

    The template reads its data by ``json(bytes(sys.inputs.data))`` and may import
    ``/kernel/typst/document.typ``. ``at`` (aware) dates the file; with it, equal data give equal
    bytes. Raises TypesettingError with Typst's own words.
    """
    import typst

    template = template.resolve()
    compiler = _take(template)
    try:
        pdf = compiler.compile(
            format="pdf",
            sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
            pdf_standards=list(STANDARDS),
            # a PDF date counts whole seconds; the compiler refuses anything finer
            timestamp=at and at.astimezone(UTC).replace(microsecond=0),
        )
    except typst.TypstError as error:
        raise TypesettingError(f"{template.name}: {error}") from error
    finally:
        _idle[template].append(compiler)
    if not isinstance(pdf, bytes):
        raise TypesettingError(f"{template.name}: no single PDF came out")
    return pdf


def _take(template: Path) -> typst.Compiler:
    try:
        return _idle[template].pop()
    except IndexError:
        return _compiler(template)


def _compiler(template: Path) -> typst.Compiler:
    import typst

    if not template.is_file():
        raise TypesettingError(f"{template.name}: no such template")
    root = PACKAGE if template.is_relative_to(PACKAGE) else template.parent
    return typst.Compiler(
        template, root=root, font_paths=_fonts(), ignore_system_fonts=True, sys_inputs={}
    )


@cache
def _fonts() -> typst.Fonts:
    import typst

    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)]
    )
