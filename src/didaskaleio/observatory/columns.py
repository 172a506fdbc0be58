"""Columns that may be chosen (στήλες): those of a subject and of what its ways lead to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from didaskaleio.kernel import subjects
from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.subjects import Field, Many, Subject
from didaskaleio.observatory.errors import DefinitionError

FARTHEST = 3  # ways from the rows to a column


@dataclass(frozen=True)
class Passed:
    """A way that was passed: its words, the database path so far, and whose rows stand there."""

    word: str
    title: str
    path: str
    subject: Subject


@dataclass(frozen=True)
class Chosen:
    """A column that was chosen (επιλεγμένη στήλη): what it is and by which ways it is reached."""

    column: Field | Many
    ways: tuple[Passed, ...] = ()

    @property
    def key(self) -> str:
        return ".".join([*(one.word for one in self.ways), self.column.name])

    @property
    def title(self) -> str:
        return " · ".join([*(one.title for one in self.ways), self.column.title])

    @property
    def prefix(self) -> str:
        return f"{self.ways[-1].path}__" if self.ways else ""

    @property
    def kind(self) -> str:
        return self.column.kind if isinstance(self.column, Field) else "number"

    @property
    def numeric(self) -> bool:
        return self.kind in {"number", "hours"}

    @property
    def sensitive(self) -> bool:
        return isinstance(self.column, Field) and self.column.sensitive

    @property
    def choices(self) -> Mapping[str, str]:
        return dict(self.column.choices) if isinstance(self.column, Field) else {}

    def open_to(self, actor: Actor) -> bool:
        """Whether the person may see it on any row at all."""
        counted = isinstance(self.column, Many)
        asked = [one.subject for one in self.ways]
        if counted:
            asked.append(subjects.known[self.column.subject])  # type: ignore[union-attr]
        return all(one.open_to(actor) for one in asked)


@dataclass(frozen=True)
class Family:
    """The columns that stand together in the builder: of the rows, or of one way."""

    title: str
    columns: tuple[Chosen, ...]


def subject(name: str) -> Subject:
    """The subject of this name; refused where no room declares it."""
    found = subjects.known.get(name)
    if found is None:
        raise DefinitionError("Δεν υπάρχει τέτοιο θέμα αναφορών. Διαλέξτε ένα από τη λίστα.")
    return found


def families(name: str, actor: Actor) -> list[Family]:
    """What the person may choose from: first the columns of the rows, then those of each way."""
    found: dict[tuple[Passed, ...], list[Chosen]] = {}
    for one in _all(name).values():
        if one.open_to(actor):
            found.setdefault(one.ways, []).append(one)
    return [
        Family(" · ".join(way.title for way in ways), tuple(columns))
        for ways, columns in found.items()
    ]


def resolve(name: str, key: object) -> Chosen:
    """The column ``key`` (``way.way.column``) of the subject ``name``."""
    found = _all(subject(name).name).get(str(key))
    if found is None:
        raise _refused(subject(name), str(key).split("."))
    return found


@cache
def _all(name: str) -> Mapping[str, Chosen]:
    return {one.key: one for one in _walked(subject(name), (), frozenset({name}))}


def _walked(here: Subject, ways: tuple[Passed, ...], seen: frozenset[str]) -> Iterator[Chosen]:
    """The columns of ``here``, then behind each way that leads to nothing seen before."""
    yield from (Chosen(column, ways) for column in here.columns)
    if len(ways) == FARTHEST:
        return
    before = f"{ways[-1].path}__" if ways else ""
    for way in here.ways:
        if way.subject not in seen:
            there = subject(way.subject)
            passed = Passed(way.name, way.title, f"{before}{way.path}", there)
            yield from _walked(there, (*ways, passed), seen | {way.subject})


def _refused(here: Subject, words: list[str]) -> DefinitionError:
    """Why a column is not there: too far, in a circle, or unknown."""
    seen = {here.name}
    for word in words[:-1]:
        way = next((one for one in here.ways if one.name == word), None)
        if way is None:
            break
        if way.subject in seen:
            return DefinitionError(
                f"Η σύνδεση «{way.title}» γυρίζει σε ό,τι υπάρχει ήδη στην αναφορά (κύκλος). "
                "Διαλέξτε τη στήλη από εκεί."
            )
        here = subject(way.subject)
        seen.add(here.name)
    if len(words) > FARTHEST + 1:
        return DefinitionError(
            f"Μια στήλη απέχει έως {FARTHEST} συνδέσεις από τις γραμμές. Διαλέξτε πλησιέστερη."
        )
    name = ".".join(words)[:60].replace("\0", "")
    return DefinitionError(
        f"Δεν υπάρχει στήλη «{name}» σε αυτό το θέμα. Διαλέξτε στήλες από τη λίστα."
    )
