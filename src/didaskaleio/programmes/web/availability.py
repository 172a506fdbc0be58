"""The form of a trainer's availability: the week by parts of the day, days off, a limit."""

from __future__ import annotations

from typing import Any

from django import forms

from didaskaleio.kernel.greek.moments import WEEKDAYS
from didaskaleio.programmes.enums import WishKind
from didaskaleio.programmes.models import Availability
from didaskaleio.programmes.operations import Declared
from didaskaleio.programmes.operations.availability import MOST_DAYS_OFF, PARTS
from didaskaleio.programmes.web.forms import DATE

DAYS = tuple(enumerate(WEEKDAYS[:6]))
NEW = 2


class AvailabilityForm(forms.Form):
    """Wishes by weekday and part, the hours a week at most, a note to the centres."""

    hours_per_week = forms.IntegerField(
        label="Έως πόσες ώρες την εβδομάδα",
        required=False,
        min_value=1,
        max_value=40,
        help_text="Σε όλα τα προγράμματα μαζί. Κάθε τρίωρο μετρά 3 ώρες. Κενό: χωρίς όριο.",
    )
    note = forms.CharField(
        label="Σημείωση προς τα κέντρα",
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for day, name in DAYS:
            for part, (start, end) in enumerate(PARTS):
                label = f"{start:%H:%M}–{end:%H:%M}"
                attrs = {"class": "d-input", "aria-label": f"{name} {label}"}
                self.fields[f"w{day}_{part}"] = forms.ChoiceField(
                    label=label,
                    choices=WishKind.choices,
                    initial=WishKind.CAN,
                    widget=forms.Select(attrs=attrs),
                )

    def days(self) -> list[dict[str, Any]]:
        """The week as the page shows it."""
        return [
            {"name": name, "parts": [self[f"w{day}_{part}"] for part in range(len(PARTS))]}
            for day, name in DAYS
        ]


class DaysOffForm(forms.Form):
    """Days on which the trainer does not teach; a row without days is left out."""

    first = forms.DateField(label="Από", widget=DATE, required=False)
    last = forms.DateField(label="Έως", widget=DATE, required=False)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        first, last = data.get("first"), data.get("last")
        if first and last and last < first:
            self.add_error("last", "Δώστε ημέρα ίδια ή μεταγενέστερη από την αρχή.")
        if last and not first:
            self.add_error("first", "Δώστε και την πρώτη ημέρα.")
        return data


Rows = forms.formset_factory(DaysOffForm, extra=NEW, max_num=MOST_DAYS_OFF, validate_max=True)


def initial_of(row: Availability | None) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """What the form shows of the declaration that stands."""
    if row is None:
        return {}, []
    parts = {start: number for number, (start, _end) in enumerate(PARTS)}
    shown: dict[str, Any] = {"hours_per_week": row.hours_per_week, "note": row.note}
    for wish in row.wishes.all():
        shown[f"w{wish.weekday}_{parts[wish.start]}"] = wish.wish
    return shown, [{"first": days.first, "last": days.last} for days in row.days_off.all()]


def content_of(form: AvailabilityForm, rows: Any) -> Declared:
    """The same as the operation takes it."""
    data = form.cleaned_data
    days = [row.cleaned_data for row in rows if row.cleaned_data.get("first")]
    return Declared(
        wishes={
            (day, part): data[f"w{day}_{part}"] for day, _ in DAYS for part in range(len(PARTS))
        },
        days_off=[(row["first"], row["last"] or row["first"]) for row in days],
        hours_per_week=data["hours_per_week"],
        note=data["note"],
    )
