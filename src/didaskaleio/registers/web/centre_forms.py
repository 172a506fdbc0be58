"""Forms of the register of centres; they check shape, operations check rules."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet

from didaskaleio.registers.enums import CentreActKind, CentreStanding, VisitOutcome
from didaskaleio.registers.operations import RoomFacts
from didaskaleio.structures.models import (
    Directorate,
    ImplementingBody,
    Prefecture,
    RegionalUnit,
    Room,
    School,
    TrainingCentre,
)

DAY = {"type": "date"}


def _day(label: str, *, required: bool = True, **rest: Any) -> forms.DateField:
    widget = forms.DateInput(attrs=DAY, format="%Y-%m-%d")
    return forms.DateField(label=label, required=required, widget=widget, **rest)


class CentreSearch(forms.Form):
    """Φίλτρα του μητρώου Κ.Σ.Ε."""

    is_search = True

    q = forms.CharField(label="Όνομα, πόλη ή κωδικός", required=False, max_length=80)
    prefecture = forms.ModelChoiceField(
        Prefecture.objects.order_by("sort_key"), label="Νομός", required=False, empty_label="Όλοι"
    )
    kind = forms.ChoiceField(
        label="Νομική μορφή",
        required=False,
        choices=[("", "Όλες"), *TrainingCentre.Kind.choices],
    )
    state = forms.ChoiceField(
        label="Έγκριση", required=False, choices=[("", "Όλες"), *CentreStanding.choices]
    )
    seats = forms.IntegerField(
        label="Θέσεις τουλάχιστον", required=False, min_value=1, max_value=9_999
    )


class SchoolField(forms.CharField):
    """A school by its code in the ministry's register."""

    def clean(self, value: Any) -> Any:
        code = super().clean(value)
        if not code:
            return None
        found = School.objects.filter(code=code).first()
        if found is None:
            raise forms.ValidationError(
                "Δεν υπάρχει σχολείο με αυτόν τον κωδικό. Ελέγξτε τα ψηφία ή αφήστε το κενό."
            )
        return found

    def prepare_value(self, value: Any) -> Any:
        return value.code if isinstance(value, School) else value


class CentreForm(forms.Form):
    """Στοιχεία Κ.Σ.Ε.· φορέας και κωδικός ορίζονται μία φορά, στο νέο."""

    body: Any = forms.ModelChoiceField(queryset=None, label="Φορέας", empty_label=None)
    code = forms.CharField(
        label="Κωδικός", max_length=12, help_text="Π.χ. KSE-0412. Δεν αλλάζει αργότερα."
    )
    name = forms.CharField(label="Ονομασία", max_length=200)
    kind = forms.ChoiceField(label="Νομική μορφή", choices=TrainingCentre.Kind.choices)
    school = SchoolField(
        label="Κωδικός σχολείου",
        required=False,
        max_length=8,
        help_text="Όταν το κέντρο λειτουργεί σε σχολείο.",
    )
    regional_unit = forms.ModelChoiceField(
        RegionalUnit.objects.order_by("label"),
        label="Περιφερειακή ενότητα",
        empty_label="Επιλέξτε",
        help_text="Από αυτήν προκύπτουν νομός και περιφέρεια.",
    )
    directorate = forms.ModelChoiceField(
        Directorate.objects.order_by("abbreviation"),
        label="Διεύθυνση Εκπαίδευσης",
        required=False,
        empty_label="Καμία",
    )
    town = forms.CharField(label="Πόλη", max_length=100)
    address = forms.CharField(label="Οδός και αριθμός", required=False, max_length=200)
    phone = forms.CharField(label="Τηλέφωνο", required=False, max_length=60)
    email = forms.EmailField(label="Ηλεκτρονική διεύθυνση", required=False)

    def __init__(self, bodies: QuerySet[ImplementingBody], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields["body"]
        chosen.queryset = bodies


class ApprovalForm(forms.Form):
    """Πράξη έγκρισης, ανανέωσης ή ανάκλησης."""

    kind = forms.ChoiceField(label="Πράξη", choices=CentreActKind.choices)
    number = forms.CharField(
        label="Αριθμός πράξης", max_length=60, help_text="Αριθμός πρωτοκόλλου ή Α.Δ.Α."
    )
    day = _day("Ημέρα της πράξης")
    valid_from = _day(
        "Ισχύει από", required=False, help_text="Σε ανανέωση ή ανάκληση μένει η αρχική έναρξη."
    )
    valid_until = _day(
        "Ισχύει έως και",
        required=False,
        help_text="Σε ανάκληση: η τελευταία ημέρα που ισχύει. Κενό σε έγκριση χωρίς λήξη.",
    )
    reason = forms.CharField(
        label="Αιτιολογία",
        required=False,
        max_length=2_000,
        widget=forms.Textarea({"rows": 3}),
        help_text="Απαραίτητη στην ανάκληση. Τη διαβάζει και το Κ.Σ.Ε.",
    )


class VisitForm(forms.Form):
    """Επίσκεψη σε Κ.Σ.Ε."""

    day = _day("Ημέρα επίσκεψης")
    visitors = forms.CharField(label="Ποιοι την έκαναν", max_length=200)
    outcome = forms.ChoiceField(label="Πόρισμα", choices=VisitOutcome.choices)
    findings = forms.CharField(
        label="Διαπιστώσεις",
        required=False,
        max_length=4_000,
        widget=forms.Textarea({"rows": 5}),
    )


class RoomForm(forms.Form):
    """Στοιχεία αίθουσας."""

    name = forms.CharField(label="Όνομα αίθουσας", max_length=60)
    kind = forms.ChoiceField(label="Είδος", choices=Room.Kind.choices)
    seats = forms.IntegerField(label="Θέσεις", min_value=1, max_value=500)
    equipment = forms.CharField(
        label="Εξοπλισμός",
        required=False,
        max_length=200,
        help_text="Π.χ. 15 υπολογιστές, διαδραστικός πίνακας.",
    )
    close = forms.BooleanField(
        label="Η αίθουσα παύει να χρησιμοποιείται",
        required=False,
        help_text="Μένει στο ιστορικό· νέα προγράμματα δεν τη βρίσκουν.",
    )
    note = forms.CharField(
        label="Από πού προκύπτει η μεταβολή",
        required=False,
        max_length=1_000,
        widget=forms.Textarea({"rows": 3}),
    )

    def facts(self) -> RoomFacts:
        """What is said of the room."""
        given = self.cleaned_data
        return RoomFacts(given["name"], given["kind"], given["seats"], given["equipment"])
