"""Ανάγνωση δεδομένων (reading of data): values of JSON by name, each problem with its place."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any, TypeVar

from didaskaleio.kernel.forms.definition import Problem

E = TypeVar("E", bound=StrEnum)
KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")
DECIMAL = re.compile(r"-?[0-9]{1,9}(\.[0-9]{1,6})?")


class Reader:
    """One object of a JSON document and where it stands, e.g. ``sections[0].questions[2]``."""

    def __init__(self, data: Any, place: str = "", found: list[Problem] | None = None) -> None:
        self.problems: list[Problem] = [] if found is None else found
        self.place = place
        self.data: dict[str, Any] = data if isinstance(data, dict) else {}
        if data is not None and not isinstance(data, dict):
            self.wrong("", "αναμένεται αντικείμενο { … }.")

    def wrong(self, name: str, text: str) -> None:
        """Note a problem at one of this object's names."""
        place = ".".join(part for part in (self.place, name) if part)
        self.problems.append(Problem(place or "αρχείο", text))

    def only(self, *names: str) -> None:
        """Any other name is a problem: a misspelt one must not be passed over in silence."""
        for name in self.data:
            if name not in names:
                self.wrong(str(name)[:60], "άγνωστο όνομα.")

    def inner(self, name: str) -> Reader:
        """The object that stands at a name; an empty one where none does."""
        place = f"{self.place}.{name}" if self.place else name
        return Reader(self.data.get(name), place, self.problems)

    def rows(self, name: str, most: int) -> list[Reader]:
        """The objects of the list at a name."""
        given = self.data.get(name, [])
        if not isinstance(given, list) or len(given) > most:
            self.wrong(name, f"αναμένεται κατάλογος [ … ], έως {most} στοιχεία.")
            return []
        place = f"{self.place}.{name}" if self.place else name
        return [Reader(row, f"{place}[{n}]", self.problems) for n, row in enumerate(given)]

    def text(self, name: str, most: int) -> str:
        given = self.data.get(name, "")
        if not isinstance(given, str) or len(given) > most or "\0" in given:
            self.wrong(name, f"αναμένεται κείμενο έως {most} χαρακτήρες.")
            return ""
        return given

    def word(self, name: str) -> str:
        return self.text(name, 60)

    def key(self, name: str) -> str:
        found = self.word(name)
        if not KEY.fullmatch(found):
            self.wrong(name, "κλειδί με λατινικά πεζά, αριθμούς και _, έως 40 χαρακτήρες.")
        return found

    def flag(self, name: str) -> bool:
        given = self.data.get(name, False)
        if not isinstance(given, bool):
            self.wrong(name, "γράψτε true ή false.")
        return given is True

    def whole(self, name: str, most: int) -> int:
        given = self.data.get(name, 0)
        if not isinstance(given, int) or isinstance(given, bool) or not 0 <= given <= most:
            self.wrong(name, f"ακέραιος από 0 έως {most}.")
            return 0
        return given

    def decimal(self, name: str) -> Decimal | None:
        """A decimal written as text, e.g. "2.50"."""
        given = self.data.get(name)
        if given is None:
            return None
        if isinstance(given, str) and DECIMAL.fullmatch(given):
            try:
                return Decimal(given)
            except InvalidOperation:  # pragma: no cover - the pattern admits none
                pass
        self.wrong(name, 'αριθμός ως κείμενο με τελεία, όπως "2.5".')
        return None

    def among(self, name: str, kind: type[E], otherwise: E) -> E:
        try:
            return kind(self.word(name))
        except ValueError:
            self.wrong(name, f"ένα από: {', '.join(kind)}.")
            return otherwise
