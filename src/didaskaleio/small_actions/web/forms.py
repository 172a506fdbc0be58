"""Forms of room small_actions; they check shape, operations check rules."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.timezone import localtime

from didaskaleio.courses.models import Material, SyllabusUnit
from didaskaleio.directory.models import Structure
from didaskaleio.kernel.calendar import NoSuchHourError, local
from didaskaleio.small_actions import queries, rules
from didaskaleio.small_actions.enums import SmallActionKind
from didaskaleio.small_actions.models import SmallAction
from didaskaleio.small_actions.operations import Content
from didaskaleio.structures.models import Cluster, Prefecture, School, TrainingCentre

Host = Structure | TrainingCentre
Choices = list[tuple[str, str | list[tuple[str, str]]]]
CODES = re.compile(r"[\s,;]+")
MOST_SCHOOLS = 60


def _time() -> forms.TimeInput:
    return forms.TimeInput({"type": "time"}, "%H:%M")


def key_of(host: Host) -> str:
    """How the form calls a host."""
    return f"{'structure' if isinstance(host, Structure) else 'centre'}:{host.pk}"


def _grouped(rows: Iterable[SyllabusUnit | Material], first: str) -> Choices:
    """Choices by course: «αντικείμενο → ενότητες»."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for row in rows:
        groups.setdefault(str(row.version.course), []).append((str(row.pk), row.title))
    return [("", first), *groups.items()]


class SmallActionForm(forms.Form):
    """Μικρή δράση: μία σύντομη φόρμα."""

    kind = forms.ChoiceField(
        label="Είδος", choices=SmallActionKind.choices, widget=forms.RadioSelect
    )
    title = forms.CharField(label="Τίτλος", max_length=200)
    host: Any = forms.ChoiceField(label="Οργανώνει")
    day = forms.DateField(
        label="Ημέρα", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    start = forms.TimeField(label="Έναρξη", widget=_time())
    end = forms.TimeField(label="Λήξη", widget=_time())
    venue = forms.CharField(
        label="Χώρος",
        max_length=200,
        required=False,
        help_text="Π.χ. Εργαστήριο Φυσικής, 2ο ΓΕ.Λ. Κοζάνης. Κενό, αν γίνεται μόνο από απόσταση.",
    )
    meeting_url = forms.URLField(
        label="Σύνδεσμος τηλεδιάσκεψης",
        required=False,
        max_length=200,
        assume_scheme="https",
        help_text="Τον βλέπουν μόνο όσοι έχουν θέση.",
    )
    places = forms.IntegerField(label="Θέσεις", min_value=1, max_value=rules.MOST_PLACES)
    hours = forms.IntegerField(label="Διδακτικές ώρες (45 λεπτά)", min_value=1, max_value=16)
    counts = forms.BooleanField(
        label="Οι ώρες μετρούν στον φάκελο επιμόρφωσης όσων παρακολουθήσουν", required=False
    )
    attested = forms.BooleanField(
        label="Δίνεται βεβαίωση συμμετοχής με σφραγίδα του φορέα",
        required=False,
        help_text="Τότε, όπως και κάθε ημερίδα, δημοσιεύεται μετά από έγκριση.",
    )
    speakers = forms.CharField(
        label="Εισήγηση, διδασκαλία",
        max_length=200,
        required=False,
        help_text="Ονόματα και ιδιότητες.",
    )
    about = forms.CharField(
        label="Περιγραφή",
        max_length=4_000,
        required=False,
        widget=forms.Textarea({"rows": 4}),
    )
    unit: Any = forms.ChoiceField(label="Ενότητα που αξιοποιείται", required=False)
    material: Any = forms.ChoiceField(label="Υλικό που αξιοποιείται", required=False)
    for_prefecture: Any = forms.ModelChoiceField(
        Prefecture.objects.order_by("sort_key"),
        label="Για σχολεία του νομού",
        required=False,
        empty_label="Όλης της χώρας",
    )
    schools: Any = forms.CharField(
        label="Για ορισμένα σχολεία",
        required=False,
        max_length=1_000,
        help_text="Επταψήφιοι κωδικοί με κενό ή κόμμα. Κενό: για κάθε σχολείο.",
    )
    clusters: Any = forms.ModelMultipleChoiceField(
        Cluster.objects.filter(scheme__valid_until=None, scheme__level="B2").order_by("order"),
        label="Για ορισμένες συστάδες",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Καμία σημειωμένη: για κάθε ειδικότητα.",
    )

    def __init__(self, hosts: Sequence[Host], *args: Any, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.hosts = {key_of(host): host for host in hosts}
        self.units = {str(row.pk): row for row in queries.units()}
        self.materials = {str(row.pk): row for row in queries.materials()}
        fields: Any = self.fields
        fields["host"].choices = self._host_choices()
        fields["unit"].choices = _grouped(self.units.values(), "Καμία ενότητα")
        fields["material"].choices = _grouped(self.materials.values(), "Κανένα υλικό")

    def _host_choices(self) -> Choices:
        groups: dict[str, list[tuple[str, str]]] = {}
        for key, host in self.hosts.items():
            group = "Δομές" if isinstance(host, Structure) else "Κ.Σ.Ε."
            groups.setdefault(group, []).append((key, str(host)))
        if len(self.hosts) == 1:
            return [(key, str(host)) for key, host in self.hosts.items()]
        return [("", "Επιλέξτε"), *groups.items()]

    def clean_schools(self) -> list[School]:
        codes = [code for code in CODES.split(self.cleaned_data["schools"]) if code]
        found = {row.code: row for row in School.objects.filter(code__in=codes[:MOST_SCHOOLS])}
        if unknown := [code for code in codes if code not in found]:
            raise forms.ValidationError(
                f"Δεν υπάρχει σχολείο με κωδικό: {', '.join(unknown[:5])}. Διορθώστε τον."
            )
        return list(found.values())

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        for name in ("start", "end"):
            if given.get("day") and given.get(name):
                try:
                    given[f"{name}s_at"] = local(given["day"], given[name])
                except NoSuchHourError as error:
                    self.add_error(name, str(error))
        return given

    def content(self) -> Content:
        """What ``operations.compose`` takes."""
        given = dict(self.cleaned_data)
        for name in ("day", "start", "end"):
            del given[name]
        found: dict[str, Any] = {
            "host": self.hosts[given.pop("host")],
            "unit": self.units.get(given.pop("unit")),
            "material": self.materials.get(given.pop("material")),
        }
        return Content(**given, **found)


PLACE_OF = {"starts_at": "start", "ends_at": "end"}


def first_values(action: SmallAction) -> dict[str, Any]:
    """The form of an action as it stands."""
    names = ("kind", "title", "venue", "meeting_url", "places", "hours", "counts", "attested")
    found: dict[str, Any] = {name: getattr(action, name) for name in names}
    starts, ends = localtime(action.starts_at), localtime(action.ends_at)
    found |= {"day": starts.date(), "start": starts.time(), "end": ends.time()}
    found |= {"speakers": action.speakers, "about": action.about, "host": key_of(action.host)}
    found |= {"unit": action.unit_id, "material": action.material_id}
    found |= {"for_prefecture": action.for_prefecture_id, "clusters": action.clusters.all()}
    return found | {"schools": " ".join(row.code for row in action.schools.all())}


class CatalogueFilter(forms.Form):
    """Φίλτρα του καταλόγου."""

    is_search = True

    q = forms.CharField(label="Λέξεις του τίτλου", required=False, max_length=80)
    kind = forms.ChoiceField(
        label="Είδος", required=False, choices=[("", "Όλα"), *SmallActionKind.choices]
    )
    prefecture: Any = forms.ModelChoiceField(
        Prefecture.objects.order_by("sort_key"),
        label="Νομός όπου γίνεται",
        required=False,
        empty_label="Όλοι",
    )
    everybody = forms.BooleanField(label="Και όσες δεν είναι για εμένα", required=False)


class CodeForm(forms.Form):
    """Ο κωδικός της αίθουσας, όπως φαίνεται ή με ελληνικά γράμματα."""

    code = forms.CharField(
        label="Κωδικός της αίθουσας",
        help_text="Έξι σύμβολα από την οθόνη· αλλάζουν κάθε 20 δευτερόλεπτα.",
        max_length=12,
        widget=forms.TextInput(
            {"autocomplete": "off", "autocapitalize": "characters", "class": "code"}
        ),
    )


NEW = {"kind": SmallActionKind.WORKSHOP, "places": 20, "hours": 3, "counts": True}
