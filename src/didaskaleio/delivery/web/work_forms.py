"""Forms of tasks of coordination and of the application in class."""

from __future__ import annotations

from typing import Any

from django import forms

from didaskaleio.delivery.operations import Plan
from didaskaleio.delivery.web.forms import words

DAY = {"type": "date"}
TO = {
    "centre": "Κέντρο: υπεύθυνος/η του Κ.Σ.Ε.",
    "region": "Περιφερειακή Διεύθυνση Εκπαίδευσης",
    "directorate": "Διεύθυνση Εκπαίδευσης",
}


class TaskForm(forms.Form):
    """A new task: of whom, what, until when."""

    to = forms.ChoiceField(label="Ποιος αναλαμβάνει", widget=forms.RadioSelect)
    title = forms.CharField(label="Τι ζητείται", help_text="Με μία φράση.", max_length=200)
    text = words("Τι πρέπει να γίνει", "Γεγονότα και ό,τι χρειάζεται για να γίνει.")
    due_on = forms.DateField(label="Έως", widget=forms.DateInput(DAY, "%Y-%m-%d"))

    def __init__(self, *args: Any, receivers: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [(name, label) for name, label in TO.items() if name in receivers]
        self.fields["to"].choices = offered  # type: ignore[attr-defined]


class SubstituteForm(forms.Form):
    """Who is asked to take over, and why; ``able`` are those who may."""

    person = forms.TypedChoiceField(
        label="Ποιος ή ποια αναλαμβάνει", coerce=int, widget=forms.RadioSelect
    )
    reason = words("Αιτιολογία", "Τη διαβάζει όποιος καλείται να αναλάβει.")

    def __init__(self, *args: Any, able: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = able  # type: ignore[attr-defined]


class TaskAnswerForm(forms.Form):
    """What was done."""

    text = words("Απάντηση", "Τι έγινε, πότε, από ποιον.")


class PlanForm(forms.Form):
    """The lesson plan: whatever is known; the submission asks for the rest."""

    title = forms.CharField(label="Τίτλος του μαθήματος", max_length=200)
    grade = forms.CharField(label="Τάξη και μάθημα", max_length=120, required=False)
    aims = words("Στόχοι", "Τι θα μπορούν να κάνουν οι μαθητές.")
    course = words("Πορεία", "Τα βήματα της διδασκαλίας με τους χρόνους τους.")
    tools = words("Ψηφιακά μέσα", "Εφαρμογές, συσκευές, υλικό.")
    planned_on = forms.DateField(
        label="Πότε θα γίνει", required=False, widget=forms.DateInput(DAY, "%Y-%m-%d")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("aims", "course", "tools"):
            self.fields[name].required = False

    @property
    def plan(self) -> Plan:
        return Plan(**self.cleaned_data)


class EvidenceForm(forms.Form):
    """One file from the class."""

    file = forms.FileField(label="Αρχείο", help_text="PDF, εικόνα ή παρουσίαση έως 10 MB.")
    title = forms.CharField(label="Τι είναι", max_length=200)


class HandInForm(forms.Form):
    """The evidence is complete."""

    applied_on = forms.DateField(
        label="Πότε έγινε στην τάξη", widget=forms.DateInput(DAY, "%Y-%m-%d")
    )
    reflection = words("Τι έγινε και τι θα αλλάζατε")
    no_pupils = forms.BooleanField(
        label="Τα τεκμήρια δεν δείχνουν πρόσωπα, ονόματα ή φωνές μαθητών."
    )
