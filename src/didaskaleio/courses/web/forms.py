"""Forms of room courses; they check shape, operations check rules."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.db.models import QuerySet

from didaskaleio.courses import operations
from didaskaleio.courses.enums import Component, MaterialKind, SessionMode, Severity, Source
from didaskaleio.courses.models import CourseVersion, Finding
from didaskaleio.courses.queries import exactly
from didaskaleio.people.models import Person
from didaskaleio.structures.models import Cluster, ClusterScheme, ImplementingBody

DATE = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
LATER = ("purpose", "content", "providers", "certification_method", "change_log")


class NeededLater(forms.CharField):
    """Κείμενο που ζητείται στην υποβολή: it may be saved empty, yet is not called optional."""

    def validate(self, value: Any) -> None:
        """Empty is well here: the submission, or the form as a whole, asks for it."""


LABELS = {
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


class TextsForm(forms.ModelForm):  # type: ignore[type-arg]
    """The fields of one component that is text or hours."""

    class Meta:
        model = CourseVersion
        fields = tuple(LABELS)
        labels = LABELS
        field_classes = dict.fromkeys(LATER, NeededLater)

    def __init__(self, part: str, *args: Any, **kw: Any) -> None:
        super().__init__(*args, **kw)
        kept = operations.TEXTS[part]
        self.fields = {name: self.fields[name] for name in kept}
        for name in kept:
            self.fields[name].required = True


class TeamMember(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Πρόσωπο της ομάδας: may stay empty when the other field names somebody."""

    def validate(self, value: Any) -> None:
        """Whether one of the two was given is asked by the form."""


class WorkForm(forms.Form):
    """Νέα ανάθεση: συνιστώσα, πρόσωπο, προθεσμία και τι ζητείται."""

    component = forms.ChoiceField(label="Συνιστώσα", choices=Component.choices)
    known = TeamMember(
        Person.objects.none(), label="Πρόσωπο της ομάδας", empty_label="Άλλο πρόσωπο"
    )
    other = NeededLater(
        label="Όνομα χρήστη ή Α.Φ.Μ. άλλου προσώπου",
        max_length=80,
        help_text="Ακριβώς όπως είναι στον λογαριασμό του· τα ονόματα δεν αναζητούνται εδώ.",
    )
    due_on = forms.DateField(label="Έως", widget=DATE)
    task = forms.CharField(
        label="Τι ζητείται", max_length=2_000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, known: Sequence[Person], *args: Any, **kw: Any) -> None:
        super().__init__(*args, **kw)
        field = cast("forms.ModelChoiceField[Person]", self.fields["known"])
        field.queryset = Person.objects.filter(pk__in=[person.pk for person in known])
        field.choices = [("", "Άλλο πρόσωπο"), *((person.pk, str(person)) for person in known)]

    def clean(self) -> dict[str, Any]:
        """The person: one of the team, or the one whose username or ΑΦΜ was written whole."""
        found = super().clean() or {}
        person, other = found.get("known"), found.get("other", "").strip()
        if person is None:
            if not other:
                self.add_error("known", "Διαλέξτε πρόσωπο ή γράψτε όνομα χρήστη ή Α.Φ.Μ.")
            elif (person := exactly(other)) is None:
                self.add_error("other", "Δεν βρέθηκε. Ελέγξτε το με το ίδιο το πρόσωπο.")
        return found | {"person": person}


class FindingForm(forms.Form):
    """Νέο εύρημα αξιολόγησης της έκδοσης σε ισχύ."""

    text = forms.CharField(
        label="Τι βρέθηκε", max_length=2_000, widget=forms.Textarea(attrs={"rows": 3})
    )
    component = forms.ChoiceField(label="Συνιστώσα", choices=Component.choices)
    severity = forms.ChoiceField(
        label="Βαρύτητα", choices=Severity.choices, widget=forms.RadioSelect
    )
    source = forms.ChoiceField(label="Πηγή", choices=Source.choices)
    evidence = forms.CharField(
        label="Τεκμηρίωση",
        max_length=300,
        required=False,
        help_text="Π.χ. 31 από 47 απαντήσεις, 1η περίοδος. Χωρίς ονόματα.",
    )


class RevisionForm(forms.Form):
    """Έναρξη αναθεώρησης: γιατί, και σε ποια ευρήματα απαντά."""

    reason = forms.CharField(
        label="Γιατί αναθεωρείται", max_length=2_000, widget=forms.Textarea(attrs={"rows": 3})
    )
    findings = forms.ModelMultipleChoiceField(
        Finding.objects.none(),
        label="Ευρήματα στα οποία απαντά",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, open_findings: QuerySet[Finding], *args: Any, **kw: Any) -> None:
        super().__init__(*args, **kw)
        field = cast("forms.ModelMultipleChoiceField[Finding]", self.fields["findings"])
        field.queryset = open_findings
        field.choices = [(row.pk, f"{row}: {row.text}") for row in open_findings]
        if not field.choices:
            del self.fields["findings"]


class DeadlineForm(forms.Form):
    """Νέα προθεσμία μιας ανάθεσης, με λίγα λόγια."""

    due_on = forms.DateField(label="Νέα προθεσμία", widget=DATE)
    reason = forms.CharField(
        label="Γιατί", required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )


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

    file = forms.FileField(
        label="Αρχείο",
        help_text=(
            "PDF, παρουσίαση (PPTX ή ODP χωρίς μακροεντολές), ZIP ή εικόνα, έως 50 MB. "
            "Εικόνες και βίντεο της παρουσίασης να είναι μέσα στο αρχείο."
        ),
    )
    ready = forms.BooleanField(label="Το υλικό είναι έτοιμο", required=False)
