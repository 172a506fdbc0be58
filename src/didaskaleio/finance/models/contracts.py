"""Contracts (συμβάσεις) and the templates they are drawn up from."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import models
from django.db.models import F, Q
from django.utils.timezone import localdate

from didaskaleio.credentials.models import SigningCase
from didaskaleio.finance.enums import BodySigns, ContractKind, ContractState, TemplateState
from didaskaleio.finance.models.payees import Payee
from didaskaleio.kernel.models import StoredDocument
from didaskaleio.programmes.models import Programme, TrainingAction
from didaskaleio.structures.models import ImplementingBody

MOMENT = timedelta(microseconds=1)


class ContractTemplate(models.Model):
    """Contract template (υπόδειγμα σύμβασης): a text with placeholders, in versions, by kind.

    ``requires`` are the kinds of supporting document without which no contract is issued;
    ``signs`` says whether the seal or the head of the body signs before the payee.
    """

    body = models.ForeignKey(ImplementingBody, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=ContractKind)
    version = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    requires = models.JSONField(default=list)
    signs = models.CharField(max_length=5, choices=BodySigns, default=BodySigns.SEAL)
    state = models.CharField(max_length=10, choices=TemplateState, default=TemplateState.DRAFT)
    published_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["kind", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["body", "kind", "version"], name="template_once"),
            models.UniqueConstraint(
                fields=["body", "kind"], condition=Q(state="published"), name="template_in_use_once"
            ),
            models.UniqueConstraint(
                fields=["body", "kind"], condition=Q(state="draft"), name="template_one_draft"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}, έκδοση {self.version}"


class Contract(models.Model):
    """Contract (σύμβαση) of a payee for work in an action or one of its programmes.

    ``ends_at`` is its first moment without force; ``ceiling`` the most that is paid under it
    (None: the rates alone say). An amendment is a contract of its own that ``amends`` another.
    """

    body = models.ForeignKey(ImplementingBody, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=ContractKind)
    template = models.ForeignKey(ContractTemplate, models.PROTECT, related_name="+")
    payee = models.ForeignKey(Payee, models.PROTECT, related_name="contracts")
    action = models.ForeignKey(TrainingAction, models.PROTECT, related_name="+")
    programme = models.ForeignKey(Programme, models.PROTECT, null=True, related_name="+")
    duties = models.CharField(max_length=300)
    hours = models.PositiveSmallIntegerField(null=True)
    ceiling = models.DecimalField(max_digits=10, decimal_places=2, null=True)
    starts_on = models.DateField()
    ends_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=ContractState, default=ContractState.DRAFT)
    number = models.CharField(max_length=40, blank=True)
    document = models.OneToOneField(StoredDocument, models.PROTECT, null=True, related_name="+")
    case = models.OneToOneField(SigningCase, models.PROTECT, null=True, related_name="+")
    amends = models.ForeignKey("self", models.PROTECT, null=True, related_name="amendments")
    signed_at = models.DateTimeField(null=True)
    at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["body", "state"], name="contract_desk"),
            models.Index(fields=["state", "ends_at"], name="contract_lapse"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["payee", "kind", "action", "programme"],
                condition=Q(state="draft") | Q(state="issued") | Q(state="signing"),
                nulls_distinct=False,
                name="contract_prepared_once",
            ),
            models.UniqueConstraint(
                fields=["payee", "kind", "action", "programme"],
                condition=Q(state="in_force"),
                nulls_distinct=False,
                name="contract_in_force_once",
            ),
            models.UniqueConstraint(
                fields=["number"], condition=~Q(number=""), name="contract_number_once"
            ),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_on")), name="contract_ends_after_it_begins"
            ),
        ]

    def __str__(self) -> str:
        return f"Σύμβαση {self.number or 'σε προετοιμασία'}: {self.payee}"

    @property
    def last_day(self) -> date:
        """The last day on which it holds."""
        return localdate(self.ends_at - MOMENT)
