"""Parameters of an action (παράμετροι), with history; every default is a proposal of the house.

The seeds give 60 hours, 20 slots, 15 weeks of one or two, groups of 10 to 15 (001 §2); all
other numbers are defaults that a ``ParameterSet`` of the action may change from a moment on.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields, replace
from datetime import datetime
from typing import Any

from didaskaleio.kernel.errors import Refusal
from didaskaleio.programmes import timetable


@dataclass(frozen=True, slots=True)
class Parameters:
    """Parameters of an action at a moment; ``version`` 0 means the defaults alone."""

    version: int = 0
    # size of a group and shape of a programme
    minimum: int = 10
    capacity: int = 15
    total_hours: int = 60
    total_slots: int = 20
    max_teaching_weeks: int = 15
    slots_per_week_min: int = 1
    slots_per_week_max: int = 2
    face_to_face_per_week_max: int = 1
    face_to_face_parts: int = 3
    teaching_hour_minutes: int = 45
    minimum_staff: int = 1
    # quotas where the period gives none; 0 means without limit
    quota_cluster: int = 0
    quota_prefecture: int = 0
    quota_centre: int = 0
    # load of a trainer over all programmes; 0 means without limit
    trainer_hours_per_week: int = 0
    trainer_hours_per_period: int = 0
    trainer_hours_per_operation: int = 0
    # draw, phase B, offers
    viable_places_open_in_phase_b: bool = False
    offer_hours: int = 48
    offer_hours_in_phase_b: int = 4
    offer_iib_to_cancelled: bool = False
    reopen_minutes: int = 30
    phase_b_notice_hours: int = 48
    beacon_hours: int = 24
    reveal_hours: int = 24
    escrow_hours: int = 72
    confirm_days: int = 5
    completed_once_refused: bool = True
    # attendance and completion
    absence_share: float = 0.10
    absence_warning_share: float = 0.67
    excused_counts_as_absence: bool = True
    face_to_face_minimum: int = 1
    class_application_required: bool = False
    late_counts_as_absence_minutes: int = 15
    late_from_minutes: int = 5
    present_from_minutes: int = 30
    dispute_days: int = 5
    excuse_days: int = 5
    # recording of meetings at a distance
    sessions_recorded: bool = False
    recording_days: int = 60
    documents_days: int = 5
    check_days: int = 5

    def timetable(self) -> timetable.Parameters:
        """The same numbers as the rules of the timetable read them."""
        return timetable.Parameters(
            teaching_hour_minutes=self.teaching_hour_minutes,
            total_hours=self.total_hours,
            total_slots=self.total_slots,
            maximum_teaching_weeks=self.max_teaching_weeks,
            minimum_slots_per_week=self.slots_per_week_min,
            maximum_slots_per_week=self.slots_per_week_max,
            maximum_face_to_face_per_week=self.face_to_face_per_week_max,
            face_to_face_parts=self.face_to_face_parts,
            minimum_group=self.minimum,
            maximum_group=self.capacity,
            minimum_staff=self.minimum_staff,
            trainer_hours_per_week=self.trainer_hours_per_week or None,
            trainer_hours_per_period=self.trainer_hours_per_period or None,
            trainer_hours_per_operation=self.trainer_hours_per_operation or None,
            quota_cluster=self.quota_cluster or None,
            quota_prefecture=self.quota_prefecture or None,
            quota_centre=self.quota_centre or None,
        )


DEFAULTS = Parameters()
LABELS: dict[str, str] = {
    "minimum": "Ελάχιστος αριθμός ομάδας (άτομα)",
    "capacity": "Μέγιστος αριθμός ομάδας (άτομα)",
    "total_hours": "Ώρες προγράμματος (διδακτικές)",
    "total_slots": "Τρίωρα προγράμματος",
    "max_teaching_weeks": "Εβδομάδες διδασκαλίας, έως",
    "slots_per_week_min": "Τρίωρα ανά εβδομάδα, από",
    "slots_per_week_max": "Τρίωρα ανά εβδομάδα, έως",
    "face_to_face_per_week_max": "Διά ζώσης συνεδρίες ανά εβδομάδα, έως",
    "face_to_face_parts": "Τμήματα με μία τουλάχιστον διά ζώσης συνεδρία",
    "teaching_hour_minutes": "Διδακτική ώρα (λεπτά)",
    "minimum_staff": "Προσωπικό του κέντρου, από (άτομα)",
    "quota_cluster": "Προγράμματα ανά συστάδα (0: χωρίς όριο)",
    "quota_prefecture": "Προγράμματα ανά νομό (0: χωρίς όριο)",
    "quota_centre": "Προγράμματα ανά Κ.Σ.Ε. (0: χωρίς όριο)",
    "trainer_hours_per_week": "Ώρες επιμορφωτή/τριας ανά εβδομάδα, έως (0: χωρίς όριο)",
    "trainer_hours_per_period": "Ώρες επιμορφωτή/τριας στην περίοδο, έως (0: χωρίς όριο)",
    "trainer_hours_per_operation": "Ώρες επιμορφωτή/τριας στην πράξη, έως (0: χωρίς όριο)",
    "viable_places_open_in_phase_b": "Β΄ φάση και για βιώσιμα προγράμματα με κενές θέσεις",
    "offer_hours": "Διάρκεια προσφοράς θέσης (ώρες)",
    "offer_hours_in_phase_b": "Διάρκεια προσφοράς μέσα στη Β΄ φάση (ώρες)",
    "offer_iib_to_cancelled": "Προσφορά θέσεων ΙΙb σε όσους ακυρώθηκε το πρόγραμμα",
    "reopen_minutes": "Επαναδιάθεση θέσης στη Β΄ φάση, μετά από (λεπτά)",
    "phase_b_notice_hours": "Προαναγγελία Β΄ φάσης (ώρες)",
    "beacon_hours": "Δημόσια τιμή κλήρωσης, μετά τη λήξη (ώρες)",
    "reveal_hours": "Αποκάλυψη μυστικού κλήρωσης, έως (ώρες)",
    "escrow_hours": "Άνοιγμα σφραγισμένου αντιγράφου, έως (ώρες)",
    "confirm_days": "Επιβεβαίωση εγγραφής (ημέρες)",
    "completed_once_refused": "Όποιος ολοκλήρωσε το Β2 δεν το επαναλαμβάνει",
    "absence_share": "Απουσίες, έως (μέρος των ωρών)",
    "absence_warning_share": "Έγκαιρη προειδοποίηση (μέρος του ορίου απουσιών)",
    "excused_counts_as_absence": "Οι δικαιολογημένες απουσίες μετρούν στο όριο",
    "face_to_face_minimum": "Διά ζώσης συνεδρίες με παρουσία, από (ΙΙa)",
    "class_application_required": "Η ολοκλήρωση απαιτεί εφαρμογή στην τάξη",
    "late_counts_as_absence_minutes": "Καθυστέρηση που μετρά ως απουσία, πάνω από (λεπτά)",
    "late_from_minutes": "Η άφιξη σημειώνεται ως καθυστέρηση, πάνω από (λεπτά)",
    "present_from_minutes": "Παρουσία στην εικονική αίθουσα, από (λεπτά)",
    "dispute_days": "Αμφισβήτηση παρουσίας (ημέρες)",
    "excuse_days": "Δικαιολόγηση απουσίας (ημέρες)",
    "sessions_recorded": "Οι συναντήσεις εξ αποστάσεως μαγνητοσκοπούνται",
    "recording_days": "Φύλαξη μαγνητοσκόπησης, μετά τη συνάντηση (ημέρες)",
    "documents_days": "Κατάθεση παραστατικών (εργάσιμες ημέρες)",
    "check_days": "Έλεγχος πρότασης από τον φορέα (εργάσιμες ημέρες)",
}


@dataclass(frozen=True, slots=True)
class Value:
    """One parameter as the officer's page shows it."""

    name: str
    label: str
    value: Any
    default: Any

    @property
    def changed(self) -> bool:
        return bool(self.value != self.default)


def of(action: Any, at: datetime) -> Parameters:
    """The parameters of ``action`` in force at ``at``; the defaults before any set."""
    row = set_at(action, at)
    return DEFAULTS if row is None else replace(DEFAULTS, **row.values, version=row.version)


def set_at(action: Any, at: datetime) -> Any:
    """The set of values in force at ``at``, None while the defaults hold alone."""
    rows = action.parameter_sets.filter(valid_from__lte=at)
    return rows.order_by("-valid_from", "-version").first()


def shown(parameters: Parameters) -> list[Value]:
    """Every parameter with its Greek label, its value and the proposed default."""
    values, defaults = asdict(parameters), asdict(DEFAULTS)
    return [Value(name, label, values[name], defaults[name]) for name, label in LABELS.items()]


def read(values: dict[str, Any]) -> dict[str, Any]:
    """Only what differs from the defaults, each of the right kind; refuses unknown names."""
    kinds = {field.name: type(getattr(DEFAULTS, field.name)) for field in fields(Parameters)}
    unknown = sorted(set(values) - set(LABELS))
    if unknown:
        raise Refusal(f"Άγνωστες παράμετροι: {', '.join(unknown)}.", code="parameters")
    for name, value in values.items():
        if type(value) is not kinds[name] or (not isinstance(value, bool) and value < 0):
            raise Refusal(f"«{LABELS[name]}»: δώστε έγκυρη τιμή.", code="parameters")
    return {name: value for name, value in values.items() if value != getattr(DEFAULTS, name)}
