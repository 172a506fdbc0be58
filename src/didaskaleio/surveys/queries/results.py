"""Results of one closed survey: means and distributions, with small numbers hidden.

The one way by which pages, sheets and documents reach the figures.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, QuerySet

from didaskaleio.kernel import greek
from didaskaleio.kernel.forms.definition import Kind, Option, Question
from didaskaleio.surveys.enums import SurveyState
from didaskaleio.surveys.models import Cell, OpenAnswer, Survey
from didaskaleio.surveys.suppression import SMALLEST, shown, shown_each

Counts = Mapping[tuple[str, str], Mapping[str, int]]
MEASURED = frozenset({Kind.SCALE, Kind.MATRIX})
HUNDREDTH = Decimal("0.01")


@dataclass(frozen=True)
class Bar:
    """One option: words, how many (None: hidden), their share of 1."""

    label: str
    count: int | None
    share: Decimal | None

    @property
    def width(self) -> str:
        """How long the bar is, out of 100."""
        return f"{self.share * 100:.1f}" if self.share else ""

    @property
    def percent(self) -> str:
        return "" if self.share is None else f"{greek.number(self.share * 100, 1)} %"


@dataclass(frozen=True)
class Result:
    """One question, or one line of a matrix: how many answered (None: fewer than 5) and what."""

    question: str
    line: str
    title: str
    under: str
    asked: int | None
    mean: Decimal | None
    top: int | None
    bars: tuple[Bar, ...]

    @property
    def hides(self) -> bool:
        """Whether some cell is hidden."""
        return any(bar.count is None for bar in self.bars)

    @property
    def tells(self) -> bool:
        """Whether some cell that somebody chose is shown."""
        return any(bar.count for bar in self.bars)


@dataclass(frozen=True)
class Words:
    """An open question: its words, and how many answered it (None: fewer than 5)."""

    question: str
    title: str
    asked: int | None


def weights_of(asked: Question) -> dict[str, int]:
    """What each option counts for in a mean: the step of a scale, the place in a matrix."""
    if asked.kind == Kind.SCALE:
        steps = range(int(asked.low or 0), int(asked.high or 0) + 1)
        return {str(step): step for step in steps}
    return {option.key: place for place, option in enumerate(asked.options, start=1)}


def results(survey: Survey) -> list[Result]:
    """Every closed question of a closed survey; nothing where fewer than five answered."""
    if survey.state != SurveyState.CLOSED or (survey.answered or 0) < SMALLEST:
        return []
    counts: dict[tuple[str, str], dict[str, int]] = defaultdict(dict)
    for cell in Cell.objects.filter(survey=survey):
        counts[cell.question, cell.line][cell.option] = cell.count
    return [
        found for asked in survey.version.parsed().questions() for found in _results(asked, counts)
    ]


def _results(asked: Question, counts: Counts) -> Iterator[Result]:
    if asked.kind in {Kind.TEXT, Kind.LONG_TEXT}:
        return
    if asked.kind == Kind.MATRIX:
        for line in asked.lines:
            yield _result(asked, line, counts.get((asked.key, line.key), {}))
    else:
        yield _result(asked, None, counts.get((asked.key, ""), {}))


def _result(asked: Question, line: Option | None, given: Mapping[str, int]) -> Result:
    weights = weights_of(asked)
    measured = asked.kind in MEASURED
    many = [given.get(key, 0) for key in weights]
    several = asked.kind == Kind.CHOICES
    people = given.get("", 0) if several else sum(many)
    cells = (
        shown_each(many, people)
        if several
        else shown(many, list(weights.values()) if measured else None)
    )
    enough = people >= SMALLEST
    total = sum(given.get(key, 0) * weight for key, weight in weights.items())
    return Result(
        question=asked.key,
        line=line.key if line else "",
        title=line.label if line else asked.label,
        under=asked.label if line else "",
        asked=people if enough else None,
        mean=(Decimal(total) / people).quantize(HUNDREDTH) if enough and measured else None,
        top=max(weights.values()) if measured else None,
        bars=_bars(asked, cells, people),
    )


def _bars(asked: Question, cells: tuple[int | None, ...], people: int) -> tuple[Bar, ...]:
    labels = [option.label for option in asked.options] or list(weights_of(asked))
    return tuple(
        Bar(label, count, Decimal(count) / people if count is not None and people else None)
        for label, count in zip(labels, cells, strict=True)
    )


def words(survey: Survey) -> list[Words]:
    """The open questions of a closed survey."""
    if survey.state != SurveyState.CLOSED or (survey.answered or 0) < SMALLEST:
        return []
    rows = OpenAnswer.objects.filter(survey=survey).values_list("question").annotate(Count("pk"))
    many = dict(rows)
    return [
        Words(one.key, one.label, many[one.key] if many.get(one.key, 0) >= SMALLEST else None)
        for one in survey.version.parsed().questions()
        if one.kind in {Kind.TEXT, Kind.LONG_TEXT}
    ]


def texts(survey: Survey, question: str) -> QuerySet[OpenAnswer]:
    """The answers in words to one question, in no order; none where fewer than five gave one."""
    known = {one.question for one in words(survey) if one.asked is not None}
    rows = OpenAnswer.objects.filter(survey=survey, question=question).order_by("key")
    return rows if question in known else rows.none()
