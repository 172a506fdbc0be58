"""Forms of room connectors."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from didaskaleio.connectors import myschool
from didaskaleio.connectors.enums import Fact
from didaskaleio.connectors.models import TeacherImport


class ExportForm(forms.Form):
    """An export, the day of its facts, and whether it has everybody."""

    file = forms.FileField(
        label="Αρχείο της εξαγωγής",
        help_text="XLSX, XLS ή CSV, έως 64 MB, όπως βγήκε από το MySchool: δεν χρειάζεται αλλαγές.",
    )
    as_of = forms.DateField(
        label="Ημερομηνία των στοιχείων",
        help_text="Η ημέρα της εξαγωγής. Την αναφέρει κάθε έλεγχος που στηρίζεται σε αυτά.",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    whole = forms.BooleanField(
        label="Το αρχείο έχει όλο το εκπαιδευτικό προσωπικό της χώρας",
        required=False,
        help_text="Τότε όποιο πρόσωπο λείπει από το αρχείο δεν υπηρετεί πια σε σχολείο.",
    )


class ColumnsForm(forms.Form):
    """Which column holds each fact."""

    prefix = "column"

    def __init__(
        self, row: TeacherImport, samples: Sequence[Sequence[str]], *args: Any, **kw: Any
    ) -> None:
        super().__init__(*args, **kw)
        choices = [(str(n), cell or f"Στήλη {n + 1}") for n, cell in enumerate(row.heading)]
        for fact in myschool.FIELDS:
            place = row.columns.get(fact.name)
            self.fields[fact.name] = forms.ChoiceField(
                label=fact.label,
                required=fact.required,
                choices=[("", "Δεν υπάρχει στο αρχείο"), *choices],
                initial="" if place is None else str(place),
                help_text=_examples(samples, place),
            )

    def columns(self) -> dict[str, int]:
        """Field → column, of what was chosen."""
        return {name: int(value) for name, value in self.cleaned_data.items() if value}


def _examples(samples: Sequence[Sequence[str]], place: int | None) -> str:
    if place is None:
        return ""
    values = [row[place].strip()[:30] for row in samples if place < len(row)]
    found = [value for value in dict.fromkeys(values) if value][:3]
    return f"Π.χ. {', '.join(found)}" if found else "Η στήλη είναι κενή στις πρώτες γραμμές."


class TimetableForm(forms.Form):
    """When pulls happen by themselves."""

    hour = forms.TypedChoiceField(
        label="Αυτόματη λήψη αλλαγών",
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", "Ποτέ"), *((n, f"Κάθε μέρα στις {n:02}:00") for n in range(24))],
        help_text="Η λήψη περιμένει πάντα να δείτε και να εφαρμόσετε τις αλλαγές.",
    )


class CorrectionForm(forms.Form):
    """A fact of MySchool that does not hold, and what holds."""

    fact = forms.ChoiceField(
        label="Ποιο στοιχείο δεν ισχύει", choices=[("", "Διαλέξτε στοιχείο"), *Fact.choices]
    )
    wanted = forms.CharField(
        label="Τι ισχύει", max_length=200, help_text="Όπως πρέπει να γραφτεί στο MySchool."
    )
    why = forms.CharField(
        label="Από πού προκύπτει",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Π.χ. αριθμός και ημερομηνία της απόφασης.",
    )
