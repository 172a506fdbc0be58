"""The command `didaskaleio`: its first word says which program, and only that one is imported.

`didaskaleio draw verify` must start at once on a stranger's machine, without Django.
"""

from __future__ import annotations

import sys
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

# Each target takes the remaining words and returns the exit code.
WORDS = {
    "credential": "didaskaleio.credentials.command:main",
    "demo": "didaskaleio.site.demo:main",
    "draw": "didaskaleio.enrolment.draw.command:main",
    "manage": "didaskaleio.site.manage:main",
    "ranking": "didaskaleio.registers.ranking.command:main",
}
WRONG_ARGUMENTS = 2
INTERRUPTED = 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Εντολή της πλατφόρμας: runs the program that the first word names; returns its exit code."""
    first, *rest = (sys.argv[1:] if arguments is None else list(arguments)) or [""]
    usage = f"usage: didaskaleio {'|'.join(sorted(WORDS))} ..."
    if first in {"-h", "--help", "help"}:
        print(usage)  # noqa: T201
        return 0
    if first not in WORDS:
        print(f"{usage} (not {first!r})" if first else usage, file=sys.stderr)  # noqa: T201
        return WRONG_ARGUMENTS
    try:
        return _run(first, rest)
    except KeyboardInterrupt:
        return INTERRUPTED


def _run(word: str, rest: list[str]) -> int:
    module, _, function = WORDS[word].partition(":")
    code = getattr(import_module(module), function)(rest)
    return code or 0
