"""Forms of room registers; they check shape, operations check rules."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet

from didaskaleio.kernel.models import FormVersion
from didaskaleio.kernel.web.deadlines import DeadlineField
from didaskaleio.registers.enums import Fills
from didaskaleio.registers.models import Register
from didaskaleio.structures.models import ImplementingBody


def _moment() -> forms.DateTimeInput:
    return forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")


def _long(rows: int) -> forms.Textarea:
    return forms.Textarea({"rows": rows})


class NeededLater:
    """What the publication asks for: it may be saved empty, yet is not called optional."""

    def validate(self, value: Any) -> None:
        """Empty is well for now; ``rules.gaps`` names it at the publication."""


class LaterText(NeededLater, forms.CharField):
    pass


class LaterMoment(NeededLater, forms.DateTimeField):
    pass


class LaterDeadline(NeededLater, DeadlineField):
    pass


class FormChoice(NeededLater, forms.ModelChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.form.title}, {obj}"


class CallForm(forms.Form):
    """Περιεχόμενο πρόσκλησης· η νέα έχει και φορέα, όταν τα πρόσωπα έχουν πάνω από έναν."""

    body: Any = forms.ModelChoiceField(queryset=None, label="Φορέας", empty_label=None)
    title = forms.CharField(label="Τίτλος", max_length=300)
    fills = forms.ChoiceField(label="Τι πληρώνει", choices=Fills.choices)
    fills_name = forms.CharField(
        label="Όνομα του μητρώου ή των θέσεων",
        max_length=200,
        help_text="Π.χ. Μητρώο επιμορφωτών Β΄ επιπέδου, ή: Τεχνική υποστήριξη Κ.Σ.Ε. Κοζάνης.",
    )
    register: Any = forms.ModelChoiceField(
        queryset=Register.objects.none(),
        label="Μητρώο στο οποίο εντάσσονται οι επιλεγέντες",
        required=False,
        empty_label="Θα οριστεί στο τέλος",
    )
    places = forms.IntegerField(
        label="Πλήθος θέσεων",
        required=False,
        min_value=1,
        max_value=100_000,
        help_text="Κενό: εντάσσεται όποιο πρόσωπο πληροί τους όρους.",
    )
    text = LaterText(label="Κείμενο", max_length=20_000, widget=_long(10))
    audience = LaterText(
        label="Σε ποιους απευθύνεται",
        max_length=4_000,
        widget=_long(4),
        help_text="Με λόγια. Τους κανόνες που ελέγχονται αυτόματα τους ορίζετε στο επόμενο βήμα.",
    )
    form: Any = FormChoice(
        queryset=None,
        label="Φόρμα υποψηφιότητας",
        empty_label="Επιλέξτε φόρμα",
        help_text="Ερωτήσεις, δικαιολογητικά και μόρια. Μετά τη δημοσίευση δεν αλλάζει.",
    )
    opens_at = LaterMoment(label="Έναρξη υποβολής", widget=_moment())
    closes_at = LaterDeadline(label="Λήξη υποβολής", widget=_moment())

    def __init__(
        self,
        bodies: QuerySet[ImplementingBody],
        versions: QuerySet[FormVersion],
        *args: Any,
        **kw: Any,
    ) -> None:
        super().__init__(*args, **kw)
        self.fields["form"].queryset = versions  # type: ignore[attr-defined]
        self.fields["body"].queryset = bodies  # type: ignore[attr-defined]
        registers = Register.objects.filter(body__in=bodies).order_by("sort_key", "pk")
        self.fields["register"].queryset = registers  # type: ignore[attr-defined]


class DocumentForm(forms.Form):
    title = forms.CharField(label="Τίτλος", max_length=200)
    file = forms.FileField(label="Αρχείο PDF", help_text="Έως 10 MB. Δημοσιεύεται μαζί της.")


class AmendForm(forms.Form):
    """Τι τροποποιείται σε δημοσιευμένη πρόσκληση."""

    text = forms.CharField(label="Κείμενο", max_length=20_000, widget=_long(10))
    audience = forms.CharField(label="Σε ποιους απευθύνεται", max_length=4_000, widget=_long(4))
    places = forms.IntegerField(
        label="Πλήθος θέσεων", required=False, min_value=1, max_value=100_000
    )
    reason = forms.CharField(
        label="Αιτιολογία",
        max_length=2_000,
        widget=_long(3),
        help_text="Δημοσιεύεται μαζί με την πράξη.",
    )


class ExtendForm(forms.Form):
    until = DeadlineField(label="Νέα λήξη υποβολής", widget=_moment())
    reason = forms.CharField(
        label="Αιτιολογία",
        max_length=2_000,
        widget=_long(3),
        help_text="Δημοσιεύεται μαζί με την πράξη.",
    )


class EvidenceForm(forms.Form):
    """Ένα δικαιολογητικό του φακέλου."""

    title = forms.CharField(label="Τι είναι", max_length=200, help_text="Π.χ. Μεταπτυχιακό.")
    until = forms.DateField(
        label="Ισχύει έως",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text="Μόνο αν το έγγραφο έχει ημερομηνία λήξης.",
    )


class NewEvidenceForm(EvidenceForm):
    file = forms.FileField(label="Αρχείο", help_text="PDF ή εικόνα, έως 10 MB.")


class CompletionForm(forms.Form):
    """Τι λείπει από μια υποψηφιότητα, ως πότε και γιατί."""

    asked = forms.MultipleChoiceField(
        label="Δικαιολογητικά που ζητούνται", widget=forms.CheckboxSelectMultiple
    )
    until = DeadlineField(
        label="Προθεσμία συμπλήρωσης",
        widget=_moment(),
        help_text="Προτείνονται πέντε εργάσιμες ημέρες.",
    )
    reason = forms.CharField(
        label="Τι λείπει ή τι δεν διαβάζεται",
        max_length=2_000,
        widget=_long(4),
        help_text="Το διαβάζει το πρόσωπο.",
    )

    def __init__(self, papers: list[tuple[str, str]], *args: Any, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.fields["asked"].choices = papers  # type: ignore[attr-defined]
