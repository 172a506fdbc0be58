"""Fields of numbers (αριθμοί σε φόρμες), written and read the Greek way."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms

from didaskaleio.kernel import greek

MOST = Decimal(10) ** 9


class EuroField(forms.CharField):
    """An amount in euro as it is written in Greek: 1.234,50."""

    def __init__(self, **rest: Any) -> None:
        rest.setdefault("max_length", 20)
        super().__init__(widget=forms.TextInput({"inputmode": "decimal"}), **rest)

    def prepare_value(self, value: Any) -> Any:
        return greek.exact(value) if isinstance(value, Decimal) else value

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        try:
            found = greek.parse_decimal(text)
        except greek.NumberFormatError as error:
            raise forms.ValidationError(str(error)) from error
        if not 0 < found < MOST or found != round(found, 2):
            raise forms.ValidationError("Δώστε ποσό μεγαλύτερο από 0, με έως δύο δεκαδικά.")
        return found
