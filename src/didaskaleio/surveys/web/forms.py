"""Forms of room surveys; they check shape, operations check rules."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from didaskaleio.structures.models import ImplementingBody
from didaskaleio.surveys.enums import Audience, Occasion

MOST_DAYS = 120
YEARS = range(2000, 2100)


class QuestionnaireForm(forms.Form):
    """Νέο ερωτηματολόγιο από έτοιμο υπόδειγμα."""

    body: Any = forms.ModelChoiceField(
        ImplementingBody.objects.none(), label="Φορέας", empty_label=None
    )
    audience = forms.ChoiceField(
        label="Σε ποιους απευθύνεται",
        choices=Audience.choices,
        widget=forms.RadioSelect,
        help_text="Το πρώτο πρόχειρο είναι το έτοιμο υπόδειγμα και αλλάζει ελεύθερα.",
    )
    title = forms.CharField(
        label="Τίτλος", max_length=300, required=False, help_text="Κενό: ο τίτλος του υποδείγματος."
    )
    code = forms.SlugField(
        label="Κωδικός", max_length=40, help_text="Λατινικά πεζά και παύλες, π.χ. axiologisi-b2."
    )

    def __init__(self, bodies: Any, *args: Any, **rest: Any) -> None:
        super().__init__(*args, **rest)
        fields: Any = self.fields
        fields["body"].queryset = bodies
        fields["body"].initial = bodies.first()

    def clean_audience(self) -> Audience:
        return Audience(self.cleaned_data["audience"])


class DaysForm(forms.Form):
    """Για πόσες ημέρες μένει ανοιχτό και πότε γίνεται η υπενθύμιση."""

    days = forms.IntegerField(
        label="Ανοιχτό για, σε ημέρες", min_value=1, max_value=MOST_DAYS, initial=14
    )
    remind_days = forms.IntegerField(
        label="Υπενθύμιση πριν από τη λήξη, σε ημέρες",
        min_value=0,
        max_value=MOST_DAYS,
        initial=4,
        help_text="0: χωρίς υπενθύμιση. Τη λαμβάνει όποιος δεν έχει απαντήσει.",
    )


class RuleForm(DaysForm):
    """Κανόνας έναρξης."""

    field_order = ("occasion", "days", "remind_days")
    occasion = forms.ChoiceField(label="Φεύγει μετά από", choices=Occasion.choices)

    def clean_occasion(self) -> Occasion:
        return Occasion(self.cleaned_data["occasion"])


class LaunchForm(DaysForm):
    """Έναρξη με το χέρι, για ένα αντικείμενο."""

    field_order = ("subject", "opens_on", "days", "remind_days")
    subject: Any = forms.ChoiceField(label="Αφορά", widget=forms.RadioSelect)
    opens_on = forms.DateField(
        label="Άνοιγμα",
        required=False,
        widget=forms.DateInput({"type": "date", "class": "d-input--short"}, format="%Y-%m-%d"),
        help_text="Στις 9:00 της ημέρας. Κενό: αμέσως.",
    )

    def __init__(self, offered: Sequence[tuple[int, str]], *args: Any, **rest: Any) -> None:
        super().__init__(*args, **rest)
        fields: Any = self.fields
        fields["subject"].choices = [(str(pk), title) for pk, title in offered]

    def clean_opens_on(self) -> date | None:
        day: date | None = self.cleaned_data["opens_on"]
        if day is not None and day.year not in YEARS:
            raise forms.ValidationError("Δώστε ημέρα με τετραψήφιο έτος, π.χ. 20/2/2023.")
        return day

    def clean_subject(self) -> int:
        return int(self.cleaned_data["subject"])
