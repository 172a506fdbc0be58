"""What a trainer declares about their time (διαθεσιμότητα επιμορφωτή; R-029)."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from didaskaleio.kernel.greek.moments import WEEKDAYS
from didaskaleio.people.models import Person
from didaskaleio.programmes.enums import WishKind


class Availability(models.Model):
    """Declaration of a trainer (δήλωση διαθεσιμότητας): one a person, with the hours a week."""

    person = models.OneToOneField(Person, models.CASCADE, related_name="availability")
    hours_per_week = models.PositiveSmallIntegerField(null=True)
    note = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"Διαθεσιμότητα: {self.person.full_name}"


class WeeklyWish(models.Model):
    """Wish for a part of the week (επιθυμία): what is not declared is free."""

    availability = models.ForeignKey(Availability, models.CASCADE, related_name="wishes")
    weekday = models.PositiveSmallIntegerField()
    start = models.TimeField()
    end = models.TimeField()
    wish = models.CharField(max_length=12, choices=WishKind)

    class Meta:
        ordering = ["weekday", "start"]
        constraints = [
            models.UniqueConstraint(
                fields=["availability", "weekday", "start"], name="weekly_wish_once"
            ),
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="wish_ends_after_start"),
        ]

    def __str__(self) -> str:
        bounds = f"{self.start:%H:%M}–{self.end:%H:%M}"
        return f"{WEEKDAYS[self.weekday]} {bounds}: {self.get_wish_display()}"


class DaysOff(models.Model):
    """Days on which a trainer does not teach (ημέρες απουσίας), both ends included."""

    availability = models.ForeignKey(Availability, models.CASCADE, related_name="days_off")
    first = models.DateField()
    last = models.DateField()

    class Meta:
        ordering = ["first"]
        constraints = [
            models.CheckConstraint(condition=Q(last__gte=F("first")), name="days_off_in_order")
        ]
