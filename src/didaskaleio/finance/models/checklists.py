"""Supporting documents (δικαιολογητικά πληρωμής) of a payee, with their validity."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import models
from django.db.models import Q
from django.utils.timezone import localdate

from didaskaleio.finance.enums import PaperKind, PaperState
from didaskaleio.finance.models.payees import Payee
from didaskaleio.kernel.models import StoredFile

MOMENT = timedelta(microseconds=1)


class Paper(models.Model):
    """Supporting document (δικαιολογητικό): given once, used by every contract that needs it.

    ``ends_at`` is its first moment without force; None where the kind does not expire.
    """

    payee = models.ForeignKey(Payee, models.PROTECT, related_name="papers")
    kind = models.CharField(max_length=14, choices=PaperKind)
    file = models.OneToOneField(StoredFile, models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=PaperState, default=PaperState.SUBMITTED)
    remind_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField(null=True)
    refusal = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["state", "remind_at"], name="paper_remind"),
            models.Index(fields=["state", "ends_at"], name="paper_lapse"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["payee", "kind"], condition=Q(state="submitted"), name="paper_one_waits"
            ),
            models.UniqueConstraint(
                fields=["payee", "kind"],
                condition=Q(state="accepted") | Q(state="ending"),
                name="paper_one_holds",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.payee}"

    @property
    def label(self) -> str:
        """What it is."""
        return str(self.get_kind_display())

    @property
    def last_day(self) -> date | None:
        """The last day on which it holds; None where it does not expire."""
        return localdate(self.ends_at - MOMENT) if self.ends_at else None
