"""Registers (μητρώα): what is kept of whom, members, every change of a field, proposals."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from didaskaleio.kernel.fields import greek_key_field
from didaskaleio.kernel.forms.definition import Definition
from didaskaleio.kernel.models import FormVersion, StoredFile
from didaskaleio.people.models import Person
from didaskaleio.registers.enums import MemberState, Procedure, ProposalState
from didaskaleio.registers.models.calls import Candidacy
from didaskaleio.structures.models import Cluster, ImplementingBody, Prefecture


class Register(models.Model):
    """Register (μητρώο, υπομητρώο; 000 §4 I.b): its fields are the questions of ``form``.

    ``procedures`` says by key of question how a member changes a field; what it does not name
    needs approval. A sub-register has a ``parent`` and may be of one cluster or prefecture.
    """

    body = models.ForeignKey(ImplementingBody, models.PROTECT, related_name="+")
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="parts")
    title = models.CharField(max_length=200)
    code = models.SlugField(max_length=40)
    about = models.TextField(blank=True)
    form = models.ForeignKey(FormVersion, models.PROTECT, related_name="+")
    procedures = models.JSONField(default=dict)
    months = models.PositiveSmallIntegerField(default=36)
    remind_days = models.PositiveSmallIntegerField(default=60)
    cluster = models.ForeignKey(Cluster, models.PROTECT, null=True, related_name="+")
    prefecture = models.ForeignKey(Prefecture, models.PROTECT, null=True, related_name="+")
    sort_key = greek_key_field("title")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["body", "code"], name="register_code_once"),
            models.CheckConstraint(condition=Q(months__gte=1), name="register_lasts"),
        ]

    def __str__(self) -> str:
        return self.title

    def fields(self) -> Definition:
        """The fields as the pure cores of forms read them."""
        return self.form.parsed()

    def procedure(self, key: str) -> Procedure:
        """How a member changes a field."""
        return Procedure(self.procedures.get(key, Procedure.APPROVAL))


class Membership(models.Model):
    """Membership (εγγραφή μέλους): the fields as they are now, until when it holds.

    ``values`` are as ``kernel.forms.definition.Kind`` says; who left may enter anew.
    ``candidacy`` is the one that was selected, where a call filled the register.
    """

    register = models.ForeignKey(Register, models.PROTECT, related_name="members")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=MemberState, default=MemberState.ACTIVE)
    number = models.CharField(max_length=40)
    since = models.DateTimeField()
    remind_at = models.DateTimeField()
    valid_until = models.DateTimeField()
    values = models.JSONField(default=dict)
    candidacy = models.OneToOneField(
        Candidacy, models.PROTECT, null=True, related_name="membership"
    )

    class Meta:
        indexes = [
            models.Index(fields=["state", "remind_at"], name="membership_remind"),
            models.Index(fields=["state", "valid_until"], name="membership_lapse"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["register", "person"],
                condition=~Q(state="removed"),
                name="membership_once",
            ),
            models.UniqueConstraint(fields=["register", "number"], name="membership_number_once"),
            models.CheckConstraint(
                condition=Q(valid_until__gt=F("since"), valid_until__gte=F("remind_at")),
                name="membership_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.register}"


class ChangeProposal(models.Model):
    """Proposed change (πρόταση μεταβολής) of fields that need approval; one open at a time."""

    membership = models.ForeignKey(Membership, models.PROTECT, related_name="proposals")
    state = models.CharField(max_length=10, choices=ProposalState, default=ProposalState.OPEN)
    values = models.JSONField()
    note = models.TextField(blank=True)
    proof = models.OneToOneField(StoredFile, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["membership"], condition=Q(state="open"), name="proposal_one_open"
            )
        ]

    def __str__(self) -> str:
        return f"Μεταβολή στοιχείων: {self.membership}"


class FieldChange(models.Model):
    """One change of one field (μεταβολή στοιχείου), for good: before, after, how, with what."""

    membership = models.ForeignKey(Membership, models.PROTECT, related_name="changes")
    key = models.CharField(max_length=40)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    procedure = models.CharField(max_length=10, choices=Procedure)
    reason = models.TextField(blank=True)
    proof = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    actor = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-pk"]
