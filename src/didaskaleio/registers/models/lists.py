"""Published lists of a call (πίνακες κατάταξης): what is announced before; the lists."""

from __future__ import annotations

import hashlib
from decimal import Decimal

from django.db import models

from didaskaleio.kernel import greek
from didaskaleio.registers.enums import Ground, ListStage
from didaskaleio.registers.models.calls import Call, CallAct, Candidacy
from didaskaleio.registers.ranking import Outcome

OBJECTION_DAYS = 5
OUTCOMES = (
    (Outcome.SELECTED.value, "Επιλέγεται"),
    (Outcome.RUNNER_UP.value, "Επιλαχούσα"),
    (Outcome.BELOW.value, "Κάτω από το όριο μορίων"),
    (Outcome.EXCLUDED.value, "Αποκλείεται"),
)


KINDS = {
    Outcome.SELECTED.value: "good",
    Outcome.RUNNER_UP.value: "info",
    Outcome.BELOW.value: "wait",
    Outcome.EXCLUDED.value: "bad",
}


class ListTerms(models.Model):
    """Terms of the lists of a call (όροι κατάταξης; R-019): said before anybody is a candidate.

    ``thresholds`` are ``{"of", "least"}`` as of the ranking; ``seed`` the 32 bytes of the lot,
    drawn at the publication of the call and kept from everybody until the provisional list.
    """

    call = models.OneToOneField(Call, models.PROTECT, related_name="terms")
    thresholds = models.JSONField(default=list)
    objection_days = models.PositiveSmallIntegerField(default=OBJECTION_DAYS)
    seed = models.BinaryField(max_length=32, null=True)

    @property
    def commitment(self) -> str:
        """The SHA-256 of the seed, as the call announces it; empty before the publication."""
        return hashlib.sha256(bytes(self.seed)).hexdigest() if self.seed else ""


class RankingList(models.Model):
    """Published list of a call (πίνακας κατάταξης; R-019), without names and for good.

    ``table`` and ``rules`` are the two files from which anybody computes it again.
    """

    call = models.ForeignKey(Call, models.PROTECT, related_name="lists")
    stage = models.CharField(max_length=12, choices=ListStage)
    act = models.OneToOneField(CallAct, models.PROTECT, related_name="+")
    rules = models.TextField()
    table = models.TextField()
    at = models.DateTimeField()
    objections_until = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["call", "stage"], name="list_stage_once")]

    def __str__(self) -> str:
        return f"{self.get_stage_display()}: {self.call}"


class RankingRow(models.Model):
    """A line of a list (γραμμή πίνακα): a candidacy by its code, with what stood that day.

    ``rulings`` are those of the candidacy when the list was published; ``before`` is the line of
    the same candidacy in the provisional list, ``changed`` whether this one says something else.
    """

    list = models.ForeignKey(RankingList, models.PROTECT, related_name="rows")
    candidacy = models.ForeignKey(Candidacy, models.PROTECT, related_name="standings")
    before = models.OneToOneField("self", models.PROTECT, null=True, related_name="after")
    changed = models.BooleanField(default=False)
    line = models.PositiveIntegerField()
    position = models.PositiveIntegerField(null=True)
    outcome = models.CharField(max_length=10, choices=OUTCOMES)
    excluded = models.CharField(max_length=12, blank=True)
    points = models.CharField(max_length=40)
    rulings = models.JSONField(default=dict)

    because = ""  # why the line changed, where a page asked (standings.with_reasons)

    class Meta:
        ordering = ["line"]
        constraints = [
            models.UniqueConstraint(fields=["list", "line"], name="ranking_line_once"),
            models.UniqueConstraint(fields=["list", "candidacy"], name="ranking_candidacy_once"),
        ]

    @property
    def shown_points(self) -> str:
        """The points as people read them, never rounded."""
        return greek.exact(Decimal(self.points))

    @property
    def kind(self) -> str:
        """The meaning of the outcome for the eye."""
        return KINDS[self.outcome]

    @property
    def ground(self) -> str:
        """Why it is out of the order, in words."""
        return str(Ground(self.excluded).label) if self.excluded else ""
