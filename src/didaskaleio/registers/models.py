"""Models of room registers: calls with their announced acts and documents."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import F, Q

from didaskaleio.kernel.fields import greek_key_field
from didaskaleio.kernel.models import FormVersion, StoredFile
from didaskaleio.people.models import Person
from didaskaleio.registers.enums import CallActKind, CallState, Fills
from didaskaleio.structures.models import ImplementingBody


class Call(models.Model):
    """Call (πρόσκληση εκδήλωσης ενδιαφέροντος; 000 §1, §4 I.b).

    ``audience_rules`` are those of ``courses.profiles``; ``form`` is the version whose questions a
    candidacy answers. ``number`` is the protocol number of the body's own series, once published.
    """

    body = models.ForeignKey(ImplementingBody, models.PROTECT, related_name="+")
    state = models.CharField(max_length=12, choices=CallState, default=CallState.DRAFT)
    title = models.CharField(max_length=300)
    text = models.TextField(blank=True)
    audience = models.TextField(blank=True)
    audience_rules = models.JSONField(default=list)
    fills = models.CharField(max_length=12, choices=Fills, default=Fills.REGISTER)
    fills_name = models.CharField(max_length=200)
    places = models.PositiveIntegerField(null=True)
    form = models.ForeignKey(FormVersion, models.PROTECT, null=True, related_name="+")
    opens_at = models.DateTimeField(null=True)
    closes_at = models.DateTimeField(null=True)
    number = models.CharField(max_length=40, blank=True)
    published_at = models.DateTimeField(null=True)
    sort_key = greek_key_field("title")

    class Meta:
        indexes = [models.Index(fields=["state", "closes_at"], name="call_state")]
        constraints = [
            models.CheckConstraint(
                condition=Q(opens_at=None) | Q(closes_at=None) | Q(closes_at__gt=F("opens_at")),
                name="call_closes_after_it_opens",
            ),
            models.UniqueConstraint(
                fields=["body", "number"], condition=~Q(number=""), name="call_number_once"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def is_open(self, at: datetime) -> bool:
        """Whether candidacies are received at ``at``: the moment of the deadline itself is in.

        The moment alone decides, not whether the clock's step of expiry has run already.
        """
        return bool(
            self.state in {CallState.PUBLISHED, CallState.EXPIRED}
            and self.opens_at
            and self.closes_at
            and self.opens_at <= at <= self.closes_at
        )

    def is_awaited(self, at: datetime) -> bool:
        """Whether the call is published and its window has not begun."""
        return bool(self.state == CallState.PUBLISHED and self.opens_at and at < self.opens_at)


class CallAct(models.Model):
    """Announced act (ανακοινωμένη πράξη): number, reason and what changed, for good.

    ``changes`` are ``{"label", "before", "after"}`` in the words of the day.
    """

    call = models.ForeignKey(Call, models.PROTECT, related_name="acts")
    kind = models.CharField(max_length=12, choices=CallActKind)
    number = models.CharField(max_length=40)
    reason = models.TextField(blank=True)
    changes = models.JSONField(default=list)
    at = models.DateTimeField()
    actor = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-pk"]


class CallDocument(models.Model):
    """A document of a call (έγγραφο πρόσκλησης): public with it."""

    call = models.ForeignKey(Call, models.PROTECT, related_name="documents")
    title = models.CharField(max_length=200)
    file = models.OneToOneField(StoredFile, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]


class CallFollower(models.Model):
    """Who asked to be told of what happens to a call (παρακολούθηση πρόσκλησης)."""

    call = models.ForeignKey(Call, models.CASCADE, related_name="followers")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    since = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["call", "person"], name="call_follower_once")
        ]
