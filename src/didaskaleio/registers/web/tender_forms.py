"""Forms of tenders and offers; they check shape, operations check rules."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet

from didaskaleio.kernel.models import FormVersion
from didaskaleio.kernel.web.deadlines import DeadlineField
from didaskaleio.kernel.web.numbers import EuroField
from didaskaleio.registers.enums import AwardRule
from didaskaleio.registers.web.forms import NeededLater
from didaskaleio.structures.models import ImplementingBody, Prefecture


def _moment() -> forms.DateTimeInput:
    return forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")


def _long(rows: int) -> forms.Textarea:
    return forms.Textarea({"rows": rows})


class FormField(forms.ModelChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.form.title}, {obj}"


class TenderForm(forms.Form):
    """Οι όροι ενός διαγωνισμού."""

    body: Any = forms.ModelChoiceField(queryset=None, label="Φορέας", empty_label=None)
    title = forms.CharField(label="Τίτλος", max_length=300)
    text = forms.CharField(label="Αντικείμενο και όροι", max_length=20_000, widget=_long(8))
    prefecture: Any = forms.ModelChoiceField(
        queryset=Prefecture.objects.none(),
        label="Τμήμα",
        required=False,
        empty_label="Όλη η χώρα",
        help_text="Ο νομός στον οποίο θα λειτουργήσουν τα προγράμματα.",
    )
    form: Any = FormField(
        queryset=None,
        label="Φόρμα της τεχνικής προσφοράς",
        empty_label="Επιλέξτε φόρμα",
        help_text="Δημοσιευμένη φόρμα του φορέα, χωρίς αρχεία.",
    )
    rule = forms.ChoiceField(
        label="Κριτήριο ανάθεσης", choices=AwardRule.choices, widget=forms.RadioSelect
    )
    weight = forms.IntegerField(
        label="Βάρος της τιμής, %",
        min_value=1,
        max_value=100,
        initial=60,
        help_text="Στη βέλτιστη σχέση: το υπόλοιπο είναι της τεχνικής προσφοράς.",
    )
    ceiling = EuroField(label="Προϋπολογισμός σε €", help_text="Π.χ. 12.500,00.")
    opens_at = forms.DateTimeField(label="Έναρξη υποβολής", widget=_moment())
    closes_at = DeadlineField(label="Λήξη υποβολής", widget=_moment())
    standstill_days = forms.IntegerField(
        label="Ημέρες για ενστάσεις", min_value=1, max_value=60, initial=10
    )

    def __init__(
        self,
        bodies: QuerySet[ImplementingBody],
        versions: QuerySet[FormVersion],
        *args: Any,
        **rest: Any,
    ) -> None:
        super().__init__(*args, **rest)
        offered: dict[str, QuerySet[Any]] = {
            "body": bodies,
            "form": versions,
            "prefecture": Prefecture.objects.order_by("sort_key"),
        }
        for name, rows in offered.items():
            field: Any = self.fields[name]
            field.queryset = rows
        if len(bodies) == 1:
            del self.fields["body"]


class ActForm(forms.Form):
    """Τα λόγια μιας πράξης του διαγωνισμού."""

    words = forms.CharField(label="Κείμενο", max_length=8_000, widget=_long(6))

    def __init__(self, label: str, *args: Any, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.fields["words"].label = label


class PaperActForm(ActForm):
    """Μια πράξη με το έγγραφό της."""

    paper = forms.FileField(label="Έγγραφο σε PDF", help_text="Υπογεγραμμένο, έως 10 MB.")


class LaterEuro(NeededLater, EuroField):
    pass


class LaterFile(NeededLater, forms.FileField):
    pass


class OfferForm(forms.Form):
    """Τιμή και έγγραφο της προσφοράς· οι τεχνικές ερωτήσεις είναι της φόρμας."""

    price = LaterEuro(label="Τιμή σε €", help_text="Συνολική, με τον ΦΠΑ.")
    paper = LaterFile(label="Η προσφορά σε PDF", help_text="Τεχνική και οικονομική, έως 10 MB.")
