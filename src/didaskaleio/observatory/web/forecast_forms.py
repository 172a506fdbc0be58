"""The form of a forecast: the action, the days, what is assumed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet

from didaskaleio.observatory import dimensioning
from didaskaleio.observatory.dimensioning import Assumptions
from didaskaleio.programmes.models import TrainingAction

MOST = {"people": 300_000, "mixed": 100, "peak": 100, "examined": 100, "markings": 5}
MAY_BE_NONE = {"face", "mixed", "examined"}


def _day() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class ForecastForm(forms.Form):
    """Πρόβλεψη αναγκών μιας δράσης."""

    action: Any = forms.ModelChoiceField(
        TrainingAction.objects.none(), label="Δράση", empty_label="Επιλέξτε"
    )
    first_day = forms.DateField(label="Από", widget=_day())
    last_day = forms.DateField(label="Έως", widget=_day(), help_text="Το πολύ ένα έτος.")

    def __init__(self, actions: QuerySet[TrainingAction], *args: Any, **rest: Any) -> None:
        super().__init__(*args, **rest)
        choice: Any = self.fields["action"]
        choice.queryset = actions
        for name, label in dimensioning.LABELS.items():
            least = 0 if name in MAY_BE_NONE else 1
            self.fields[name] = forms.IntegerField(
                label=label, min_value=least, max_value=MOST.get(name, 500)
            )

    def assumptions(self) -> Assumptions:
        return Assumptions(**{name: self.cleaned_data[name] for name in dimensioning.LABELS})
