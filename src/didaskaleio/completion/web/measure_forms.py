"""Forms of measures of a funded project."""

from __future__ import annotations

from django import forms

from didaskaleio.completion.enums import MeasureKind

DAY = {"type": "date"}


class MeasureForm(forms.Form):
    """Τι προγραμματίζεται και ως πότε."""

    kind = forms.ChoiceField(label="Είδος", choices=MeasureKind.choices)
    title = forms.CharField(label="Ενέργεια", max_length=200)
    due_on = forms.DateField(label="Έως", widget=forms.DateInput(DAY, "%Y-%m-%d"))
    quantity = forms.IntegerField(
        label="Ποσότητα",
        required=False,
        min_value=1,
        max_value=1_000_000,
        help_text="Για εξοπλισμό, έντυπα ή εκδηλώσεις.",
    )


class DoneForm(forms.Form):
    """Τι έγινε, πότε, με ποιο τεκμήριο."""

    done_on = forms.DateField(label="Πότε έγινε", widget=forms.DateInput(DAY, "%Y-%m-%d"))
    result = forms.CharField(
        label="Αποτέλεσμα", max_length=2_000, widget=forms.Textarea(attrs={"rows": 3})
    )
    file = forms.FileField(
        label="Τεκμήριο",
        required=False,
        help_text="PDF ή εικόνα έως 10 MB· μπαίνει στα πακέτα ελέγχου.",
        widget=forms.ClearableFileInput(attrs={"accept": "application/pdf,image/*"}),
    )
