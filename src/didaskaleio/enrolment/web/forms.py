"""Forms of the ceremony: the beacon's rule, a new deadline, an entered beacon."""

from __future__ import annotations

from typing import Any

from django import forms

from didaskaleio.enrolment.operations import BeaconRule
from didaskaleio.kernel.web.deadlines import DeadlineField


def _moment(
    label: str, help_text: str = "", *, kind: type[forms.DateTimeField] = forms.DateTimeField
) -> forms.DateTimeField:
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    return kind(label=label, help_text=help_text, widget=widget)


class BeaconRuleForm(forms.Form):
    """Κανόνας δημόσιας τύχης."""

    source = forms.CharField(
        label="Πηγή της δημόσιας τύχης",
        help_text="Ποια δημόσια τιμή, από πού, ώστε να τη βρει όποιος θέλει.",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=500,
    )
    beacon_at = _moment("Στιγμή που γίνεται γνωστή", "Τουλάχιστον 24 ώρες μετά την προθεσμία.")
    pattern = forms.CharField(
        label="Μορφή",
        help_text="Γράμματα, ψηφία, κενό / - : και κλάσεις, όπως [0-9a-f]{64}.",
        max_length=200,
    )
    example = forms.CharField(label="Παράδειγμα τιμής", max_length=200)

    def rule(self) -> BeaconRule:
        """The rule as the operations take it."""
        given = self.cleaned_data
        return BeaconRule(
            given["source"].strip(), given["beacon_at"], given["pattern"], given["example"]
        )


class NewDeadlineForm(BeaconRuleForm):
    """Παράταση ή επαναλειτουργία: new deadline, reason, a new rule."""

    closes = _moment("Νέα προθεσμία υποβολής", kind=DeadlineField)
    phase_b_opens = _moment("Άνοιγμα Β΄ φάσης")
    phase_b_closes = _moment("Λήξη Β΄ φάσης", kind=DeadlineField)
    reason = forms.CharField(
        label="Αιτιολογία",
        help_text="Δημοσιεύεται με την πράξη και στέλνεται σε όσους έχουν αίτηση.",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
    )
    field_order = ("closes", "reason", "source", "beacon_at", "pattern", "example")

    def facts(self) -> dict[str, Any]:
        """What extend and reopen take."""
        given = self.cleaned_data
        return {
            "closes": given["closes"],
            "reason": given["reason"],
            "beacon": self.rule(),
            "phase_b": (given["phase_b_opens"], given["phase_b_closes"]),
        }


class BeaconForm(forms.Form):
    """Καταχώριση δημόσιας τύχης."""

    beacon = forms.CharField(
        label="Τιμή της δημόσιας τύχης",
        help_text="Διαβάστε την οι ίδιοι από την πηγή· μην την αντιγράψετε από άλλον.",
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )


class SecretForm(forms.Form):
    """Το μυστικό από το σφραγισμένο αντίγραφο."""

    secret = forms.RegexField(
        r"^\s*[0-9a-fA-F]{64}\s*$",
        label="Μυστικό (64 δεκαεξαδικά ψηφία)",
        help_text="Ό,τι έδωσε η εντολή open_escrow με το κλειδί του Υπουργείου.",
        error_messages={"invalid": "Δώστε ακριβώς 64 δεκαεξαδικά ψηφία."},
    )


class ReasonForm(forms.Form):
    """Αιτιολογημένη πράξη του Υπουργείου."""

    reason = forms.CharField(
        label="Αιτιολογία",
        help_text="Δημοσιεύεται στη σελίδα της κλήρωσης.",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
    )
