"""Forms of registers; they check shape, operations check rules."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet

from didaskaleio.kernel.models import FormVersion
from didaskaleio.people.models import Person
from didaskaleio.registers import queries
from didaskaleio.registers.enums import Procedure
from didaskaleio.registers.models import Membership, Register
from didaskaleio.registers.web.forms import FormChoice
from didaskaleio.structures.models import Cluster, ImplementingBody, Prefecture


class RegisterForm(forms.Form):
    """Στοιχεία μητρώου· φορέας και κωδικός ορίζονται μία φορά, στο νέο."""

    body: Any = forms.ModelChoiceField(queryset=None, label="Φορέας", empty_label=None)
    title = forms.CharField(label="Τίτλος", max_length=200)
    code = forms.SlugField(
        label="Κωδικός",
        max_length=40,
        help_text="Λατινικά πεζά, αριθμοί και παύλες, π.χ. epimorfotes-b2. Δεν αλλάζει αργότερα.",
    )
    about = forms.CharField(
        label="Για ποιους είναι",
        required=False,
        max_length=4_000,
        widget=forms.Textarea({"rows": 4}),
        help_text="Φαίνεται στον δημόσιο κατάλογο των μητρώων.",
    )
    form: Any = FormChoice(
        queryset=None,
        label="Στοιχεία των μελών",
        empty_label="Επιλέξτε φόρμα",
        help_text="Κάθε ερώτηση της φόρμας γίνεται στοιχείο του μητρώου.",
    )
    parent: Any = forms.ModelChoiceField(
        queryset=None,
        label="Υπομητρώο του",
        required=False,
        empty_label="Δεν είναι υπομητρώο",
        help_text="Στο υπομητρώο εντάσσονται μόνο μέλη του μητρώου.",
    )
    cluster: Any = forms.ModelChoiceField(
        queryset=Cluster.objects.none(), label="Συστάδα", required=False, empty_label="Όλες"
    )
    prefecture: Any = forms.ModelChoiceField(
        queryset=Prefecture.objects.none(), label="Νομός", required=False, empty_label="Όλοι"
    )
    months = forms.IntegerField(
        label="Διάρκεια εγγραφής σε μήνες", min_value=1, max_value=240, initial=36
    )
    remind_days = forms.IntegerField(
        label="Υπενθύμιση πριν από τη λήξη, σε ημέρες", min_value=0, max_value=365, initial=60
    )

    def __init__(
        self,
        bodies: QuerySet[ImplementingBody],
        versions: QuerySet[FormVersion],
        *args: Any,
        **rest: Any,
    ) -> None:
        super().__init__(*args, **rest)
        self._offer("body", bodies)
        self._offer("form", versions)
        self._offer("parent", Register.objects.filter(body__in=bodies, parent=None))
        self._offer("cluster", Cluster.objects.order_by("code"))
        self._offer("prefecture", Prefecture.objects.order_by("sort_key"))

    def _offer(self, name: str, rows: QuerySet[Any]) -> None:
        field: Any = self.fields[name]
        field.queryset = rows

    def clean_form(self) -> Any:
        if self.cleaned_data.get("form") is None:
            raise forms.ValidationError("Επιλέξτε τη φόρμα με τα στοιχεία των μελών.")
        return self.cleaned_data["form"]


class ProceduresForm(forms.Form):
    """Διαδικασία μεταβολής για κάθε στοιχείο."""

    def __init__(self, register: Register, *args: Any, **rest: Any) -> None:
        super().__init__(*args, **rest)
        for one in register.fields().questions():
            self.fields[f"way-{one.key}"] = forms.ChoiceField(
                label=one.label,
                choices=Procedure.choices,
                initial=register.procedure(one.key).value,
            )

    def procedures(self) -> dict[str, str]:
        """The procedures by key of field."""
        return {name.removeprefix("way-"): value for name, value in self.cleaned_data.items()}


class EntryForm(forms.Form):
    """Ένταξη προσώπου."""

    person: Any = forms.ChoiceField(label="Πρόσωπο", widget=forms.RadioSelect)

    def __init__(self, found: list[Person], *args: Any, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.people = {str(one.pk): one for one in found}
        field: Any = self.fields["person"]
        field.choices = [(pk, f"{one}, {one.username}") for pk, one in self.people.items()]

    def clean_person(self) -> Person:
        return self.people[self.cleaned_data["person"]]


class UpdateForm(forms.Form):
    """Όσα συνοδεύουν μια μεταβολή."""

    note = forms.CharField(
        label="Από πού προκύπτει",
        required=False,
        max_length=1_000,
        widget=forms.Textarea({"rows": 3}),
    )
    proof = forms.FileField(label="Δικαιολογητικό", required=False, help_text="PDF ή εικόνα.")


class PlaceForm(forms.Form):
    """Συστάδα, νομός και ημέρα: what a search of members combines with its rules."""

    is_search = True

    cluster: Any = forms.ModelChoiceField(
        Cluster.objects.filter(scheme__valid_until=None).order_by("-scheme__level", "order"),
        label="Συστάδα",
        required=False,
        empty_label="Όλες",
    )
    prefecture: Any = forms.ModelChoiceField(
        Prefecture.objects.order_by("sort_key"), label="Νομός", required=False, empty_label="Όλοι"
    )
    day = forms.ChoiceField(
        label="Ημέρα που διαθέτει",
        required=False,
        choices=[("", "Οποιαδήποτε"), *queries.WEEKDAYS.items()],
    )

    def __init__(self, *args: Any, with_days: bool) -> None:
        super().__init__(*args)
        if not with_days:
            del self.fields["day"]
        self.asked = self.cleaned_data if self.is_valid() else {}

    @property
    def is_asked(self) -> bool:
        return any(self.asked.values())

    def narrow(
        self, rows: QuerySet[Membership], register: Register, today: date
    ) -> QuerySet[Membership]:
        """The members that fulfil what was chosen."""
        if cluster := self.asked.get("cluster"):
            rows = queries.in_cluster(rows, cluster.pk)
        if prefecture := self.asked.get("prefecture"):
            rows = queries.in_prefecture(rows, prefecture.pk, today)
        if weekday := self.asked.get("day"):
            rows = queries.free_on(rows, [register], weekday)
        return rows
