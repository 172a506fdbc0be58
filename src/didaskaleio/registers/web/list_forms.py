"""Forms of the lists of a call; they check shape, operations check rules."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import QuerySet

from didaskaleio.kernel import greek
from didaskaleio.kernel.forms.definition import Definition
from didaskaleio.registers.models import ListTerms, Register


class PointsField(forms.CharField):
    """Μόρια, με κόμμα για τα δεκαδικά· κενό σημαίνει ότι δεν ορίζονται."""

    def __init__(self, **rest: Any) -> None:
        super().__init__(max_length=12, widget=_decimal(), **rest)

    def clean(self, value: Any) -> Any:
        typed = super().clean(value)
        if not typed:
            return None
        try:
            found = greek.parse_decimal(typed)
        except greek.NumberFormatError as error:
            raise forms.ValidationError(str(error)) from error
        if found < 0:
            raise forms.ValidationError("Τα μόρια δεν είναι αρνητικά.")
        return found


def _decimal() -> forms.TextInput:
    return forms.TextInput({"inputmode": "decimal"})


class TermsForm(forms.Form):
    """Όροι κατάταξης: όρια μορίων ανά ενότητα, ημέρες για ενστάσεις."""

    objection_days = forms.IntegerField(
        label="Εργάσιμες ημέρες για ενστάσεις",
        min_value=1,
        max_value=30,
        help_text="Μετρούν από την επομένη του προσωρινού πίνακα, χωρίς αργίες.",
    )

    def __init__(self, definition: Definition, terms: ListTerms, *args: Any, **rest: Any) -> None:
        super().__init__(*args, **rest)
        known = {row["of"]: Decimal(row["least"]) for row in terms.thresholds}
        self.fields["objection_days"].initial = terms.objection_days
        scored = [part for part in definition.sections if any(one.rule for one in part.questions)]
        for of, title in [("", "Στο σύνολο"), *((part.key, part.title) for part in scored)]:
            self.fields[f"least-{of}"] = PointsField(
                label=f"{title}: τουλάχιστον τόσα μόρια",
                required=False,
                initial=greek.exact(known[of]) if of in known else "",
            )

    def thresholds(self) -> dict[str, Decimal]:
        """The least points by section that were given; "" stands for all of them."""
        given = {name: value for name, value in self.cleaned_data.items() if value is not None}
        return {
            name.removeprefix("least-"): value
            for name, value in given.items()
            if name.startswith("least-")
        }


class CloseForm(forms.Form):
    """Σε ποιο μητρώο εντάσσονται οι επιλεγέντες."""

    register: Any = forms.ModelChoiceField(
        queryset=Register.objects.none(), label="Μητρώο", empty_label="Διαλέξτε μητρώο"
    )

    def __init__(self, offered: QuerySet[Register], *args: Any, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.fields["register"].queryset = offered  # type: ignore[attr-defined]
