"""Forms of the registers of an action; they check shape, operations check rules."""

from __future__ import annotations

from typing import Any

from django import forms

from didaskaleio.registers import queries
from didaskaleio.registers.models import Register
from didaskaleio.structures.models import ImplementingBody


class SourceForm(forms.Form):
    """Από ποιο μητρώο του φορέα ορίζεται ένας ρόλος."""

    register: Any = forms.ModelChoiceField(
        queryset=Register.objects.none(),
        label="Μητρώο",
        required=False,
        empty_label="Δεν ορίζεται μητρώο",
        help_text="Τα μητρώα και υπομητρώα του φορέα που υλοποιεί τη δράση.",
    )

    def __init__(self, body: ImplementingBody, *args: Any, **rest: Any) -> None:
        super().__init__(*args, **rest)
        field: Any = self.fields["register"]
        field.queryset = Register.objects.filter(body=body).order_by("sort_key")


class FormField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A published version of a form by its title."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.form.title}, {obj}"


class MembersCallForm(forms.Form):
    """Η φόρμα υποψηφιότητας της πρόσκλησης που ανοίγει από τη δράση."""

    form: Any = FormField(
        queryset=None,
        label="Φόρμα της υποψηφιότητας",
        empty_label="Επιλέξτε φόρμα",
        help_text="Δημοσιευμένες φόρμες του φορέα: ερωτήσεις, δικαιολογητικά και μόρια.",
    )

    def __init__(self, body: ImplementingBody, *args: Any, **rest: Any) -> None:
        super().__init__(*args, **rest)
        field: Any = self.fields["form"]
        field.queryset = queries.forms_of(ImplementingBody.objects.filter(pk=body.pk))
