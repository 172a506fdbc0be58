"""Forms of audience and targets; they check shape, operations check rules."""

from __future__ import annotations

from typing import Any

from django import forms

from didaskaleio.programmes.enums import Addressees
from didaskaleio.programmes.models import TrainingAction
from didaskaleio.programmes.operations.addressing import LONGEST_GROUP
from didaskaleio.structures.models import Prefecture, Region

MOST_PEOPLE = 200_000


class AudienceForm(forms.Form):
    """Σε ποιους απευθύνεται: kind, and the prefectures where they decide."""

    kind = forms.ChoiceField(
        label="Απευθύνεται σε", choices=Addressees.choices, widget=forms.RadioSelect
    )
    prefectures: Any = forms.ModelMultipleChoiceField(
        Prefecture.objects.order_by("sort_key"),
        label="Νομοί",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Μετρούν μόνο με την επιλογή «Ορισμένοι νομοί».",
    )

    def clean_kind(self) -> Addressees:
        return Addressees(self.cleaned_data["kind"])


class CodesForm(forms.Form):
    """Κωδικοί σχολείων: pasted or in a file, with the name of their cluster of schools."""

    codes = forms.CharField(
        label="Κωδικοί σχολείων",
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Επικολλήστε κωδικούς, χωρισμένους με κενό, κόμμα ή αλλαγή γραμμής.",
    )
    file = forms.FileField(
        label="Ή αρχείο",
        required=False,
        help_text="CSV ή XLSX με στήλη «Κωδικός».",
    )
    group = forms.CharField(
        label="Συστάδα σχολείων",
        max_length=LONGEST_GROUP,
        required=False,
        help_text="Όνομα της ομάδας τους, π.χ. «Σχολεία Τσοτυλίου». Κενό: μεμονωμένα σχολεία.",
    )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if not data.get("codes") and not data.get("file"):
            self.add_error("codes", "Δώστε κωδικούς ή αρχείο.")
        return data


class TargetForm(forms.Form):
    """Ένας στόχος: empty choices mean «all»."""

    region: Any = forms.ModelChoiceField(
        Region.objects.order_by("sort_key"), label="Περιφέρεια", required=False, empty_label="Όλες"
    )
    cluster: Any = forms.ModelChoiceField(None, label="Συστάδα", required=False, empty_label="Όλες")
    category: Any = forms.ModelChoiceField(
        None, label="Κατηγορία", required=False, empty_label="Όλες"
    )
    people = forms.IntegerField(
        label="Άτομα", min_value=0, max_value=MOST_PEOPLE, help_text="0: ο στόχος αίρεται."
    )

    def __init__(self, action: TrainingAction, *args: Any, **rest: Any) -> None:
        super().__init__(*args, **rest)
        own: Any = self.fields
        own["cluster"].queryset = action.scheme.clusters.order_by("order")
        own["category"].queryset = action.categories.all()
