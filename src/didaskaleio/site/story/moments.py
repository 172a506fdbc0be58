"""The moments of the story: when the demonstration begins, and the phases of its periods."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from didaskaleio.kernel.clock import ATHENS


def local(year: int, month: int, day: int, hour: int = 9, minute: int = 0) -> datetime:
    """A moment in Greek time."""
    return datetime(year, month, day, hour, minute, tzinfo=ATHENS)


BEGINNING = local(2022, 1, 10)
NOW = local(2023, 1, 18, 10, 0)


@dataclass(frozen=True)
class Calendar:
    """The moments of one period (φάσεις περιόδου)."""

    announced: datetime
    proposals: tuple[datetime, datetime]
    phase_a: tuple[datetime, datetime]
    phase_b: tuple[datetime, datetime]
    enrolment: tuple[datetime, datetime]
    first_day: date
    last_day: date

    def columns(self) -> dict[str, Any]:
        """The same as columns of a training period."""
        first = self.first_day
        return {
            "proposals_open": self.proposals[0],
            "proposals_close": self.proposals[1],
            "phase_a_opens": self.phase_a[0],
            "phase_a_closes": self.phase_a[1],
            "phase_b_opens": self.phase_b[0],
            "phase_b_closes": self.phase_b[1],
            "enrolment_opens": self.enrolment[0],
            "enrolment_closes": self.enrolment[1],
            "first_day": first,
            "last_day": self.last_day,
            "starts_at": local(first.year, first.month, first.day, 8),
        }

    @property
    def drawn(self) -> datetime:
        """When the two officers enter the beacon: the second day after the deadline."""
        return self.phase_a[1] + timedelta(hours=46)


# an earlier action, completed
B1 = Calendar(
    local(2022, 1, 17),
    (local(2022, 1, 18), local(2022, 1, 28, 15)),
    (local(2022, 1, 31), local(2022, 2, 4, 15)),
    (local(2022, 2, 9), local(2022, 2, 10, 15)),
    (local(2022, 2, 11), local(2022, 2, 16, 15)),
    date(2022, 2, 28),
    date(2022, 6, 26),
)
# the 1st period of Β2: running
FIRST = Calendar(
    local(2022, 9, 1),
    (local(2022, 9, 2), local(2022, 9, 14, 15)),
    (local(2022, 9, 16), local(2022, 9, 23, 15)),
    (local(2022, 9, 28), local(2022, 9, 29, 15)),
    (local(2022, 9, 30), local(2022, 10, 6, 15)),
    date(2022, 10, 10),
    date(2023, 2, 26),
)
# a supplementary period: drawn and in phase B
SUPPLEMENTARY = Calendar(
    local(2022, 11, 21),
    (local(2022, 11, 22), local(2022, 12, 9, 15)),
    (local(2022, 12, 14), local(2023, 1, 12, 15)),
    (local(2023, 1, 17, 10), local(2023, 1, 19, 15)),
    (local(2023, 1, 23), local(2023, 1, 30, 15)),
    date(2023, 2, 13),
    date(2023, 6, 18),
)
# the 2nd period of Β2, March to June 2023 (seed 001): phase A open
SECOND = Calendar(
    local(2022, 11, 28, 10),
    (local(2022, 12, 1), local(2022, 12, 23, 15)),
    (local(2023, 1, 9), local(2023, 1, 20, 15)),
    (local(2023, 1, 25, 10), local(2023, 1, 27, 15)),
    (local(2023, 1, 30), local(2023, 2, 8, 15)),
    date(2023, 3, 6),
    date(2023, 7, 2),
)
# the period after: centres propose
THIRD = Calendar(
    local(2023, 1, 12),
    (local(2023, 1, 16), local(2023, 2, 10, 15)),
    (local(2023, 4, 24), local(2023, 5, 12, 15)),
    (local(2023, 5, 17, 10), local(2023, 5, 19, 15)),
    (local(2023, 5, 22), local(2023, 6, 2, 15)),
    date(2023, 9, 18),
    date(2024, 1, 21),
)
