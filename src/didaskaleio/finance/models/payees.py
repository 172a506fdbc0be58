"""Payees (δικαιούχοι): whom a body pays, with what its accounts must know of them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from didaskaleio.finance.enums import PayeeState, TaxStatus
from didaskaleio.kernel.sealed import SealedTextField
from didaskaleio.people.models import Person
from didaskaleio.structures.models import ImplementingBody, TrainingCentre


class Payee(models.Model):
    """Payee (δικαιούχος; 000 §4 I.f): a person, or the body behind a centre, for one paying body.

    ``afm``, ``amka`` and ``iban`` are sealed at rest; ``afm_index`` finds the ΑΦΜ. ``version``
    counts what was confirmed: a payment names the version of the account that it went to.
    """

    body = models.ForeignKey(ImplementingBody, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    centre = models.ForeignKey(TrainingCentre, models.PROTECT, null=True, related_name="+")
    legal_name = models.CharField(max_length=200, blank=True)
    afm = SealedTextField()
    afm_index = models.CharField(max_length=64, blank=True)
    amka = SealedTextField()
    iban = SealedTextField()
    tax_office = models.CharField(max_length=80, blank=True)
    tax_status = models.CharField(max_length=10, choices=TaxStatus, blank=True)
    public_servant = models.BooleanField(default=False)
    address = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=10, choices=PayeeState, default=PayeeState.DRAFT)
    version = models.PositiveIntegerField(default=0)
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["body", "state"], name="payee_desk")]
        constraints = [
            models.UniqueConstraint(fields=["body", "person"], name="payee_person_once"),
            models.UniqueConstraint(fields=["body", "centre"], name="payee_centre_once"),
            models.UniqueConstraint(
                fields=["body", "afm_index"], condition=~Q(afm_index=""), name="payee_afm_once"
            ),
            models.CheckConstraint(
                condition=Q(person=None, centre__isnull=False)
                | Q(person__isnull=False, centre=None),
                name="payee_is_person_or_centre",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """Whose account it is: the person, or the legal name behind the centre."""
        if self.person is not None:
            return str(self.person)
        return self.legal_name or str(self.centre)


class PayeeChange(models.Model):
    """One change of one fact of a payee (μεταβολή στοιχείου), for good; sealed like the fact."""

    payee = models.ForeignKey(Payee, models.PROTECT, related_name="changes")
    field = models.CharField(max_length=20)
    before = SealedTextField()
    after = SealedTextField()
    actor = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-pk"]
