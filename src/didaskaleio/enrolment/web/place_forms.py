"""Forms of officers after the draw: manual move, merge, another moment of phase B."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet

from didaskaleio.enrolment.enums import MoveReason
from didaskaleio.kernel.web.deadlines import DeadlineField
from didaskaleio.programmes.models import Programme


class _Target(forms.ModelChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: Programme) -> str:
        return f"{obj} ({obj.get_state_display()})"


def _reason(help_text: str, *, required: bool = True) -> forms.CharField:
    return forms.CharField(
        label="Αιτιολογία",
        help_text=help_text,
        required=required,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class _ToProgramme(forms.Form):
    target = _Target(label="Πρόγραμμα υποδοχής", queryset=Programme.objects.none())

    def __init__(self, *args: Any, targets: QuerySet[Programme], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["target"].queryset = targets  # type: ignore[attr-defined]


class MoveForm(_ToProgramme):
    """Μετακίνηση με απόφαση."""

    code = forms.ChoiceField(
        label="Κωδικός αιτιολογίας",
        help_text="Δημοσιεύεται μαζί με τον αριθμό του προσώπου.",
        choices=MoveReason.choices,
    )
    reason = _reason("Μένει στο ιστορικό και δεν δημοσιεύεται.")


class MergeForm(_ToProgramme):
    """Συγχώνευση με άλλο πρόγραμμα."""

    reason = _reason(
        "Χρειάζεται για την απόφαση, όχι για την ερώτηση. Δημοσιεύεται.", required=False
    )


class PhaseBForm(forms.Form):
    """Νέα στιγμή της Β΄ φάσης."""

    opens = forms.DateTimeField(
        label="Άνοιγμα",
        help_text="Τουλάχιστον 48 ώρες από τώρα.",
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    closes = DeadlineField(
        label="Λήξη",
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    reason = _reason("Δημοσιεύεται με την πράξη.")
