"""Εντολή ``didaskaleio ranking verify TABLE.csv RULES.json``: a ranking checked on any machine.

Exit 0 the table holds; 1 it differs, the first differing lines on the output; 2 it could not be
decided, one line on the error output. Neither database nor configuration nor network is used.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO, Any, Final

from didaskaleio.kernel import greek
from didaskaleio.registers.ranking import rules as rules_file
from didaskaleio.registers.ranking.errors import MalformedError
from didaskaleio.registers.ranking.rules import Rules
from didaskaleio.registers.ranking.table import LONGEST_LINE
from didaskaleio.registers.ranking.verification import Verdict, verify

USAGE: Final = "χρήση: didaskaleio ranking verify ΠΙΝΑΚΑΣ.csv ΚΑΝΟΝΕΣ.json"
HOLDS, DIFFERS, UNDECIDED = 0, 1, 2
LARGEST_RULES: Final = 16 << 20  # bytes; of the table, each line and their number are bounded


def main(arguments: Sequence[str]) -> int:
    """Επαλήθευση κατάταξης: the exit code; ``arguments`` are the words after ``ranking``."""
    for stream in (sys.stdout, sys.stderr):
        _speak(stream)
    match arguments:
        case ["-h" | "--help"]:
            return _say(USAGE) or HOLDS
        case ["verify", str(table), str(rules)]:
            return _outcome(table, rules)
        case _:
            return _refuse(USAGE)


def _speak(stream: Any) -> None:
    """A terminal without Greek shows something else for it and does not fail."""
    with suppress(AttributeError, ValueError):
        stream.reconfigure(errors="replace")


def _outcome(table: str, rules: str) -> int:
    try:
        return _verify(Path(table), Path(rules))
    except MalformedError as error:
        return _refuse(str(error))
    except MemoryError:
        return _refuse("η μνήμη δεν αρκεί για πίνακα αυτού του μεγέθους")


def _verify(table: Path, rules: Path) -> int:
    read, digest_of_rules = _rules(rules)
    digest = hashlib.sha256()
    try:
        with table.open("rb") as file:
            verdict = verify(read, _lines(file, digest))
    except (OSError, ValueError) as error:
        raise _unreadable("ο πίνακας", table, error) from None
    except MalformedError as error:
        raise MalformedError(f"ο πίνακας {table}: {error}") from None
    digests = (
        f"SHA-256 πίνακα {digest.hexdigest()}, κανόνων {digest_of_rules}; "
        f"δέσμευση κλήρωσης {read.lot.commitment}"
    )
    return _tell(verdict, digests)


def _rules(path: Path) -> tuple[Rules, str]:
    try:
        with path.open("rb") as file:
            raw = file.read(LARGEST_RULES + 1)
    except (OSError, ValueError) as error:
        raise _unreadable("οι κανόνες", path, error) from None
    try:
        if len(raw) > LARGEST_RULES:
            raise MalformedError("μεγαλύτεροι από 16 MiB")
        return rules_file.read(raw), hashlib.sha256(raw).hexdigest()
    except MalformedError as error:
        raise MalformedError(f"οι κανόνες {path}: {error}") from None


def _unreadable(what: str, path: Path, error: Exception) -> MalformedError:
    reason = (error.strerror if isinstance(error, OSError) else None) or "δεν διαβάζεται"
    return MalformedError(f"{what} {path}: {reason}")


def _lines(file: IO[bytes], digest: Any) -> Iterator[bytes]:
    while line := file.readline(LONGEST_LINE + 1):
        digest.update(line)
        yield line


def _tell(verdict: Verdict, digests: str) -> int:
    many = greek.count(verdict.candidacies, "υποψηφιότητα", "υποψηφιότητες")
    if verdict.holds:
        return _say(f"ΣΥΜΦΩΝΕΙ: {many}, μόρια, σειρά και εκβάσεις όπως δημοσιεύτηκαν. {digests}")
    lines = greek.count(verdict.differing, "γραμμή", "γραμμές")
    _say(f"ΔΙΑΦΕΡΕΙ: {lines} από {many}. {digests}")
    for one in verdict.told:
        _say(
            f"  γραμμή {one.line}, υποψηφιότητα {one.code}, {one.column}: "
            f"δημοσιεύτηκε {one.published}, υπολογίζεται {one.computed}"
        )
    if verdict.differing > len(verdict.told):
        _say("  …")
    return DIFFERS


def _say(line: str) -> int:
    print(line, flush=True)  # noqa: T201
    return HOLDS


def _refuse(line: str) -> int:
    with suppress(OSError):
        print(f"didaskaleio ranking: {line}", file=sys.stderr, flush=True)  # noqa: T201
    return UNDECIDED
