"""Forms of room directory; they check shape, operations check rules."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet

from didaskaleio.directory.enums import OfficeKind
from didaskaleio.directory.models import Structure
from didaskaleio.directory.queries import Domain
from didaskaleio.people.models import Person
from didaskaleio.registers.models import Call
from didaskaleio.structures.models import (
    Directorate,
    ImplementingBody,
    Prefecture,
    Region,
    StructureType,
)

MOST_REMINDED = 730


def days_input() -> forms.DateInput:
    """A day that browsers choose from a calendar."""
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class TypeChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.abbreviation}: {obj.name}"


class StructureFilter(forms.Form):
    """Φίλτρα του καταλόγου· όποιος τηρεί δομές έχει και τα δύο τελευταία."""

    q = forms.CharField(
        label="Όνομα, πόλη ή τύπος", required=False, max_length=80, help_text="Π.χ. εκφε κοζανη"
    )
    type: Any = forms.ModelChoiceField(
        StructureType.objects.order_by("abbreviation"),
        label="Τύπος",
        required=False,
        empty_label="Όλοι",
    )
    prefecture__region: Any = forms.ModelChoiceField(
        Region.objects.order_by("sort_key"), label="Περιφέρεια", required=False, empty_label="Όλες"
    )
    prefecture: Any = forms.ModelChoiceField(
        Prefecture.objects.order_by("sort_key"), label="Νομός", required=False, empty_label="Όλοι"
    )
    vacant = forms.BooleanField(label="Με κενή θέση", required=False)
    mine = forms.BooleanField(label="Όσες τηρώ εγώ", required=False)


class StructureForm(forms.Form):
    """Στοιχεία δομής, όσα είναι δημόσια."""

    type: Any = TypeChoice(
        StructureType.objects.order_by("abbreviation"),
        label="Τύπος δομής",
        empty_label="Επιλέξτε τύπο",
    )
    name = forms.CharField(label="Όνομα", max_length=200, help_text="Π.χ. 1ο Ε.Κ.Φ.Ε. Κοζάνης.")
    prefecture: Any = forms.ModelChoiceField(
        Prefecture.objects.order_by("sort_key"), label="Νομός", empty_label="Επιλέξτε νομό"
    )
    directorate: Any = forms.ModelChoiceField(
        Directorate.objects.order_by("abbreviation"),
        label="Διεύθυνση εκπαίδευσης",
        required=False,
        empty_label="Δεν ανήκει σε Διεύθυνση",
    )
    body: Any = forms.ModelChoiceField(
        ImplementingBody.objects.order_by("short_name"),
        label="Φορέας",
        required=False,
        empty_label="Κανένας",
        help_text="Αν ανήκει σε φορέα υλοποίησης, την τηρούν και τα στελέχη του.",
    )
    parent: Any = forms.ModelChoiceField(
        Structure.objects.none(),
        label="Εντάσσεται σε",
        required=False,
        empty_label="Σε καμία άλλη δομή",
    )
    address = forms.CharField(label="Οδός και αριθμός, Τ.Κ.", max_length=200, required=False)
    town = forms.CharField(label="Πόλη", max_length=100)
    phone = forms.CharField(label="Τηλέφωνο υπηρεσίας", max_length=60, required=False)
    email = forms.EmailField(label="Ηλεκτρονική διεύθυνση υπηρεσίας", required=False)
    site = forms.URLField(label="Ιστότοπος", required=False, max_length=200, assume_scheme="https")
    about = forms.CharField(
        label="Τι προσφέρει και σε ποιους",
        required=False,
        max_length=4_000,
        widget=forms.Textarea({"rows": 4}),
    )

    def __init__(
        self, domain: Domain, parents: QuerySet[Structure], *args: Any, **rest: Any
    ) -> None:
        super().__init__(*args, **rest)
        self._offer("parent", parents)
        self._offer("prefecture", domain.prefectures)
        near = Directorate.objects.filter(prefecture__in=domain.prefectures)
        self._offer("directorate", near.order_by("abbreviation"))
        self._offer("body", domain.bodies)
        if domain.by_body:
            self._require_body()

    def _offer(self, name: str, rows: QuerySet[Any]) -> None:
        field: Any = self.fields[name]
        field.queryset = rows

    def _require_body(self) -> None:
        """Who acts for a body alone keeps its structures alone."""
        field: Any = self.fields["body"]
        field.required, field.empty_label = True, None
        field.help_text = ""


class OfficeForm(forms.Form):
    """Στοιχεία θέσης· το είδος ορίζεται μόνο στη σύσταση."""

    kind = forms.ChoiceField(
        label="Είδος", choices=OfficeKind.choices, initial=OfficeKind.STAFF.value
    )
    title = forms.CharField(
        label="Τίτλος", max_length=120, required=False, help_text="Π.χ. Τεχνική υποστήριξη."
    )
    remind_days = forms.IntegerField(
        label="Υπενθύμιση πριν από τη λήξη θητείας, σε ημέρες",
        min_value=0,
        max_value=MOST_REMINDED,
        initial=90,
        help_text="Τότε ειδοποιούνται το πρόσωπο και όσοι ορίζουν διάδοχο.",
    )


class AppointForm(forms.Form):
    """Ορισμός προσώπου με θητεία."""

    person: Any = forms.ChoiceField(label="Πρόσωπο", widget=forms.RadioSelect)
    begins_on = forms.DateField(label="Έναρξη θητείας", widget=days_input())
    ends_on = forms.DateField(label="Τελευταία ημέρα", widget=days_input())
    decision = forms.CharField(
        label="Απόφαση", max_length=120, help_text="Αριθμός πρωτοκόλλου και ημερομηνία."
    )
    call: Any = forms.ModelChoiceField(
        Call.objects.none(),
        label="Από πρόσκληση",
        required=False,
        empty_label="Χωρίς πρόσκληση",
    )

    def __init__(
        self, found: Sequence[Person], calls: QuerySet[Call], *args: Any, **rest: Any
    ) -> None:
        super().__init__(*args, **rest)
        self.people = {str(one.pk): one for one in found}
        fields: Any = self.fields
        fields["person"].choices = [(pk, f"{p}, {p.username}") for pk, p in self.people.items()]
        fields["call"].queryset = calls
        if not calls:
            del self.fields["call"]

    def clean_person(self) -> Person:
        return self.people[self.cleaned_data["person"]]
