"""Forms of assessment: the plan, assessors and their limits, changes with their reason."""

from __future__ import annotations

from typing import Any

from django import forms

from didaskaleio.kernel import greek
from didaskaleio.kernel.web.deadlines import DeadlineField
from didaskaleio.people.models import Person

REASON_HINT = "Γράφεται στο ιστορικό."
EACH = (("1", "Ένα πρόσωπο"), ("2", "Δύο πρόσωπα, ανεξάρτητα το ένα από το άλλο"))


def _reason() -> forms.CharField:
    return forms.CharField(
        label="Αιτιολογία",
        max_length=1_000,
        help_text=REASON_HINT,
        widget=forms.Textarea({"rows": 3}),
    )


def _most() -> forms.IntegerField:
    return forms.IntegerField(
        label="Το πολύ τόσες υποψηφιότητες",
        required=False,
        min_value=1,
        max_value=10_000,
        help_text="Κενό: χωρίς όριο.",
    )


class PlanForm(forms.Form):
    """Πόσα πρόσωπα αξιολογούν κάθε υποψηφιότητα και ως πότε."""

    each = forms.TypedChoiceField(
        label="Ποιοι αξιολογούν κάθε υποψηφιότητα",
        choices=EACH,
        coerce=int,
        widget=forms.RadioSelect,
        help_text="Όπου δύο πρόσωπα διαφωνούν, συμφωνούν μεταξύ τους ή αποφασίζει τρίτο.",
    )
    due_at = DeadlineField(
        label="Υποβολή των αξιολογήσεων έως",
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )


class AppointForm(forms.Form):
    """Ορισμός αξιολογητή από όσα πρόσωπα βρήκε η αναζήτηση."""

    person: Any = forms.ChoiceField(label="Πρόσωπο", widget=forms.RadioSelect)
    most = _most()
    reason = _reason()

    def __init__(self, found: list[Person], *args: Any, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.people = {str(one.pk): one for one in found}
        field: Any = self.fields["person"]
        field.choices = [(pk, f"{one}, {one.username}") for pk, one in self.people.items()]

    def clean_person(self) -> Person:
        return self.people[self.cleaned_data["person"]]


class LimitForm(forms.Form):
    """Όριο υποψηφιοτήτων ενός αξιολογητή."""

    most = _most()


class ReasonForm(forms.Form):
    """Μόνο η αιτιολογία μιας πράξης."""

    reason = _reason()


class WhoForm(forms.Form):
    """Ένα πρόσωπο από τους αξιολογητές της πρόσκλησης, με αιτιολογία όπου χρειάζεται."""

    person: Any = forms.ChoiceField(label="Πρόσωπο")
    reason = _reason()

    def __init__(
        self, offered: list[tuple[Person, int]], *args: Any, reasoned: bool = True, **rest: Any
    ) -> None:
        super().__init__(*args, **rest)
        self.people = {str(one.pk): one for one, _ in offered}
        field: Any = self.fields["person"]
        loads = [(str(one.pk), f"{one} ({_load(load)})") for one, load in offered]
        field.choices = [("", "Επιλέξτε πρόσωπο"), *loads]
        if not reasoned:
            del self.fields["reason"]

    def clean_person(self) -> Person:
        return self.people[self.cleaned_data["person"]]


def _load(many: int) -> str:
    return greek.count(many, "υποψηφιότητα", "υποψηφιότητες")


class RecuseForm(forms.Form):
    """Δήλωση σύγκρουσης συμφερόντων."""

    reason = forms.CharField(
        label="Σε τι συνίσταται",
        max_length=1_000,
        help_text="Π.χ. συγγένεια, συνεργασία, διαφορά με το πρόσωπο. Τη διαβάζει ο φορέας.",
        widget=forms.Textarea({"rows": 4}),
    )
