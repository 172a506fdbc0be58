"""Terms of payment (όροι αμοιβής): rates, caps and deductions of an action, with their history."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value

from didaskaleio.finance.enums import ContractKind, TaxStatus, TermKind, Unit
from didaskaleio.kernel import greek
from didaskaleio.people.models import Person
from didaskaleio.programmes.models import TrainingAction


class _Days(Func):
    function = "daterange"
    output_field: Any = DateRangeField()


class PayTerm(models.Model):
    """Term of payment (όρος αμοιβής): one version of one rate, cap or deduction; never edited.

    ``key`` tells which versions belong together; their days never overlap. ``role`` and
    ``tax_status`` are empty where the term holds for everybody.
    """

    action = models.ForeignKey(TrainingAction, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=16, choices=TermKind)
    unit = models.CharField(max_length=12, choices=Unit, blank=True)
    role = models.CharField(max_length=12, choices=ContractKind, blank=True)
    tax_status = models.CharField(max_length=10, choices=TaxStatus, blank=True)
    title = models.CharField(max_length=80, blank=True)
    key = models.CharField(max_length=160)
    version = models.PositiveSmallIntegerField()
    value = models.DecimalField(max_digits=10, decimal_places=2)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)
    reason = models.TextField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["key", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["action", "key", "version"], name="term_version_once"),
            models.CheckConstraint(condition=Q(value__gte=0), name="term_not_negative"),
            models.CheckConstraint(
                condition=~Q(kind="deduction") | Q(value__lte=100), name="term_percent"
            ),
            ExclusionConstraint(
                name="term_versions_follow",
                expressions=[
                    ("action", RangeOperators.EQUAL),
                    ("key", RangeOperators.EQUAL),
                    (
                        _Days(F("valid_from"), F("valid_until"), Value("[]")),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, έκδοση {self.version}"

    @property
    def name(self) -> str:
        """What it is about, in words: «Διδακτική ώρα, Επιμορφωτή/τριας»."""
        what = self.title or self.get_unit_display() or self.get_kind_display()
        whom = self.get_role_display() or self.get_tax_status_display()
        return f"{what}, {whom}" if whom else what

    @property
    def worth(self) -> str:
        """The value with what it is: «25,50 €», «20,00 %», «120,00 ώρες»."""
        signs = {TermKind.RATE: "€", TermKind.INCOME: "€", TermKind.DEDUCTION: "%"}
        return f"{greek.number(self.value, 2)} {signs.get(TermKind(self.kind), 'ώρες')}"
