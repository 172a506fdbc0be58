"""Forms of room programmes; they check shape, operations check rules."""

from __future__ import annotations

from datetime import date, time
from typing import Any

from django import forms
from django.db.models import QuerySet

from didaskaleio.kernel.greek.moments import WEEKDAYS
from didaskaleio.people.enums import Role, Scope
from didaskaleio.people.models import Person, Post
from didaskaleio.programmes import locality, queries
from didaskaleio.programmes.enums import ActionRole, SlotKind, StaffRole
from didaskaleio.programmes.models import Programme, TrainingPeriod
from didaskaleio.programmes.operations import Content
from didaskaleio.programmes.queries import registers
from didaskaleio.structures.models import Directorate, RegionalUnit, TrainingCentre

DATE = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
TIME = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")


class ProposalForm(forms.Form):
    """What a centre decides about its programme, besides the timetable."""

    category: Any = forms.ModelChoiceField(queryset=None, label="Κατηγορία", empty_label=None)
    cluster: Any = forms.ModelChoiceField(queryset=None, label="Συστάδα")
    trainer: Any = forms.ModelChoiceField(
        queryset=None,
        label="Επιμορφωτής/τρια",
        required=False,
        help_text="Από το μητρώο επιμορφωτών της συστάδας. Θα ζητηθεί η συμφωνία του/της.",
    )
    room: Any = forms.ModelChoiceField(queryset=None, label="Αίθουσα", required=False)
    minimum = forms.IntegerField(label="Ελάχιστος αριθμός ομάδας", min_value=1, initial=10)
    capacity = forms.IntegerField(label="Θέσεις", min_value=1, initial=15)
    technical: Any = forms.ModelMultipleChoiceField(
        queryset=None, label="Τεχνική υποστήριξη", required=False
    )
    administrative: Any = forms.ModelMultipleChoiceField(
        queryset=None, label="Διοικητική υποστήριξη", required=False
    )
    units = forms.MultipleChoiceField(
        label="Τοπικός περιορισμός",
        required=False,
        help_text="Μόνο αν το πρόγραμμα αφορά ένα μέρος του νομού. Διαφορετικά αφήστε το κενό.",
    )
    note = forms.CharField(
        label="Σημείωση προς τον φορέα", widget=forms.Textarea, required=False, max_length=2000
    )

    def __init__(
        self, *args: Any, period: TrainingPeriod, centre: TrainingCentre, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._choose("category", period.action.categories.all())
        self._choose("cluster", period.action.scheme.clusters.all())
        self._choose("trainer", queries.trainers(period))
        self._name_register(period)
        self._choose("room", centre.rooms.filter(in_use=True).order_by("name"))
        for name in ("technical", "administrative"):
            self._choose(name, staff_of(centre))
            self.fields[name].widget = forms.CheckboxSelectMultiple(
                choices=self.fields[name].choices  # type: ignore[attr-defined]
            )
        places: Any = self.fields["units"]
        places.widget = forms.CheckboxSelectMultiple()
        places.choices = places_of(centre)

    def _choose(self, name: str, rows: QuerySet[Any]) -> None:
        field: Any = self.fields[name]
        field.queryset = rows

    def _name_register(self, period: TrainingPeriod) -> None:
        register = registers.drawn_on(period.action_id, ActionRole.TRAINER)
        if register is None:
            return
        field: Any = self.fields["trainer"]
        field.help_text = (
            f"Από τα ενεργά μέλη του μητρώου «{register}». Θα ζητηθεί η συμφωνία του/της."
        )
        field.error_messages["invalid_choice"] = (
            f"Το πρόσωπο δεν είναι ενεργό μέλος του μητρώου «{register}» με συστάδες της δράσης. "
            "Επιλέξτε άλλο ή ζητήστε από τον φορέα την ένταξή του."
        )

    def content(self) -> Content:
        """The same as the operation takes it."""
        data = self.cleaned_data
        return Content(
            category=data["category"],
            cluster=data["cluster"],
            trainer=data["trainer"],
            room=data["room"],
            capacity=data["capacity"],
            minimum=data["minimum"],
            note=data["note"],
            staff=tuple(
                (person.pk, str(role))
                for role, name in (
                    (StaffRole.TECHNICAL, "technical"),
                    (StaffRole.ADMINISTRATIVE, "administrative"),
                )
                for person in data[name]
            ),
            locality_rules=_rules(data["units"], dict(self.fields["units"].choices)),  # type: ignore[attr-defined]
        )


def initial_of(programme: Programme) -> dict[str, Any]:
    """What the form shows of a programme that exists."""
    staff = list(programme.staff.all())
    return {
        "category": programme.category_id,
        "cluster": programme.cluster_id,
        "trainer": programme.trainer_id,
        "room": programme.room_id,
        "minimum": programme.minimum,
        "capacity": programme.capacity,
        "technical": [s.person_id for s in staff if s.role == StaffRole.TECHNICAL],
        "administrative": [s.person_id for s in staff if s.role == StaffRole.ADMINISTRATIVE],
        "units": [
            f"{rule.unit}:{code}"
            for rule in locality.parse(programme.locality_rules)
            for code in rule.codes
        ],
        "note": programme.note,
    }


def _rules(chosen: list[str], names: dict[str, str]) -> list[dict[str, Any]]:
    units: dict[str, dict[str, Any]] = {}
    for value in chosen:
        unit, _, code = value.partition(":")
        rule = units.setdefault(unit, {"unit": unit, "codes": [], "names": []})
        rule["codes"].append(code)
        rule["names"].append(names[value])
    return list(units.values())


def places_of(centre: TrainingCentre) -> list[tuple[str, str]]:
    """Regional units and directorates of the centre's prefecture."""
    own = {"prefecture_id": centre.prefecture_id}
    units = RegionalUnit.objects.filter(**own).order_by("label")
    directorates = Directorate.objects.filter(**own).order_by("name")
    return [(f"regional_unit:{row.code}", row.label) for row in units] + [
        (f"directorate:{row.code}", row.abbreviation) for row in directorates
    ]


def staff_of(centre: TrainingCentre) -> QuerySet[Person]:
    """The people who hold a post at the centre."""
    posts = Post.objects.filter(
        scope=Scope.CENTRE,
        scope_id=centre.pk,
        role__in=(Role.CENTRE_STAFF, Role.CENTRE_MANAGER),
        valid_until=None,
    )
    return Person.objects.filter(pk__in=posts.values("person_id")).order_by("sort_key")


class SlotForm(forms.Form):
    """One slot: kind, day, hour of beginning; its length follows from kind and category."""

    slot = forms.IntegerField(required=False, widget=forms.HiddenInput)
    kind = forms.ChoiceField(label="Είδος", choices=SlotKind.choices)
    day = forms.DateField(label="Ημέρα", widget=DATE)
    start = forms.TimeField(label="Ώρα έναρξης", widget=TIME, initial=time(17, 30))


class ProposeForm(forms.Form):
    """When a proposed timetable may hold its meetings."""

    first_day = forms.DateField(label="Από", widget=DATE)
    weekdays = forms.TypedMultipleChoiceField(
        label="Ημέρες",
        coerce=int,
        choices=list(enumerate(WEEKDAYS[:6])),
        widget=forms.CheckboxSelectMultiple,
    )
    start = forms.TimeField(label="Ώρα έναρξης", widget=TIME, initial=time(17, 30))

    def pairs(self) -> list[tuple[int, time]]:
        return [(day, self.cleaned_data["start"]) for day in self.cleaned_data["weekdays"]]


def weekdays_of(first: date) -> list[int]:
    """The days ticked at first: the weekday of the first day and the two after it."""
    return [(first.weekday() + step) % 6 for step in (0, 2, 3)]
