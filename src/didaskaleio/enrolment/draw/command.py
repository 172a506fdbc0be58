"""`didaskaleio draw run|verify BUNDLE.json RESULT.json`: a draw made or checked on any machine.

The stable interface of SPEC-draw section 5: exit 0 it holds, 1 the results differ, 2 it could not
be decided. Plain English and ASCII, as an outsider's terminal may know no Greek.
"""

# Paths stay as they were typed: pathlib would tidy "x/" into "x".
# ruff: noqa: PTH105, PTH108, PTH116, PTH118, PTH119, PTH120, PTH121, PTH123

from __future__ import annotations

import os
import stat
import sys
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from .bundle import Bundle, read_bundle
from .collector import paused_collector
from .computation import draw
from .errors import DrawError
from .result import first_difference, read_result, result_bytes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

USAGE = "usage: didaskaleio draw run|verify BUNDLE.json RESULT.json"
HOLDS, DIFFERS, UNDECIDED = 0, 1, 2
_LARGEST = 1 << 29  # bytes; many times the largest draw, and an end for devices that have none
_CHUNK = 1 << 20


class Refusal(Exception):  # noqa: N818
    """Άρνηση της εντολής: the one line for standard error."""


def main(arguments: Sequence[str]) -> int:
    """Εντολή της κλήρωσης: the exit code; `arguments` are the words after `draw`."""
    acts: dict[str, Callable[[str, str], int]] = {"run": run, "verify": verify}
    match arguments:
        case ["-h" | "--help"]:
            return _outcome(lambda: _say(USAGE))
        case [str(act), str(bundle), str(result)] if act in acts:
            return _outcome(lambda: acts[act](bundle, result))
        case _:
            return _refuse(USAGE)


def run(bundle_path: str, result_path: str) -> int:
    """Εκτέλεση της κλήρωσης: computes the result and writes it; raises Refusal."""
    bundle = _bundle(bundle_path)
    with _named("RESULT", result_path):
        target = _target(result_path, bundle_path)
    content = result_bytes(draw(bundle))
    with _named("RESULT", result_path), _written(target, content):
        _announce(bundle)
    return HOLDS


def verify(bundle_path: str, result_path: str) -> int:
    """Επαλήθευση της κλήρωσης: computes the result again and compares; raises Refusal."""
    bundle = _bundle(bundle_path)
    with _named("RESULT", result_path):
        content = _read(result_path)
    computed = draw(bundle)
    # Most results were written by `run`: equal bytes are equal values, without reading millions.
    if not (content.startswith(b'{"order":') and content == result_bytes(computed)):
        with _named("RESULT", result_path):
            difference = first_difference(read_result(content), computed)
        if difference is not None:
            _say(f"the results differ, first in {difference.member}: {difference.detail}")
            return DIFFERS
    _announce(bundle)
    return HOLDS


def _outcome(act: Callable[[], int | None]) -> int:
    try:
        with paused_collector():
            return act() or HOLDS
    except Refusal as refusal:
        return _refuse(str(refusal))
    except MemoryError:
        return _refuse("not enough memory for a draw of this size")


def _refuse(line: str) -> int:
    if sys.stderr is not None:
        with suppress(OSError):
            print(f"didaskaleio draw: {line}", file=sys.stderr, flush=True)  # noqa: T201
    return UNDECIDED


def _say(line: str) -> None:
    try:
        print(line, flush=True)  # noqa: T201
    except (OSError, ValueError) as error:
        _silence()
        message = f"standard output cannot be written: {_reason(error)}"
        raise Refusal(message) from None


def _silence() -> None:
    # What could not be written would be tried again at exit, and end in a traceback.
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _announce(bundle: Bundle) -> None:
    lost = "; secret: null" if bundle.secret is None else ""
    _say(f"freeze: {bundle.freeze}; commitment: {bundle.commitment}; beacon: {bundle.beacon}{lost}")


@contextmanager
def _named(role: str, path: str) -> Iterator[None]:
    try:
        yield
    except (DrawError, OSError) as error:
        message = f"{role} {path!r}: {_reason(error)}"
        raise Refusal(message) from None


def _reason(error: Exception) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or str(error)


def _bundle(path: str) -> Bundle:
    with _named("BUNDLE", path):
        return read_bundle(_read(path))


def _read(path: str) -> bytes:
    content = bytearray()
    with open(path, "rb") as file:
        while chunk := file.read(_CHUNK):
            content += chunk
            if len(content) > _LARGEST:
                raise DrawError("larger than 512 MiB")
    return bytes(content)


def _target(path: str, bundle_path: str) -> str:
    """Where to write: links followed, and nothing replaced that is no ordinary file."""
    with suppress(FileNotFoundError):
        mode = os.stat(path).st_mode
        if stat.S_ISDIR(mode):
            raise DrawError("is a directory")
        if not stat.S_ISREG(mode):
            raise DrawError("is not an ordinary file")
        with suppress(FileNotFoundError):
            if os.path.samefile(path, bundle_path):
                raise DrawError("is the same file as BUNDLE")
    if not os.path.basename(path):
        raise DrawError("names no file")
    return os.path.realpath(path)


@contextmanager
def _written(target: str, content: bytes) -> Iterator[None]:
    """The content under a temporary name; the body passes → renamed, anything else → removed."""
    temporary = os.path.join(os.path.dirname(target), f".draw-{os.urandom(8).hex()}.tmp")
    try:
        with open(temporary, "xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        yield
        os.replace(temporary, target)
    except BaseException:
        with suppress(OSError):
            os.unlink(temporary)
        raise
