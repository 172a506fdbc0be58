"""Deterministic harm to a signed PDF: what no checker of signatures may take for good."""

from __future__ import annotations

import re
from io import BytesIO

from pyhanko.pdf_utils import generic  # noqa: TID253 - the forger's tool
from pyhanko.pdf_utils.incremental_writer import (  # noqa: TID253
    IncrementalPdfFileWriter,
)

name = generic.pdf_name
EVIL = b"BT /F1 90 Tf 40 400 Td (900) Tj ET"


def flipped(content, places):
    """One bit of one octet, each time at another place."""
    for place in places:
        harmed = bytearray(content)
        harmed[place] ^= 1
        yield f"flip {place}", bytes(harmed)


def truncated(content, start, many):
    """Cut off, from the first octet after ``start`` to the last but one."""
    step = max(1, (len(content) - start - 2) // many)
    for end in range(start + 1, len(content) - 1, step):
        yield f"cut {end}", content[:end]


def appended(content, base):
    """Something after the end."""
    last = content.rindex(b"startxref")
    for title, tail in {
        "newline": b"\n",
        "zeros": bytes(64),
        "comment": b"\n% nothing\n",
        "end again": b"\n%%EOF\n",
        "trailer again": content[last:],
        "old trailer": b"\n" + base[base.rindex(b"startxref") :],
        "whole document": base,
        "object": b"\n9999 0 obj\n<</Type/Catalog>>\nendobj\n",
        "program": b"MZ" + bytes(range(256)),
    }.items():
        yield f"append {title}", content + tail


def replaced(content, start):
    """The same number of octets, saying something else, in what came after ``start``."""
    for title, pattern, other in (
        ("xref digits", rb"startxref\s+(\d+)", b"1"),
        ("previous xref", rb"/Prev\s+(\d+)", b"1"),
        ("previous xref to itself", rb"/Prev\s+(\d+)", b"9"),
        ("range nought", rb"/ByteRange\s*\[([^\]]+)\]", b"0"),
        ("range blank", rb"/ByteRange\s*\[([^\]]+)\]", b" "),
        ("range gone", rb"(/ByteRange)", b"X"),
        ("contents gone", rb"(/Contents)\s*<", b"X"),
        ("contents nought", rb"/Contents\s*<([0-9a-f]+)>", b"0"),
        ("contents letters", rb"/Contents\s*<([0-9a-f]+)>", b"Z"),
        ("filter", rb"/SubFilter\s*/(ETSI.CAdES.detached)", b"X"),
        ("type", rb"/Type\s*/(Sig)\b", b"X"),
        ("field type", rb"/FT\s*/(Sig)", b"X"),
        ("root", rb"/Root\s+(\d+)", b"1"),
        ("size", rb"/Size\s+(\d+)", b"0"),
        ("generation", rb"\d+ (0) obj", b"7"),
        ("end of object", rb"(endobj)", b"X"),
        ("xref word", rb"\n(xref)", b"X"),
        ("xref entries", rb"\n(\d{10}) \d{5} n", b"0"),
    ):
        found = list(re.finditer(pattern, content[start:]))
        for many, match in enumerate(found[-3:]):
            first, last = (start + edge for edge in match.span(1))
            yield f"{title} {many}", content[:first] + other * (last - first) + content[last:]


def moved(content):
    """Signature wrapping: the signed end is moved back, something of another's comes between."""
    match = list(re.finditer(rb"/ByteRange\s*\[\s*0 (\d+) (\d+) (\d+)\s*\]", content))[-1]
    length, resume, rest = (int(number) for number in match.groups())
    for pad in (b"\n% x", EVIL, content[:500]):
        new = f"/ByteRange [0 {length} {resume + len(pad)} {rest}]".encode()
        room = match.end() - match.start()
        head = content[: match.start()] + new.ljust(room)[:room] + content[match.end() : resume]
        yield f"wrapped {len(pad)}", head + pad + content[resume:]
    yield "doubled", content[:resume] + content[length:resume] + content[resume:]


def changes():
    """What an update may do to the document itself: the forger's catalogue."""
    return {
        "text": _text,
        "size": _size,
        "note": _note,
        "page": _page,
        "names": _names,
        "action": _action,
        "layers": _layers,
        "field": _field,
    }


def updated(content, change):
    """An update after the end, made as programs make it (shadow and incremental attacks)."""
    writer = IncrementalPdfFileWriter(BytesIO(content))
    change(writer)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def _first(writer):
    return writer.root["/Pages"]["/Kids"][0].get_object()


def _text(writer):
    page = _first(writer)
    page[name("/Contents")] = writer.add_object(generic.StreamObject(stream_data=EVIL))
    writer.update_container(page)


def _size(writer):
    page = _first(writer)
    page[name("/MediaBox")] = generic.ArrayObject(map(generic.NumberObject, (0, 0, 90, 90)))
    writer.update_container(page)


def _note(writer):
    page = _first(writer)
    note = generic.DictionaryObject(
        {
            name("/Type"): name("/Annot"),
            name("/Subtype"): name("/FreeText"),
            name("/Rect"): generic.ArrayObject(map(generic.NumberObject, (0, 0, 500, 500))),
            name("/Contents"): generic.TextStringObject("900"),
        }
    )
    kept = page.get("/Annots", generic.ArrayObject())
    page[name("/Annots")] = generic.ArrayObject([*kept, writer.add_object(note)])
    writer.update_container(page)


def _page(writer):
    pages = writer.root["/Pages"]
    copy = generic.DictionaryObject(dict(_first(writer).items()))
    pages[name("/Kids")] = generic.ArrayObject([*pages["/Kids"], writer.add_object(copy)])
    pages[name("/Count")] = generic.NumberObject(2)
    writer.update_container(pages)


def _names(writer):
    writer.root[name("/Lang")] = generic.TextStringObject("xx")
    writer.update_root()


def _action(writer):
    script = generic.DictionaryObject(
        {name("/S"): name("/JavaScript"), name("/JS"): generic.TextStringObject("app.alert(1)")}
    )
    writer.root[name("/OpenAction")] = writer.add_object(script)
    writer.update_root()


def _layers(writer):
    writer.root[name("/OCProperties")] = generic.DictionaryObject()
    writer.update_root()


def _field(writer):
    """A text field over the page, where only signatures may be added."""
    form = writer.root["/AcroForm"]
    text = generic.DictionaryObject(
        {
            name("/FT"): name("/Tx"),
            name("/T"): generic.TextStringObject("sum"),
            name("/V"): generic.TextStringObject("900"),
        }
    )
    form["/Fields"].append(writer.add_object(text))
    writer.update_container(form["/Fields"])
    writer.update_container(form)
