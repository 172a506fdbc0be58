"""Tenders (διαγωνισμοί; 001 §4, footnote 1): lots for bodies that are not public schools."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from django.db import models
from django.db.models import F, Q

from didaskaleio.kernel import greek
from didaskaleio.kernel.fields import greek_key_field
from didaskaleio.kernel.models import AnswerSheet, FormVersion, StoredDocument, StoredFile
from didaskaleio.people.models import Person
from didaskaleio.registers.enums import AwardRule, OfferState, TenderActKind, TenderState
from didaskaleio.structures.models import ImplementingBody, Prefecture, TrainingCentre


class Tender(models.Model):
    """Tender (διαγωνισμός) for one lot: programmes of a prefecture, or of the whole country.

    ``form`` asks for the technical part; ``ceiling`` is the highest price in euro; ``weight`` the
    share of the price in the score, in percent. ``winner`` is the offer of the award decision,
    ``standstill_until`` the moment before which no contract is made.
    """

    body = models.ForeignKey(ImplementingBody, models.PROTECT, related_name="+")
    state = models.CharField(max_length=12, choices=TenderState, default=TenderState.DRAFT)
    title = models.CharField(max_length=300)
    text = models.TextField()
    prefecture = models.ForeignKey(Prefecture, models.PROTECT, null=True, related_name="+")
    form = models.ForeignKey(FormVersion, models.PROTECT, related_name="+")
    rule = models.CharField(max_length=8, choices=AwardRule, default=AwardRule.LOWEST)
    weight = models.PositiveSmallIntegerField(default=100)
    ceiling = models.DecimalField(max_digits=12, decimal_places=2)
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    standstill_days = models.PositiveSmallIntegerField(default=10)
    number = models.CharField(max_length=40, blank=True)
    published_at = models.DateTimeField(null=True)
    winner = models.OneToOneField("Offer", models.PROTECT, null=True, related_name="won")
    standstill_until = models.DateTimeField(null=True)
    sort_key = greek_key_field("title")

    class Meta:
        indexes = [models.Index(fields=["state", "closes_at"], name="tender_state")]
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_at__gt=F("opens_at")), name="tender_closes_after_it_opens"
            ),
            models.CheckConstraint(
                condition=Q(ceiling__gt=0, weight__gte=1, weight__lte=100),
                name="tender_numbers_stand",
            ),
            models.CheckConstraint(
                condition=(~Q(state="awarded") & ~Q(state="contracted"))
                | Q(winner__isnull=False, standstill_until__isnull=False),
                name="tender_awarded_has_its_winner",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def is_open(self, at: datetime) -> bool:
        """Whether offers are received at ``at``: the moment of the deadline itself is in.

        The moment alone decides, not whether the clock's step has run already.
        """
        running = self.state in {TenderState.PUBLISHED, TenderState.CLOSED}
        return running and self.opens_at <= at <= self.closes_at

    @property
    def shown_ceiling(self) -> str:
        return greek.euro(self.ceiling)

    @property
    def lot(self) -> str:
        """What is awarded: the programmes of a prefecture or of the whole country."""
        return str(self.prefecture) if self.prefecture else "Όλη η χώρα"


class TenderAct(models.Model):
    """Announced act of a tender (πράξη διαγωνισμού): number, words, paper; for good."""

    tender = models.ForeignKey(Tender, models.PROTECT, related_name="acts")
    kind = models.CharField(max_length=12, choices=TenderActKind)
    number = models.CharField(max_length=40)
    text = models.TextField(blank=True)
    file = models.OneToOneField(StoredFile, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    actor = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-pk"]


class Offer(models.Model):
    """Offer (προσφορά) of a centre: sealed until the opening; one for each centre.

    ``values`` and ``points`` are the technical part as it was submitted, ``score`` what the award
    found; ``reason`` why it was excluded.
    """

    tender = models.ForeignKey(Tender, models.PROTECT, related_name="offers")
    centre = models.ForeignKey(TrainingCentre, models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=OfferState, default=OfferState.DRAFT)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    sheet = models.OneToOneField(AnswerSheet, models.PROTECT, null=True, related_name="+")
    price = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    paper = models.OneToOneField(StoredFile, models.PROTECT, null=True, related_name="+")
    values = models.JSONField(default=dict)
    points = models.DecimalField(max_digits=12, decimal_places=6, default=Decimal(0))
    score = models.DecimalField(max_digits=7, decimal_places=2, null=True)
    reason = models.TextField(blank=True)
    at = models.DateTimeField(null=True)
    receipt_number = models.CharField(max_length=40, blank=True)
    receipt = models.OneToOneField(StoredDocument, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tender", "centre"], name="offer_once"),
            models.CheckConstraint(condition=Q(price=None) | Q(price__gt=0), name="offer_price"),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(price__isnull=False, paper__isnull=False),
                name="offer_submitted_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.centre}: {self.tender}"

    @property
    def shown_price(self) -> str:
        return "–" if self.price is None else greek.euro(self.price)

    @property
    def shown_points(self) -> str:
        return greek.exact(self.points)

    @property
    def shown_score(self) -> str:
        return "–" if self.score is None else greek.number(self.score, 2)
