"""Photographs without what the camera writes: place, time and owner are gone, the picture stays.

Shows: R-056.
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from didaskaleio.delivery.pictures import BrokenPictureError, stripped


def segment(marker, body):
    return bytes([0xFF, marker]) + (len(body) + 2).to_bytes(2, "big") + body


JFIF = segment(0xE0, b"JFIF\0\1\1\0\0\1\0\1\0\0")
TABLES = segment(0xDB, bytes(range(64)) + b"\xff\xd9")
FRAME = segment(0xC0, b"\x08\0\1\0\1\1\1\x11\0")
SCAN = segment(0xDA, b"\1\1\0\0\x3f\0") + b"\x12\xff\0\x34\xff\xd0\x56"
EXIF = segment(0xE1, b"Exif\0\0GPS 40.30N 21.79E")
XMP = segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0owner")
COMMENT = segment(0xFE, "τηλέφωνο".encode())
ADOBE = segment(0xEE, b"Adobe\0\x64\0\0\0\0\0")


def picture(*notes, middle=b"", after=b""):
    return b"".join([b"\xff\xd8", JFIF, *notes, TABLES, FRAME, SCAN, middle, b"\xff\xd9", after])


def test_place_owner_and_comments_go_and_the_picture_stays():
    assert stripped(picture(EXIF, XMP, COMMENT, ADOBE)) == picture(ADOBE)


def test_what_hides_between_the_scans_or_after_the_end_goes_too():
    second = segment(0xDA, b"\1\1\0\0\x3f\0") + b"\x77"
    assert stripped(picture(middle=COMMENT + second, after=EXIF)) == picture(middle=second)


def test_a_picture_without_notes_stays_byte_for_byte():
    assert stripped(picture()) == picture()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xd8",
        b"\xff\xd8\xff\xd9",
        picture()[:-2],
        picture()[:40],
        b"\xff\xd8\xff\xe1\0\1",
        b"\xff\xd8\xff\xe1\xff\xff",
        b"\x89PNG\r\n\x1a\n",
    ],
)
def test_a_broken_picture_is_refused(content):
    with pytest.raises(BrokenPictureError):
        stripped(content)


@given(st.binary(max_size=300))
def test_any_bytes_are_stripped_or_refused_and_never_grow(content):
    try:
        found = stripped(b"\xff\xd8" + content)
    except BrokenPictureError:
        return
    assert len(found) <= len(content) + 2
    assert stripped(found) == found


@given(st.lists(st.sampled_from([EXIF, XMP, COMMENT]), max_size=6))
def test_however_many_notes_there_are_none_is_left(notes):
    assert b"GPS" not in stripped(picture(*notes))
    assert b"owner" not in stripped(picture(*notes))
