"""Πεδία αριθμών: decimals written the Greek way, kept as decimals."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms

from didaskaleio.kernel.forms.answers import shown
from didaskaleio.kernel.greek import NumberFormatError, parse_decimal

LARGEST, FINEST, LONGEST = Decimal(10) ** 9, 6, 20


class Unasked(forms.Field):
    """May stay empty, yet is not called optional: one of many rows of which some are spare."""

    def validate(self, value: Any) -> None:
        if value:
            super().validate(value)


class SpareText(Unasked, forms.CharField):
    """Words in a spare row."""


class SpareChoice(Unasked, forms.ChoiceField):
    """A choice in a spare row."""


class GreekDecimal(Unasked, forms.CharField):
    """«2,5»: empty is None; ``spare`` for one that stands in a spare row."""

    def __init__(self, *, spare: bool = False, **rest: Any) -> None:
        rest["required"] = spare
        super().__init__(**rest)
        self.widget.attrs |= {"inputmode": "decimal", "size": "6", "class": "d-input--short"}

    def prepare_value(self, value: Any) -> Any:
        return shown(value) if isinstance(value, Decimal) else value

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        if not text:
            return None
        if len(text) > LONGEST:
            raise forms.ValidationError("Ο αριθμός είναι πολύ μεγάλος ή έχει πολλά δεκαδικά.")
        try:
            found = parse_decimal(text)
        except NumberFormatError as error:
            raise forms.ValidationError(str(error)) from error
        exponent = found.as_tuple().exponent
        if abs(found) >= LARGEST or (isinstance(exponent, int) and -exponent > FINEST):
            raise forms.ValidationError("Ο αριθμός είναι πολύ μεγάλος ή έχει πολλά δεκαδικά.")
        return found
