"""Forms of time-limited posts; they check shape, operations check rules."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from didaskaleio.directory.enums import EngagementKind
from didaskaleio.directory.queries import Host
from didaskaleio.directory.web.forms import days_input
from didaskaleio.people.models import Person


class EngageForm(forms.Form):
    """Θέση ορισμένου χρόνου."""

    person: Any = forms.ChoiceField(label="Πρόσωπο", widget=forms.RadioSelect)
    kind = forms.ChoiceField(label="Ιδιότητα", choices=EngagementKind.choices)
    host: Any = forms.ChoiceField(label="Φορέας υποδοχής")
    duties = forms.CharField(
        label="Έργο", max_length=200, help_text="Π.χ. υποστήριξη εργαστηρίων πληροφορικής."
    )
    begins_on = forms.DateField(label="Έναρξη", widget=days_input())
    ends_on = forms.DateField(label="Τελευταία ημέρα", widget=days_input())
    agreement = forms.CharField(
        label="Συμφωνητικό ή απόφαση", max_length=120, help_text="Αριθμός και ημερομηνία."
    )
    upload = forms.FileField(
        label="Το έγγραφο",
        required=False,
        help_text="PDF έως 10 MB. Το ανοίγουν το πρόσωπο και όσοι τηρούν τη θέση.",
    )
    remind_days = forms.IntegerField(
        label="Υπενθύμιση πριν από τη λήξη, σε ημέρες", min_value=0, max_value=365, initial=30
    )
    right = forms.BooleanField(
        label="Με ρόλο στην πλατφόρμα, που λήγει μαζί με τη θέση",
        required=False,
        help_text="Σε Κ.Σ.Ε.: Προσωπικό Κ.Σ.Ε. Σε φορέα: Σχεδιασμός προγραμμάτων.",
    )

    def __init__(
        self, found: Sequence[Person], hosts: Sequence[Host], *args: Any, **rest: Any
    ) -> None:
        super().__init__(*args, **rest)
        self.people = {str(one.pk): one for one in found}
        self.hosts = {host.value: host for host in hosts}
        fields: Any = self.fields
        fields["person"].choices = [(pk, f"{p}, {p.username}") for pk, p in self.people.items()]
        groups: dict[str, list[tuple[str, str]]] = {}
        for host in hosts:
            groups.setdefault(host.group, []).append((host.value, host.name))
        fields["host"].choices = [("", "Επιλέξτε"), *groups.items()]

    def facts(self) -> dict[str, Any]:
        """The arguments of ``operations.engage``."""
        given = dict(self.cleaned_data)
        host = self.hosts[given.pop("host")]
        return given | {"person": self.people[given["person"]], host.field: host.row}


class GuestForm(forms.Form):
    """Λογαριασμός για πρόσωπο εκτός μητρώου εκπαιδευτικών."""

    surname = forms.CharField(label="Επώνυμο", max_length=80)
    given_name = forms.CharField(label="Όνομα", max_length=80)
    email = forms.EmailField(
        label="Ηλεκτρονικό ταχυδρομείο", help_text="Εκεί πάει η πρόσκληση για τον κωδικό."
    )
    username = forms.RegexField(
        r"^[a-z0-9][a-z0-9._-]{2,59}$",
        label="Όνομα χρήστη",
        help_text="Από 3 έως 60 πεζοί λατινικοί χαρακτήρες, ψηφία, τελεία, παύλα.",
        error_messages={
            "invalid": "Το όνομα χρήστη έχει από 3 έως 60 πεζούς λατινικούς χαρακτήρες, ψηφία, "
            "τελεία ή παύλα. Διορθώστε το."
        },
    )
