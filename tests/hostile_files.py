"""Files that no door may take, made here: nothing hostile is stored in the repository."""

from __future__ import annotations

import io
import zipfile

PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
ODP = "application/vnd.oasis.opendocument.presentation"
MAIN = "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"
MACRO_MAIN = "application/vnd.ms-powerpoint.presentation.macroEnabled.main+xml"
VALID_PDF = b"%PDF-1.7\n1 0 obj\nendobj\n"


def packed(parts, *, method=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def types(main=MAIN):
    return f'<Types><Override PartName="/ppt/presentation.xml" ContentType="{main}"/></Types>'


def relation(kind, target, mode="External"):
    return (
        f'<Relationships xmlns="{PACKAGE}"><Relationship Id="r1" Type="{OFFICE}/{kind}" '
        f'Target="{target}" TargetMode="{mode}"/></Relationships>'
    )


def pptx(main=MAIN, **parts):
    """A presentation of one slide; other parts by their names, with ``/`` as ``__``."""
    own = {
        "[Content_Types].xml": types(main),
        "ppt/presentation.xml": "<p/>",
        "ppt/slides/slide1.xml": "<p:sld xmlns:p='p'/>",
    }
    return packed(own | {name.replace("__", "/"): text for name, text in parts.items()})


def with_relation(kind, target):
    return pptx(**{"ppt__slides___rels__slide1.xml.rels": relation(kind, target)})


def odp(body="", **parts):
    spaces = (
        'xmlns:office="urn:o" xmlns:draw="urn:d" xmlns:presentation="urn:p" xmlns:text="urn:t" '
        'xmlns:x="http://www.w3.org/1999/xlink"'
    )
    own = {"mimetype": ODP, "content.xml": f"<office:document {spaces}>{body}</office:document>"}
    return packed(own | {name.replace("__", "/"): text for name, text in parts.items()})


def bomb():
    """60 MB of nothing in 60 kB."""
    return packed({"ppt/media/image1.bmp": b"\0" * 60_000_000})


def lying():
    """A part that says that it holds ten bytes and holds a million."""
    content = bytearray(packed({"a.txt": b"\0" * 1_000_000}))
    place = content.rindex(b"PK\x01\x02") + 24
    content[place : place + 4] = (10).to_bytes(4, "little")
    return bytes(content)


def locked():
    content = bytearray(packed({"a.txt": b"secret"}))
    place = content.rindex(b"PK\x01\x02") + 8
    content[place] |= 1
    return bytes(content)


def linked():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        part = zipfile.ZipInfo("notes.txt")
        part.external_attr = 0o120777 << 16
        archive.writestr(part, "/etc/passwd")
    return out.getvalue()


def program():
    return b"MZ\x90\0" * 200


# every one of them is refused at every door, whatever its name says
EVERYWHERE = {
    "empty": b"",
    "text.pdf": b"%PD not a pdf",
    "program.png": program(),
    "bomb.pptx": bomb(),
    "lying.zip": lying(),
    "locked.xlsx": locked(),
    "outside.zip": packed({"../../etc/cron.d/x": b"x"}),
    "macro.pptx": pptx(MACRO_MAIN, **{"ppt__vbaProject.bin": b"x"}),
    "macro.xlsx": packed({"[Content_Types].xml": "<T/>", "xl/vbaProject.bin": b"x"}),
    "program.zip": packed({"Odigies/setup.EXE": program()}),
    "half.zip": packed({"a.txt": b"a" * 5000}, method=zipfile.ZIP_STORED)[:2500],
}
