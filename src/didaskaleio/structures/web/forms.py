"""Filters of room structures."""

from __future__ import annotations

from django import forms

from didaskaleio.structures.models import ClusterScheme, Prefecture, Region


class CentreFilter(forms.Form):
    """Φίλτρα καταλόγου Κ.Σ.Ε."""

    is_search = True

    q = forms.CharField(label="Όνομα ή πόλη", required=False, max_length=80)
    region = forms.ModelChoiceField(
        Region.objects.order_by("sort_key"), label="Περιφέρεια", required=False, empty_label="Όλες"
    )
    prefecture = forms.ModelChoiceField(
        Prefecture.objects.order_by("sort_key"), label="Νομός", required=False, empty_label="Όλοι"
    )


class ClusterFilter(forms.Form):
    """Φίλτρα συστάδων: a scheme, a code or name of a specialty."""

    is_search = True

    q = forms.CharField(
        label="Ειδικότητα",
        required=False,
        max_length=80,
        help_text="Κωδικός ή όνομα, και παλαιός κωδικός, π.χ. ΠΕ19",
    )
    scheme = forms.ModelChoiceField(
        ClusterScheme.objects.order_by("-level", "-valid_from"),
        label="Επίπεδο",
        required=False,
        empty_label="Β2, όπως ισχύει",
    )
