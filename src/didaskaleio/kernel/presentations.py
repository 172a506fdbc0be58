"""Παρουσιάσεις (presentations): what a PPTX or ODP runs or fetches when somebody opens it.

A link that waits for a click and leads to a page of the web or to a mail address is harmless;
whatever is loaded from outside, runs a macro or a program, or hides another program's object
is not.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Mapping
from enum import StrEnum
from xml.parsers import expat

PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
ODP = "application/vnd.oasis.opendocument.presentation"
PLAIN_LINK = re.compile(r"(https?://|mailto:|#)", re.IGNORECASE)
OUTSIDE = re.compile(r"([a-z][a-z0-9+.-]*:|/|\\|\.\./)", re.IGNORECASE)
SHOWS = re.compile(r"\[content_types\]\.xml|ppt/.*slide.*\.xml")  # slides, layouts, masters
ANCHORS = {"a", "event-listener"}  # of text, drawings and clicks: they wait for somebody
LARGEST_PART, CHUNK = 64 * 1024 * 1024, 1 << 16
RUNS = ("ppaction://macro", "ppaction://program", "ppaction://ole")


class Danger(StrEnum):
    """What a presentation must not do."""

    MACROS = "macros"
    OBJECTS = "objects"
    LINKS = "links"


class _DoctypeError(ValueError):
    """An office file has no document type; one that has wants to swell or to fetch."""


Element = tuple[str, Mapping[str, str]]


def danger_of(archive: zipfile.ZipFile, kind: str) -> Danger | None:
    """The first danger of a presentation, None for a harmless one and for other packages.

    Raises ValueError for a part that is no XML.
    """
    look = {PPTX: _of_pptx, ODP: _of_odp}.get(kind)
    return next(look(archive), None) if look else None


def _of_pptx(archive: zipfile.ZipFile) -> Iterator[Danger]:
    names = archive.namelist()
    if any("/activex/" in name.lower() or _is_object(name.lower()) for name in names):
        yield Danger.OBJECTS
    for name in names:
        yield from _of_part(archive, name)


def _of_part(archive: zipfile.ZipFile, name: str) -> Iterator[Danger]:
    plain = name.lower()
    if plain.endswith(".rels"):
        yield from _of_relations(archive, name)
    elif SHOWS.fullmatch(plain) and any(_runs(said) for _, said in _elements(archive, name)):
        yield Danger.MACROS


def _is_object(name: str) -> bool:
    return "/embeddings/" in name and name.endswith(".bin")


def _runs(said: Mapping[str, str]) -> bool:
    whole = "macroenabled" in said.get("ContentType", "").lower()
    return whole or said.get("action", "").strip().lower().startswith(RUNS)


def _of_relations(archive: zipfile.ZipFile, name: str) -> Iterator[Danger]:
    for _, said in _elements(archive, name):
        if said.get("TargetMode", "").lower() == "external":
            waits = said.get("Type", "").endswith("/hyperlink")
            if not (waits and PLAIN_LINK.match(said.get("Target", "").strip())):
                yield Danger.LINKS


def _of_odp(archive: zipfile.ZipFile) -> Iterator[Danger]:
    names = archive.namelist()
    if any(name.startswith(("Basic/", "Scripts/")) for name in names):
        yield Danger.MACROS
    for _, said in _elements(archive, "META-INF/manifest.xml"):
        if "oleobject" in said.get("media-type", ""):
            yield Danger.OBJECTS
    for name in names:
        if name.endswith(("content.xml", "styles.xml")):
            for tag, said in _elements(archive, name):
                yield from _of_element(tag, said)


def _of_element(tag: str, said: Mapping[str, str]) -> Iterator[Danger]:
    target = said.get("href", "").strip()
    action = said.get("action", "")
    if target.lower().startswith(("vnd.sun.star.script:", "macro:")) or "execute" in action:
        yield Danger.MACROS
    elif OUTSIDE.match(target) and not (tag in ANCHORS and PLAIN_LINK.match(target)):
        yield Danger.LINKS


def _elements(archive: zipfile.ZipFile, name: str) -> Iterator[Element]:
    """The elements of one part with their attributes, by local names, in constant memory."""
    if name not in archive.namelist():
        return
    if archive.getinfo(name).file_size > LARGEST_PART:
        raise ValueError(f"{name} is too long")
    found: list[Element] = []
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = lambda tag, said: found.append((_local(tag), _by_local(said)))
    parser.StartDoctypeDeclHandler = _refused
    with archive.open(name) as part:
        while chunk := part.read(CHUNK):
            _parsed(parser, chunk, name)
            yield from found
            found.clear()
    _parsed(parser, b"", name, last=True)


def _parsed(parser: expat.XMLParserType, chunk: bytes, name: str, *, last: bool = False) -> None:
    try:
        parser.Parse(chunk, last)
    except expat.ExpatError as error:
        raise ValueError(f"{name} is no XML") from error


def _by_local(said: Mapping[str, str]) -> dict[str, str]:
    return {_local(name): value for name, value in said.items()}


def _local(name: str) -> str:
    return name.rpartition(" ")[2]


def _refused(*_facts: object) -> None:
    raise _DoctypeError("a document type")
