"""Forms of the registers of an action; they check shape, operations check rules."""

from __future__ import annotations

from typing import Any

from django import forms

from didaskaleio.programmes.models import ActionTender
from didaskaleio.registers import queries
from didaskaleio.registers.enums import TenderState
from didaskaleio.registers.models import Register, Tender
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


class TenderLinkForm(forms.Form):
    """Ένας διαγωνισμός του φορέα για τη δράση."""

    tender: Any = forms.ModelChoiceField(
        queryset=Tender.objects.none(),
        label="Διαγωνισμός",
        empty_label="Επιλέξτε διαγωνισμό",
        help_text="Όσοι του φορέα δεν έχουν ματαιωθεί και δεν ανήκουν σε άλλη δράση.",
    )

    def __init__(self, body: ImplementingBody, *args: Any, **rest: Any) -> None:
        super().__init__(*args, **rest)
        rows = Tender.objects.filter(body=body).exclude(state=TenderState.CANCELLED)
        field: Any = self.fields["tender"]
        taken = ActionTender.objects.values("tender")
        field.queryset = rows.exclude(pk__in=taken).order_by("sort_key")
