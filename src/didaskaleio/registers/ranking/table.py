"""Ο δημόσιος πίνακας (the public table): a CSV of codes without names that anybody recomputes.

Format 1, described in ``docs/ranking.md``: ASCII, ``;`` between cells, comma for decimals, as
Greek sheets open it. Its columns follow from the rules; nothing but what counts is in it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from didaskaleio.kernel.forms.definition import Kind, Question, Way
from didaskaleio.kernel.forms.points import Measure, Score
from didaskaleio.registers.ranking import cells
from didaskaleio.registers.ranking.errors import MalformedError
from didaskaleio.registers.ranking.ordering import Entry, Outcome, Standing
from didaskaleio.registers.ranking.rules import Rules

SEPARATOR: Final = ";"
END: Final = "\r\n"
LONGEST_LINE: Final = 1 << 18  # characters: some 2,000 questions
MOST_LINES: Final = 1_000_000
OF_QUESTION: Final = ("counted", "allowed", "points")
FIRST: Final = ("code", "position", "outcome", "excluded", "points")


@dataclass(frozen=True, slots=True)
class Line:
    """Μια γραμμή του πίνακα as somebody published it: nothing in it is computed here.

    ``points`` are those of the columns ``*.points`` in their order, sections and questions.
    """

    number: int
    entry: Entry
    position: int | None
    outcome: Outcome
    total: Decimal
    points: tuple[Decimal, ...]


def columns(rules: Rules) -> tuple[str, ...]:
    """The names of the columns."""
    parts = [f"{key}.points" for key in _sections(rules)]
    asked = [f"{one.key}.{end}" for one in rules.scored() for end in OF_QUESTION]
    return (*FIRST, *parts, *asked, *(f"{one.key}.answer" for one in rules.compared()))


def names_of_points(rules: Rules) -> tuple[str, ...]:
    """The columns of computed points without the total: sections, then questions."""
    return tuple(name for name in columns(rules) if name.endswith(".points"))


def points_of(found: Score) -> Iterator[Decimal]:
    """The computed points in the order of these columns."""
    yield from (part.points for part in found.sections)
    yield from (line.points for part in found.sections for line in part.lines)


def _sections(rules: Rules) -> list[str]:
    return [one.key for one in rules.form.sections if any(q.rule for q in one.questions)]


# Writing ----------------------------------------------------------------------------------------


def write(rules: Rules, standings: Iterable[Standing]) -> Iterator[str]:
    """The lines of the table with their ends; raises :class:`MalformedError`."""
    yield SEPARATOR.join(columns(rules)) + END
    scored, compared = rules.scored(), rules.compared()
    for one in standings:
        yield SEPARATOR.join(_cells(one, scored, compared)) + END


def _cells(one: Standing, scored: Sequence[Question], compared: Sequence[Question]) -> list[str]:
    entry, found = one.entry, one.score
    lines = {line.question: line.points for part in found.sections for line in part.lines}
    row = [
        cells.code(entry.code),
        str(one.position or ""),
        one.outcome.value,
        cells.key(entry.excluded) if entry.excluded else "",
        cells.write_number(found.points),
    ]
    row += [cells.write_number(part.points) for part in found.sections]
    for asked in scored:
        ceiling = entry.ceilings.get(asked.key)
        row += [
            _counted(entry.measures.get(asked.key)),
            "" if ceiling is None else cells.write_number(ceiling),
            cells.write_number(lines[asked.key]),
        ]
    return row + [_answer(asked, entry.compared.get(asked.key)) for asked in compared]


def _counted(measure: Measure | None) -> str:
    if measure is None:
        return ""
    return cells.write_keys(measure) if isinstance(measure, tuple) else cells.write_number(measure)


def _answer(asked: Question, size: Decimal | None) -> str:
    is_day = asked.kind == Kind.DATE
    if size is None or (is_day and not size):
        return ""
    return cells.write_day(size) if is_day else cells.write_number(size)


# Reading ----------------------------------------------------------------------------------------


def read(rules: Rules, lines: Iterable[bytes]) -> Iterator[Line]:
    """The lines of a published table; raises :class:`MalformedError` naming line and column.

    ``lines`` are those of the file, each at most ``LONGEST_LINE`` and a little long.
    """
    rows = _rows(lines)
    header = next(rows, None)
    expected = columns(rules)
    if header is None or tuple(header[1]) != expected:
        raise MalformedError(_of_header(header[1] if header else [], expected))
    reader = _LineReader(rules)
    return (reader.read(number, row) for number, row in rows)


def _rows(lines: Iterable[bytes]) -> Iterator[tuple[int, list[str]]]:
    for number, raw in enumerate(lines, 1):
        if number > MOST_LINES + 1:
            raise MalformedError(f"ο πίνακας έχει πάνω από {MOST_LINES} γραμμές")
        if len(raw) > LONGEST_LINE:
            raise MalformedError(f"γραμμή {number}: πολύ μεγάλη")
        if not raw.isascii():
            raise MalformedError(f"γραμμή {number}: έχει χαρακτήρα εκτός ASCII")
        text = raw.decode("ascii").removesuffix("\n").removesuffix("\r")
        yield number, text.split(SEPARATOR)


def _of_header(found: Sequence[str], expected: Sequence[str]) -> str:
    pairs = zip(found, expected, strict=False)
    at = next((n for n, (a, b) in enumerate(pairs) if a != b), min(len(found), len(expected)))
    wanted = expected[at] if at < len(expected) else "το τέλος της γραμμής"
    there = cells.shown(found[at]) if at < len(found) else "τίποτε"
    return f"γραμμή 1, στήλη {at + 1}: οι κανόνες θέλουν «{wanted}» και ο πίνακας έχει «{there}»"


class _LineReader:
    """Reads rows whose columns are those of the rules; one grammar for each column."""

    def __init__(self, rules: Rules) -> None:
        self.columns = columns(rules)
        scored, compared = rules.scored(), rules.compared()
        reasons = {one.key for one in rules.exclusions}
        parts = len(_sections(rules))
        self.asked = tuple(one.key for one in scored)
        self.compared = tuple(one.key for one in compared)
        self.starts = len(FIRST) + parts
        self.ends = self.starts + len(OF_QUESTION) * len(scored)
        self.cells: list[Callable[[str], Any]] = [
            cells.code,
            _or_none(cells.read_whole),
            _outcome,
            lambda text: _among(reasons, text),
            *[cells.read_number] * (parts + 1),
            *(cell for one in scored for cell in _of_question(one)),
            *(_or_none(_of_answer(one)) for one in compared),
        ]

    def read(self, number: int, row: list[str]) -> Line:
        if len(row) != len(self.columns):
            raise MalformedError(
                f"γραμμή {number}: {len(row)} κελιά, ενώ οι στήλες είναι {len(self.columns)}"
            )
        found: list[Any] = []
        try:
            for read, text in zip(self.cells, row, strict=True):
                found.append(read(text))  # its length names the column of a refusal
        except MalformedError as error:
            column = self.columns[len(found)]
            raise MalformedError(f"γραμμή {number}, {column}: {error}") from None
        return self._line(number, found)

    def _line(self, number: int, found: list[Any]) -> Line:
        asked, ends = found[self.starts : self.ends], self.ends
        entry = Entry(
            code=found[0],
            measures=_present(self.asked, asked[0::3]),
            ceilings=_present(self.asked, asked[1::3]),
            compared=_present(self.compared, found[ends:]),
            excluded=found[3],
        )
        points = (*found[len(FIRST) : self.starts], *asked[2::3])
        return Line(number, entry, found[1], found[2], found[4], points)


def _present(keys: Sequence[str], values: Sequence[Any]) -> dict[str, Any]:
    return {key: value for key, value in zip(keys, values, strict=True) if value is not None}


def _or_none(read: Callable[[str], Any]) -> Callable[[str], Any]:
    return lambda text: read(text) if text else None


def _outcome(text: str) -> Outcome:
    try:
        return Outcome(text)
    except ValueError:
        raise MalformedError(f"«{cells.shown(text)}» δεν είναι έκβαση") from None


def _among(reasons: AbstractSet[str], text: str) -> str:
    if text and text not in reasons:
        raise MalformedError(f"«{cells.shown(text)}» δεν είναι λόγος αποκλεισμού των κανόνων")
    return text


def _of_question(one: Question) -> tuple[Callable[[str], Any], ...]:
    counted: Callable[[str], Any] = cells.read_number
    if one.rule and one.rule.way == Way.PER_OPTION:
        known = {key for key, _ in one.rule.options}
        counted = lambda text: _options(known, text)  # noqa: E731 - beside its other form
    return _or_none(counted), _or_none(cells.read_number), cells.read_number


def _options(known: AbstractSet[str], text: str) -> tuple[str, ...]:
    keys = cells.read_keys(text)
    if not known >= set(keys):
        raise MalformedError(f"«{cells.shown(text)}»: επιλογή χωρίς μόρια στους κανόνες")
    return keys


def _of_answer(one: Question) -> Callable[[str], Any]:
    return cells.read_day if one.kind == Kind.DATE else cells.read_signed
