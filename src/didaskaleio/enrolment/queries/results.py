"""Results of a draw (αποτελέσματα): public by number, «why not me», the order of issue."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from didaskaleio.enrolment.models import Draw, IssuedNumber, ParticipationApplication, WaitingList
from didaskaleio.programmes.models import Programme, TrainingPeriod

HEAVY = ("frozen", "bundle", "result", "secret_sealed", "secret_escrow")
WIDE, NARROW, MARGIN = 700, 340, 8


@dataclass(frozen=True)
class Stop:
    """One preference on the way (SPEC-draw §7): places, rank of the last placed, own rank."""

    order: int
    programme: Programme
    places: int
    last: int | None
    rank: int
    total: int

    @property
    def obtained(self) -> bool:
        return self.last is not None and self.rank <= self.last

    def _x(self, rank: int, width: int) -> float:
        share = (rank - 1) / max(1, self.total - 1)
        return round(MARGIN + share * (width - 2 * MARGIN), 1)

    @property
    def wide(self) -> dict[str, float | str]:
        return self._drawing(WIDE)

    @property
    def narrow(self) -> dict[str, float | str]:
        return self._drawing(NARROW)

    def _drawing(self, width: int) -> dict[str, float | str]:
        """Where the line, the mark and the words of the picture stand, in units of its box."""
        me, cut = self._x(self.rank, width), self._x(self.last or 1, width)
        return {
            "width": width,
            "all": width - 2 * MARGIN,
            "in": f"{max(0.0, cut - MARGIN):.1f}" if self.last else "0",
            "cut": f"{cut:.1f}",
            "cut_text": f"{min(max(cut, 80), width - 80):.1f}",
            "me": f"{me:.1f}",
            "me_text": f"{min(max(me, 50), width - 50):.1f}",
        }


@dataclass(frozen=True)
class Answer:
    """What the draw gave to one number, and why (γιατί όχι εγώ)."""

    application: ParticipationApplication
    total: int
    stops: list[Stop]

    @property
    def obtained(self) -> Stop | None:
        return next((stop for stop in self.stops if stop.obtained), None)


def light(rows: QuerySet[Draw] | None = None) -> QuerySet[Draw]:
    """Draws without their large files."""
    found = Draw.objects.all() if rows is None else rows
    return found.defer(*HEAVY).select_related(
        "period__action__body", "first_officer", "second_officer", "work"
    )


def drawn(period: TrainingPeriod) -> QuerySet[ParticipationApplication]:
    """The applications of the draw in its order."""
    rows = ParticipationApplication.objects.filter(period=period, rank__isnull=False)
    return rows.select_related("submission").order_by("rank")


def answers(draw: Draw, applications: Iterable[ParticipationApplication]) -> list[Answer]:
    """What the draw gave to each of ``applications`` (of one page): two queries for all.

    A programme whose last placed rank is r had a place for everybody up to r and for nobody
    after, so the first such preference is the one that the draw gave.
    """
    rows = list(applications)
    codes = {code for row in rows if row.submission for code in row.submission.preferences}
    lists = WaitingList.objects.filter(programme__period=draw.period, programme__code__in=codes)
    found = lists.select_related("programme__cluster", "programme__centre", "programme__category")
    known = {each.programme.code: each for each in found.defer("numbers")}
    total = int(draw.figures.get("applications", 0))
    return [Answer(row, total, _stops(row, known, total)) for row in rows]


def _stops(row: ParticipationApplication, known: dict[str, WaitingList], total: int) -> list[Stop]:
    stops: list[Stop] = []
    preferences = row.submission.preferences if row.submission else []
    for order, code in enumerate((code for code in preferences if code in known), start=1):
        each = known[code]
        stops.append(
            Stop(order, each.programme, each.places, each.last_placed_rank, row.rank or 0, total)
        )
        if stops[-1].obtained:
            break
    return stops


def why(draw: Draw, number: str) -> Answer | None:
    """The answer for one number of the draw, None where the draw does not have it."""
    row = drawn(draw.period).filter(number=number).first()
    return answers(draw, [row])[0] if row else None


@dataclass(frozen=True)
class Issued:
    """A number in the order of issue, and where it ended (SPEC-draw §1.2)."""

    position: int
    number: str
    head: str
    fate: str


def fates(draw: Draw, issued: Sequence[IssuedNumber]) -> list[Issued]:
    """Each number of a page: in the bundle, withdrawn or left out; one query for all."""
    rows = ParticipationApplication.objects.filter(
        period_id=draw.period_id, number__in=[each.number for each in issued]
    )
    known = {row.number: row for row in rows.only("number", "in_draw", "state", "excluded_reason")}
    return [
        Issued(each.position, each.number, each.head, _fate(draw, known.get(each.number)))
        for each in issued
    ]


def _fate(draw: Draw, row: ParticipationApplication | None) -> str:
    if draw.frozen_at is None:
        return "Πριν από το πάγωμα"
    if row is None:
        return "Χωρίς αίτηση"
    if row.in_draw:
        return "Στη λίστα της κλήρωσης"
    if row.excluded_reason:
        article = row.excluded_reason.rpartition("(")[2].rstrip(")")
        return f"Εκτός: δεν πληροί τις προϋποθέσεις ({article})"
    return "Αποσύρθηκε πριν από το πάγωμα"
