"""Models of room registers: calls with their announced acts, candidacies, wallets of documents."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from django.db import models
from django.db.models import F, Q

from didaskaleio.kernel import greek
from didaskaleio.kernel.fields import greek_key_field
from didaskaleio.kernel.models import AnswerSheet, FormVersion, StoredDocument, StoredFile
from didaskaleio.people.models import Person
from didaskaleio.registers.enums import CallActKind, CallState, CandidacyState, Fills, Ground
from didaskaleio.structures.models import ImplementingBody


class Call(models.Model):
    """Call (πρόσκληση εκδήλωσης ενδιαφέροντος; 000 §1, §4 I.b).

    ``audience_rules`` are those of ``courses.profiles``; ``form`` is the version whose questions a
    candidacy answers; ``register`` the one that the selected enter. ``number`` is the protocol
    number of the body's own series, once published.
    """

    body = models.ForeignKey(ImplementingBody, models.PROTECT, related_name="+")
    state = models.CharField(max_length=12, choices=CallState, default=CallState.DRAFT)
    title = models.CharField(max_length=300)
    text = models.TextField(blank=True)
    audience = models.TextField(blank=True)
    audience_rules = models.JSONField(default=list)
    fills = models.CharField(max_length=12, choices=Fills, default=Fills.REGISTER)
    fills_name = models.CharField(max_length=200)
    register = models.ForeignKey(
        "registers.Register", models.PROTECT, null=True, related_name="calls"
    )
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


class Evidence(models.Model):
    """A document of a person's wallet (δικαιολογητικό του φακέλου): uploaded once, reused.

    ``valid_until`` is its last day; ``dropped_at`` takes it out of the wallet, not out of the
    candidacies that were submitted with it.
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    title = models.CharField(max_length=200)
    file = models.OneToOneField(StoredFile, models.PROTECT, related_name="+")
    valid_until = models.DateField(null=True)
    added_at = models.DateTimeField()
    dropped_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["person", "-id"], name="evidence_person")]

    def __str__(self) -> str:
        return self.title


# in a constraint without IN: PostgreSQL spells that otherwise after a restore
WITH_THE_PERSON = Q(state=CandidacyState.DRAFT) | Q(state=CandidacyState.WITHDRAWN)


class Candidacy(models.Model):
    """Candidacy (υποψηφιότητα; 000 §4 I.b): one for each person and call.

    ``sheet`` is the draft; ``submission`` the version that counts, whatever the draft says.
    ``code`` is its name in all that is published. When it is returned, ``asked`` are the questions
    whose documents must be completed by ``complete_by``; ``verdict`` is why it was returned or
    rejected, ``ground`` the announced reason of its exclusion. ``rulings`` is what stands of the
    claims after assessment, by key of question: ``{"allowed": "3.5", "reason": "…"}``, the most
    points that it may give and why.
    """

    call = models.ForeignKey(Call, models.PROTECT, related_name="candidacies")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    state = models.CharField(max_length=12, choices=CandidacyState, default=CandidacyState.DRAFT)
    code = models.CharField(max_length=8)
    begun_at = models.DateTimeField()
    sheet = models.OneToOneField(AnswerSheet, models.PROTECT, null=True, related_name="+")
    submission = models.OneToOneField(
        "Submission", models.PROTECT, null=True, related_name="current_of"
    )
    asked = models.JSONField(default=list)
    complete_by = models.DateTimeField(null=True)
    verdict = models.TextField(blank=True)
    ground = models.CharField(max_length=12, choices=Ground, blank=True)
    rulings = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["call", "person"], name="candidacy_once"),
            models.UniqueConstraint(fields=["call", "code"], name="candidacy_code_once"),
            models.CheckConstraint(
                condition=(WITH_THE_PERSON & Q(submission=None))
                | (~WITH_THE_PERSON & Q(submission__isnull=False)),
                name="candidacy_received_has_its_version",
            ),
            models.CheckConstraint(
                condition=~Q(state="returned") | Q(complete_by__isnull=False),
                name="candidacy_returned_has_its_deadline",
            ),
        ]

    def __str__(self) -> str:
        return f"υποψηφιότητα {self.code}"


class Submission(models.Model):
    """A submitted version of a candidacy (υποβολή): answers, points and findings of that moment.

    The database refuses to change one, but for the receipt that is typeset afterwards.
    """

    candidacy = models.ForeignKey(Candidacy, models.PROTECT, related_name="submissions")
    version = models.PositiveSmallIntegerField()
    values = models.JSONField()
    points = models.JSONField()
    findings = models.JSONField(default=list)
    declaration = models.TextField()
    receipt_number = models.CharField(max_length=40)
    receipt = models.OneToOneField(StoredDocument, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-version"]
        constraints = [
            models.UniqueConstraint(fields=["candidacy", "version"], name="candidacy_version_once")
        ]

    @property
    def total(self) -> Decimal:
        """The points claimed."""
        return Decimal(str(self.points["points"]))

    @property
    def shown_total(self) -> str:
        """The points claimed as people read them, never rounded."""
        return greek.exact(self.total)


class EvidenceUse(models.Model):
    """A document given with a submitted version (χρήση δικαιολογητικού), by question."""

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="uses")
    evidence = models.ForeignKey(Evidence, models.PROTECT, related_name="uses")
    question = models.CharField(max_length=40)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["submission", "question"], name="evidence_use_once")
        ]
