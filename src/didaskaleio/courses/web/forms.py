"""Forms of room courses; they check shape, operations check rules."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.db.models import QuerySet

from didaskaleio.courses.enums import MaterialKind, SessionMode
from didaskaleio.courses.models import CourseVersion
from didaskaleio.people.models import Person
from didaskaleio.structures.models import Cluster, ClusterScheme, ImplementingBody

LATER = ("purpose", "content", "providers", "certification_method", "change_log")


class NeededLater(forms.CharField):
    """Κείμενο που ζητείται στην υποβολή: it may be saved empty, yet is not called optional."""

    def validate(self, value: Any) -> None:
        """Empty is well for now; ``queries.gaps`` names it at the submission."""


class TextsForm(forms.ModelForm):  # type: ignore[type-arg]
    """Texts and hours of a version."""

    class Meta:
        model = CourseVersion
        fields = (
            "purpose",
            "content",
            "providers",
            "hours_total",
            "hours_face_to_face",
            "hours_synchronous",
            "hours_asynchronous",
            "hours_support",
            "certification_method",
            "change_log",
        )
        labels = {
            "purpose": "Σκοπός",
            "content": "Περιεχόμενο",
            "providers": "Φορείς παροχής",
            "hours_total": "Σύνολο",
            "hours_face_to_face": "Διά ζώσης",
            "hours_synchronous": "Σύγχρονες",
            "hours_asynchronous": "Ασύγχρονες",
            "hours_support": "Υποστηρικτικές",
            "certification_method": "Τρόπος πιστοποίησης",
            "change_log": "Τι αλλάζει σε αυτή την έκδοση",
        }
        field_classes = dict.fromkeys(LATER, NeededLater)

    def __init__(self, *args: Any, **kw: Any) -> None:
        super().__init__(*args, **kw)
        for name in LATER:
            self.fields[name].required = True
        if self.instance.number == 1:
            del self.fields["change_log"]


class CourseForm(forms.Form):
    """Νέο αντικείμενο ή τα στοιχεία ενός: τίτλος, κωδικός, επίπεδο· το νέο έχει και φορέα."""

    title = forms.CharField(label="Τίτλος", max_length=300)
    code = forms.RegexField(
        r"^[a-z0-9]+(-[a-z0-9]+)*$",
        label="Κωδικός",
        max_length=20,
        help_text="Σύντομος και μοναδικός: πεζά λατινικά, ψηφία και παύλα, π.χ. b2-robotiki.",
        error_messages={
            "invalid": "Ο κωδικός έχει πεζά λατινικά, ψηφία και παύλα ανάμεσα. Διορθώστε τον."
        },
    )
    level = forms.ChoiceField(label="Επίπεδο")
    body = forms.ModelChoiceField(
        ImplementingBody.objects.none(), label="Φορέας", empty_label="Διαλέξτε φορέα"
    )

    def __init__(self, bodies: QuerySet[ImplementingBody] | None, *args: Any, **kw: Any) -> None:
        super().__init__(*args, **kw)
        levels = ClusterScheme.objects.order_by("level").values_list("level", flat=True).distinct()
        choices = [(level, f"{level.replace('B', 'Β')} επίπεδο") for level in levels]  # Greek Β
        self.fields["level"].choices = [("", "Διαλέξτε επίπεδο"), *choices]  # type: ignore[attr-defined]
        if bodies is None:
            del self.fields["body"]
            return
        self.fields["body"].queryset = bodies  # type: ignore[attr-defined]
        if len(bodies) == 1:
            self.fields["body"].initial = bodies[0].pk


ROLES = [
    ("author", "Συντάσσει το αντικείμενο"),
    ("approver", "Εγκρίνει ή επιστρέφει το αντικείμενο"),
]


class MemberForm(forms.Form):
    """Ορισμός στην ομάδα: ένα από τα πρόσωπα που βρέθηκαν, ο ρόλος του και γιατί."""

    person = forms.ModelChoiceField(
        Person.objects.none(), label="Πρόσωπο", empty_label=None, widget=forms.RadioSelect
    )
    role = forms.ChoiceField(label="Ρόλος", choices=ROLES, widget=forms.RadioSelect)
    reason = forms.CharField(
        label="Αιτιολογία",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Π.χ. απόφαση συγκρότησης της επιστημονικής ομάδας. Μένει στο ιστορικό.",
    )

    def __init__(self, found: Sequence[Person], *args: Any, **kw: Any) -> None:
        super().__init__(*args, **kw)
        field = cast("forms.ModelChoiceField[Person]", self.fields["person"])
        field.queryset = Person.objects.filter(pk__in=[person.pk for person in found])
        field.choices = [(person.pk, _who(person)) for person in found]
        if len(found) == 1:
            field.initial = found[0].pk


def _who(person: Person) -> str:
    father = f", πατρώνυμο {person.father_name}" if person.father_name else ""
    return f"{person} ({person.username}{father})"


class ModeField(forms.ChoiceField):
    """Τρόπος: alone it makes no unit, for a new one always comes with it chosen."""

    def validate(self, value: Any) -> None:
        if value:
            super().validate(value)

    def has_changed(self, initial: Any, data: Any) -> bool:  # noqa: ARG002
        return False


class UnitForm(forms.Form):
    """Μία ενότητα του προγράμματος σπουδών· η κενή παραλείπεται."""

    title = forms.CharField(label="Τίτλος", max_length=200)
    summary = forms.CharField(
        label="Περιγραφή", required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    hours = forms.IntegerField(
        label="Ώρες", min_value=1, max_value=999, widget=forms.NumberInput(attrs={"min": 1})
    )
    mode = ModeField(
        label="Τρόπος",
        choices=SessionMode.choices,
        initial=SessionMode.MIXED.value,
    )


class UnitsBase(forms.BaseFormSet):  # type: ignore[type-arg]
    """Οι ενότητες με τη σειρά τους."""

    def add_fields(self, form: forms.Form, index: int | None) -> None:
        super().add_fields(form, index)
        form.fields["ORDER"].label = "Σειρά"
        form.fields["DELETE"].label = "Αφαίρεση της ενότητας"


UnitForms = forms.formset_factory(
    UnitForm, UnitsBase, extra=1, can_order=True, can_delete=True, max_num=60
)


class MaterialForm(forms.Form):
    """A piece of material that is foreseen."""

    kind = forms.ChoiceField(label="Είδος υλικού", choices=MaterialKind.choices)
    title = forms.CharField(label="Τίτλος", max_length=200)
    cluster = forms.ModelChoiceField(
        label="Συστάδα", queryset=Cluster.objects.order_by("order"), required=False,
        empty_label="Για όλες",
    )  # fmt: skip


class UploadForm(forms.Form):
    """The file of a piece of material."""

    file = forms.FileField(label="Αρχείο", help_text="PDF, ZIP ή εικόνα, έως 50 MB.")
    ready = forms.BooleanField(label="Το υλικό είναι έτοιμο", required=False)
