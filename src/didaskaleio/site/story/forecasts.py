"""Forecasts in the story: of the advanced action, in two versions."""

from __future__ import annotations

from datetime import date

from didaskaleio.observatory import operations
from didaskaleio.observatory.dimensioning import Assumptions
from didaskaleio.programmes.models import TrainingAction
from didaskaleio.site.story.cast import Cast
from didaskaleio.site.story.moments import local

DAYS = (date(2022, 10, 10), date(2023, 2, 26))


def made(cast: Cast, action: TrainingAction) -> None:
    """A forecast of the officer, and a week later another with fewer people."""
    for at, people in ((local(2023, 1, 9, 12), 1_200), (local(2023, 1, 16, 12), 900)):
        operations.forecast(
            action,
            Assumptions(people=people),
            first_day=DAYS[0],
            last_day=DAYS[1],
            actor=cast.actor("officer"),
            at=at,
        )
