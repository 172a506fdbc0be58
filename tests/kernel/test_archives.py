"""A ZIP written while it is sent, and what differs in one received; samples by a written seed.

Shows: R-069, R-078.
"""

from __future__ import annotations

import hashlib
import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from didaskaleio.kernel import archives, sampling
from didaskaleio.kernel.archives import Differences, Told

FILES = {"a/001.pdf": b"alpha" * 50, "a/002.pdf": b"beta", "manifest.json": b"{}"}
names = st.text(st.characters(codec="utf-8", exclude_characters="/\\\0"), min_size=1, max_size=12)


def told(files):
    return {n: Told(hashlib.sha256(c).hexdigest(), len(c)) for n, c in files.items()}


def packed(files):
    return b"".join(archives.stream(files.items()))


def compared(content, files=FILES):
    with archives.opened(io.BytesIO(content)) as archive:
        return archives.differences(archive, told(files))


@given(st.dictionaries(names, st.binary(max_size=300), max_size=6))
def test_what_was_streamed_is_found_whole(files):
    assert not compared(packed(files), files)
    assert packed(files) == packed(files)


def test_every_changed_byte_of_a_file_is_named():
    stored = io.BytesIO()
    with zipfile.ZipFile(stored, "w", zipfile.ZIP_STORED) as archive:
        for name, content in FILES.items():
            archive.writestr(name, content)
    content = bytearray(stored.getvalue())
    start = content.index(b"beta")
    for place in range(start, start + 4):
        content[place] ^= 1
        assert compared(bytes(content)) == Differences(changed=("a/002.pdf",))
        content[place] ^= 1
    assert not compared(bytes(content))


def test_missing_added_and_doubled_files_are_named():
    without = {n: c for n, c in FILES.items() if n != "a/001.pdf"}
    assert compared(packed(without)) == Differences(missing=("a/001.pdf",))
    assert compared(packed(FILES | {"b.exe": b"x"})) == Differences(added=("b.exe",))
    with pytest.warns(UserWarning, match="Duplicate"):
        twice = b"".join(archives.stream([*FILES.items(), ("a/002.pdf", b"other")]))
    assert compared(twice).added == ("a/002.pdf",)


def test_a_file_that_swells_is_read_no_further_than_its_size():
    swollen = packed(FILES | {"a/002.pdf": bytes(5_000_000)})
    assert compared(swollen) == Differences(changed=("a/002.pdf",))


@given(st.data())
def test_a_broken_archive_never_passes_and_never_breaks_the_reader(data):
    content = bytearray(packed(FILES))
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    try:
        found = compared(bytes(content))
    except archives.UnreadableArchiveError:
        return
    with archives.opened(io.BytesIO(bytes(content))) as archive:
        same = {n: archives.member(archive, n, 1000) for n in FILES} == FILES
    assert bool(found) != (same and len(archive.infolist()) == len(FILES))


def test_an_archive_whose_list_would_fill_the_memory_is_not_opened():
    content = bytearray(packed(FILES))
    end = content.rindex(b"PK\5\6")
    content[end + 12 : end + 16] = (7 * 1024 * 1024).to_bytes(4, "little")
    with pytest.raises(archives.UnreadableArchiveError):
        archives.opened(io.BytesIO(bytes(content)))
    extended = packed(FILES)
    extended = extended[:-22] + b"PK\6\7" + bytes(16) + extended[-22:]
    with pytest.raises(archives.UnreadableArchiveError):
        archives.opened(io.BytesIO(extended))


def test_the_writer_holds_one_file_at_a_time():
    biggest = 0
    pieces = archives.stream((f"{n}.bin", bytes([n % 251]) * 100_000) for n in range(200))
    for piece in pieces:
        biggest = max(biggest, len(piece))
    assert biggest < 110_000


@given(st.sets(st.text(max_size=6), max_size=20), st.text(max_size=8), st.integers(0, 25))
def test_a_sample_depends_on_the_set_the_seed_and_the_size_alone(keys, seed, size):
    found = sampling.drawn(keys, seed, size)
    assert found == sampling.drawn(sorted(keys, reverse=True), seed, size)
    assert set(found) <= keys
    assert len(found) == min(size, len(keys))
    assert set(found) <= set(sampling.drawn(keys, seed, size + 1))


def test_the_sample_is_that_of_the_written_rule():
    keys = [f"P{n:05d}" for n in range(1, 9)]
    assert sampling.drawn(keys, "5084974", 3) == sorted(
        sorted(keys, key=lambda k: hashlib.sha256(f"5084974:{k}".encode()).hexdigest())[:3]
    )
