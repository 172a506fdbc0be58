"""The invented person (επινοημένο πρόσωπο) on whom a profile is tried."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from didaskaleio.courses import profiles, queries
from didaskaleio.courses.web.forms import DATE
from didaskaleio.structures.models import Prefecture, Specialty


class InventedForm(forms.Form):
    """Επινοημένο πρόσωπο και στόχος: what the rules look at, field by field."""

    specialty = forms.ModelChoiceField(
        Specialty.objects.order_by("code"),
        label="Κλάδος ή ειδικότητα",
        to_field_name="code",
        empty_label="Καμία καταχώριση",
        required=False,
    )
    special_post = forms.BooleanField(label="Θέση ειδικής αγωγής", required=False)
    employment = forms.ChoiceField(
        label="Σχέση εργασίας",
        choices=[("", "Καμία καταχώριση"), *profiles.EMPLOYMENTS.items()],
        required=False,
    )
    certificates = forms.MultipleChoiceField(
        label="Πιστοποιητικά και επιμορφώσεις",
        choices=list(profiles.CERTIFICATES.items()),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    will_teach = forms.BooleanField(label="Διδάσκει στη διάρκεια της επιμόρφωσης", required=False)
    service_years = forms.IntegerField(
        label="Συμπληρωμένα έτη υπηρέτησης", min_value=0, max_value=60, required=False
    )
    appointed_on = forms.DateField(label="Ημερομηνία διορισμού", widget=DATE, required=False)
    prefecture = forms.ModelChoiceField(
        Prefecture.objects.order_by("sort_key"),
        label="Νομός του σχολείου",
        to_field_name="code",
        empty_label="Κανένας (εξωτερικό)",
        required=False,
    )
    cluster = forms.ChoiceField(label="Συστάδα του προγράμματος", required=False)
    place = forms.ModelChoiceField(
        Prefecture.objects.order_by("sort_key"),
        label="Νομός του Κ.Σ.Ε.",
        help_text="Μόνο για κατηγορία με εντοπιότητα. Χωρίς νομό δεν ελέγχεται.",
        to_field_name="code",
        empty_label="Κατηγορία χωρίς εντοπιότητα",
        required=False,
    )
    person = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, day: date, level: str, *args: Any, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.day, self.level = day, level
        clusters = queries.clusters_at(day, level)
        self.titles = {row.code: str(row) for row in clusters}
        choices = [("", "Όποια κι αν είναι"), *self.titles.items()]
        self.fields["cluster"].choices = choices  # type: ignore[attr-defined]

    def facts(self) -> profiles.Facts:
        """The person of the fields, as the rules see one."""
        data = self.cleaned_data
        code = data["specialty"].code if data["specialty"] else ""
        code = f"{code}.50" if code and data["special_post"] else code
        prefecture = data["prefecture"]
        return profiles.Facts(
            certificates=frozenset(data["certificates"]),
            clusters=queries.clusters_of_specialty(code, self.day, self.level),
            prefectures=frozenset([prefecture.code] if prefecture else []),
            specialty=code,
            employment=data["employment"],
            will_teach=data["will_teach"],
            service_years=data["service_years"],
            appointed_on=data["appointed_on"],
        )

    def target(self) -> profiles.Target:
        """The programme applied for, as far as it was said."""
        code, place = self.cleaned_data["cluster"], self.cleaned_data["place"]
        name, label = self.titles.get(code, ""), place.label if place else ""
        return profiles.Target(code, name, place.code if place else "", label, bool(place))


def initial_of(facts: profiles.Facts) -> dict[str, Any]:
    """The fields filled with the facts of a real person."""
    return {
        "specialty": facts.branch,
        "special_post": facts.specialty.endswith(".50"),
        "employment": facts.employment,
        "certificates": sorted(facts.certificates),
        "will_teach": facts.will_teach,
        "service_years": facts.service_years,
        "appointed_on": facts.appointed_on,
        "prefecture": min(facts.prefectures, default=""),
    }
