"""Forms of on-site visits."""

from __future__ import annotations

from typing import Any

from django import forms

from didaskaleio.delivery import risk
from didaskaleio.delivery.enums import Severity
from didaskaleio.delivery.web.forms import words
from didaskaleio.people.models import Person
from didaskaleio.structures.models import ImplementingBody

DAY = {"type": "date"}
SHORT = {"class": "d-input--short", "inputmode": "numeric"}


class RoundForm(forms.Form):
    """A new choice of visits: whose programmes, which days, how many visits."""

    body = forms.ModelChoiceField(ImplementingBody.objects.none(), label="Φορέας", empty_label=None)
    first_day = forms.DateField(label="Από", widget=forms.DateInput(DAY, "%Y-%m-%d"))
    last_day = forms.DateField(label="Έως", widget=forms.DateInput(DAY, "%Y-%m-%d"))
    by_risk = forms.IntegerField(
        label="Επισκέψεις από κίνδυνο",
        help_text="Οι συναντήσεις με τα περισσότερα μόρια κινδύνου.",
        min_value=0,
        max_value=200,
        widget=forms.TextInput(SHORT),
    )
    by_lot = forms.IntegerField(
        label="Επισκέψεις από κλήρωση",
        help_text="Τουλάχιστον μία: κάθε συνάντηση έχει πιθανότητα να ελεγχθεί.",
        min_value=1,
        max_value=200,
        widget=forms.TextInput(SHORT),
    )

    def __init__(self, *args: Any, bodies: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"].queryset = bodies  # type: ignore[attr-defined]
        if len(bodies) == 1:
            self.fields["body"].widget = forms.HiddenInput()
            self.fields["body"].initial = bodies[0].pk


class WeightsForm(forms.Form):
    """The weights of the risk as a new version, and why."""

    reason = words("Αιτιολογία", "Φαίνεται στο ιστορικό των βαρών.")

    def __init__(self, *args: Any, weights: dict[str, int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reason = self.fields.pop("reason")
        for code, title in risk.TITLES.items():
            self.fields[code] = forms.IntegerField(
                label=title,
                min_value=0,
                max_value=risk.LARGEST,
                initial=weights[code],
                widget=forms.TextInput(SHORT),
            )
        self.fields["reason"] = reason

    @property
    def values(self) -> dict[str, int]:
        return {code: self.cleaned_data[code] for code in risk.TITLES}


class DrawForm(forms.Form):
    """The public chance, as its source gives it."""

    beacon = forms.CharField(
        label="Τιμή της δημόσιας τύχης",
        help_text="64 δεκαεξαδικά ψηφία, όπως τα δίνει η πηγή.",
        max_length=200,
    )


class AssignForm(forms.Form):
    """Who makes the visit."""

    inspector = forms.ModelChoiceField(
        Person.objects.none(), label="Ελεγκτής/τρια", empty_label="Διαλέξτε"
    )

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["inspector"].queryset = people  # type: ignore[attr-defined]


class ReasonedForm(forms.Form):
    """A decision with its reason."""

    reason = words("Αιτιολογία")


class FindingForm(forms.Form):
    """One finding."""

    severity = forms.ChoiceField(
        label="Βαρύτητα", choices=Severity.choices, widget=forms.RadioSelect
    )
    text = words("Τι διαπιστώσατε", "Γεγονότα που είδατε, χωρίς ονόματα επιμορφουμένων.")
    asked = forms.CharField(
        label="Τι ζητείται από το κέντρο",
        help_text="Για παρατήρηση δεν χρειάζεται.",
        required=False,
        max_length=2_000,
        widget=forms.Textarea({"rows": 3}),
    )


class PhotoForm(forms.Form):
    """One photograph."""

    file = forms.FileField(
        label="Φωτογραφία",
        help_text="JPEG έως 8 MB. Η θέση και τα στοιχεία της συσκευής αφαιρούνται.",
        widget=forms.FileInput({"accept": "image/jpeg", "capture": "environment"}),
    )
    caption = forms.CharField(
        label="Τι δείχνει", help_text="Χωρίς πρόσωπα επιμορφουμένων.", max_length=200
    )
    key = forms.RegexField(r"^[0-9a-f]{32}$", required=False, widget=forms.HiddenInput)


class SummaryForm(forms.Form):
    """The conclusion of the report."""

    summary = words("Συμπέρασμα", "Μπαίνει στην έκθεση. Μετά την υπογραφή δεν αλλάζει τίποτε.")


class AnswerForm(forms.Form):
    """The centre's answer."""

    text = words("Απάντηση του κέντρου", "Απαντήστε σε κάθε εύρημα με τη σειρά του.")


class SettlementForm(forms.Form):
    """How a finding was settled."""

    text = words("Πώς τακτοποιήθηκε", "Τι έγινε και πώς το επιβεβαιώσατε.")
