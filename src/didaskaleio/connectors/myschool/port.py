"""The port to MySchool (θύρα): what we ask of a service and tell it, whoever answers.

The agreement is ours, published as OpenAPI (docs/reference/myschool-openapi.yaml): no public
interface of MySchool is documented. Every refusal says in Greek what an officer does next.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from didaskaleio.kernel.errors import Refusal

# a spreadsheet takes a cell with such a beginning for a formula; a space before it is read away
FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class SchoolPost:
    """Service at a school (υπηρέτηση): dates as ISO text, empty when the service has none."""

    school: str
    hours: str
    organic: bool
    valid_from: str
    valid_until: str


@dataclass(frozen=True, slots=True)
class TeacherRecord:
    """A teacher as the service tells (καρτέλα): one without schools serves nowhere now.

    ``appointed_on`` is ISO text, empty when the service does not tell it.
    """

    afm: str
    am: str
    surname: str
    given_name: str
    father_name: str
    email: str
    specialty: str
    employment: str
    abroad: bool
    appointed_on: str
    schools: tuple[SchoolPost, ...]

    def lines(self) -> Iterator[list[str]]:
        """Γραμμές: the cells of an export in the order of ``COLUMNS``, a line for each school."""
        own = [
            *(self.afm, self.am, self.surname, self.given_name, self.father_name),
            *(self.email, self.specialty, self.employment, _word(self.abroad)),
            self.appointed_on,
        ]
        for post in self.schools:
            days = (post.valid_from, post.valid_until)
            yield _harmless([*own, post.school, _word(post.organic), post.hours, *days])
        if not self.schools:
            yield _harmless([*own, "", "", "", "", ""])


def _word(value: bool) -> str:  # noqa: FBT001 - a cell
    return "ναι" if value else "όχι"


def _harmless(cells: list[str]) -> list[str]:
    return [f" {cell}" if cell.startswith(FORMULA) else cell for cell in cells]


@dataclass(frozen=True, slots=True)
class Page:
    """Teachers changed after a cursor (σελίδα): ``next`` is the cursor of what follows.

    ``remaining`` teachers are still to come; the facts are of day ``as_of``.
    """

    teachers: tuple[TeacherRecord, ...]
    next: str
    remaining: int
    as_of: date


class MySchool(Protocol):
    """What the platform needs of MySchool."""

    def changed_since(self, cursor: str) -> Page:
        """The next teachers that changed after ``cursor``; an empty one asks for everybody."""

    def record(self, body: Mapping[str, object], key: str) -> None:
        """Tell of a training or certification; the same ``key`` again changes nothing."""


class ServiceError(Refusal):
    """The service did not do what it was asked; ``str`` says what to do."""


class AwayError(ServiceError):
    """No answer now: later it may be well. ``again_in`` are the seconds that it asked for."""

    def __init__(self, sentence: str, again_in: int = 0) -> None:
        super().__init__(sentence)
        self.again_in = again_in


class KeyRefusedError(AwayError):
    """The service does not know our key; somebody must mend that, then all goes on."""


class UnreadableAnswerError(ServiceError):
    """An answer that does not follow the agreement."""


class CursorExpiredError(ServiceError):
    """The service no longer keeps what changed after our cursor."""


class RecordRefusedError(ServiceError):
    """The service will not take this one training or certification."""
