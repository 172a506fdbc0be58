"""Κανόνες εφικτότητας: stable codes with their Greek titles."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from didaskaleio.programmes.timetable.plan import Plan, Slot


class Rule(StrEnum):
    """Κανόνας: the value is the stable code that journals, tests and refusals cite."""

    label: str

    def __new__(cls, code: str, label: str) -> Self:
        rule = str.__new__(cls, code)
        rule._value_ = code
        rule.label = label
        return rule

    COMP_F2F = "COMP_F2F", "Πλήθος διά ζώσης συνεδριών"
    COMP_SYNC = "COMP_SYNC", "Πλήθος σύγχρονων συνεδριών"
    COMP_SUPPORT = "COMP_SUPPORT", "Πλήθος υποστηρικτικών συναντήσεων"
    COMP_ASYNC = "COMP_ASYNC", "Ασύγχρονες ώρες"
    HOURS_TOTAL = "HOURS_TOTAL", "Σύνολο ωρών"
    SLOTS_TOTAL = "SLOTS_TOTAL", "Σύνολο τριώρων"
    SLOTS_PER_WEEK = "SLOTS_PER_WEEK", "Τρίωρα ανά εβδομάδα"
    TEACHING_WEEKS = "TEACHING_WEEKS", "Εβδομάδες διδασκαλίας"
    F2F_ONE_A_WEEK = "F2F_ONE_A_WEEK", "Μία διά ζώσης συνεδρία την εβδομάδα"
    F2F_SPREAD_THIRDS = "F2F_SPREAD_THIRDS", "Κατανομή διά ζώσης συνεδριών"
    SCHOOL_HOURS = "SCHOOL_HOURS", "Εκτός σχολικού ωραρίου"
    PUBLIC_HOLIDAY = "PUBLIC_HOLIDAY", "Αργίες"
    SCHOOL_BREAK = "SCHOOL_BREAK", "Σχολικές διακοπές"
    PERIOD_BOUNDS = "PERIOD_BOUNDS", "Μέσα στην περίοδο"
    TIME_OF_DAY = "TIME_OF_DAY", "Ημέρες και ώρες συναντήσεων"
    TRAINER_CLASH = "TRAINER_CLASH", "Διαθεσιμότητα επιμορφωτή"
    ROOM_CLASH = "ROOM_CLASH", "Διαθεσιμότητα αίθουσας"
    TRAINER_AVAILABILITY = "TRAINER_AVAILABILITY", "Διαθεσιμότητα που δηλώθηκε"
    LOAD_WEEK = "LOAD_WEEK", "Ώρες επιμορφωτή ανά εβδομάδα"
    LOAD_PERIOD = "LOAD_PERIOD", "Ώρες επιμορφωτή στην περίοδο"
    LOAD_OPERATION = "LOAD_OPERATION", "Ώρες επιμορφωτή στην πράξη"
    SELF_OVERLAP = "SELF_OVERLAP", "Χωρίς επικαλύψεις"
    TRAINER_LOCALITY = "TRAINER_LOCALITY", "Εντοπιότητα επιμορφωτή"
    TRAINER_CLUSTER = "TRAINER_CLUSTER", "Συστάδα επιμορφωτή"
    STAFF_MISSING = "STAFF_MISSING", "Επιμορφωτής και προσωπικό"
    REGISTER_MEMBER = "REGISTER_MEMBER", "Μέλη των μητρώων της δράσης"
    ROOM_MISSING = "ROOM_MISSING", "Αίθουσα διά ζώσης συνεδριών"
    ROOM_CAPACITY = "ROOM_CAPACITY", "Θέσεις αίθουσας"
    GROUP_SIZE = "GROUP_SIZE", "Ελάχιστη ομάδα"
    CAPACITY = "CAPACITY", "Μέγιστη ομάδα"
    QUOTA_CLUSTER = "QUOTA_CLUSTER", "Όριο προγραμμάτων συστάδας"
    QUOTA_PREFECTURE = "QUOTA_PREFECTURE", "Όριο προγραμμάτων νομού"
    QUOTA_CENTRE = "QUOTA_CENTRE", "Όριο προγραμμάτων κέντρου"


class Severity(StrEnum):
    """Βαρύτητα: an error forbids submission, a warning asks for a second look."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Repair:
    """Διόρθωση: the slots as they should become, with what that settles.

    Applying it (`apply`) adds no finding; `fixes` are the findings' keys that it removes or eases.
    """

    changes: tuple[Slot, ...]
    sentence: str
    fixes: frozenset[tuple[Rule, str]]

    def apply(self, plan: Plan) -> Plan:
        return plan.changed(self.changes)


@dataclass(frozen=True, slots=True)
class Finding:
    """Εύρημα: one broken rule, in a sentence with the actual values and what to do.

    `subject` tells findings of the same rule apart (a slot's id, a week's Monday, a clash);
    `weight` is how far the rule is broken, so that a repair can be seen to make nothing worse.
    """

    rule: Rule
    sentence: str
    subject: str = ""
    slots: tuple[str, ...] = ()
    severity: Severity = Severity.ERROR
    weight: float = 1
    repair: Repair | None = None

    @property
    def code(self) -> str:
        return self.rule.value

    @property
    def title(self) -> str:
        return self.rule.label

    @property
    def is_error(self) -> bool:
        return self.severity is Severity.ERROR

    @property
    def key(self) -> tuple[Rule, str]:
        return (self.rule, self.subject)
