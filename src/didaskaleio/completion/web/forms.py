"""Forms of room completion."""

from __future__ import annotations

from django import forms


class ReasonForm(forms.Form):
    """Why an attestation is replaced: the journal and the person read it."""

    reason = forms.CharField(
        label="Αιτιολογία",
        max_length=2_000,
        help_text="Π.χ. «Διορθώθηκε το επώνυμο». Γράφεται στο ιστορικό και τη διαβάζει το πρόσωπο.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
