"""Περιεχόμενο βεβαίωσης (claims): what an attestation says, as it is signed.

On the wire a CBOR map with small integer keys (RFC 8949); dates are days and moments are
seconds since 1970-01-01 UTC. Keys are never reused; readers ignore keys that they do not know.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

ATHENS: Final = ZoneInfo("Europe/Athens")
EPOCH: Final = date(1970, 1, 1)
KINDS: Final = {
    "attendance": "Βεβαίωση παρακολούθησης",
    "employment": "Βεβαίωση απασχόλησης",
    "participation": "Βεβαίωση συμμετοχής",
    "certificate": "Πιστοποιητικό",
}
# what stands in a teacher's record, here and in MySchool
TAUGHT: Final = ("attendance", "participation", "certificate")
# what course and programme are called, where the kind is about neither
COURSE: Final = ("Θεματικό αντικείμενο", "Κωδικός προγράμματος")
CALLED: Final = {"participation": ("Δράση", "Κωδικός δράσης")}
_WIRE: Final = {
    1: "number",
    2: "kind",
    3: "surname",
    4: "given_name",
    5: "father_name",
    6: "specialty",
    7: "course",
    8: "programme",
    9: "hours",
    10: "starts",
    11: "ends",
    12: "rules_version",
    13: "body",
    14: "issued_at",
    15: "code",
    16: "role",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Claims:
    """Στοιχεία της βεβαίωσης: names in the nominative as the person gave them, never inflected.

    ``hours`` are teaching hours; ``issued_at`` is aware and kept to the second in UTC;
    ``code`` is the verification code; ``rules_version`` the version of the completion rules;
    ``role`` what the person worked as, where the kind is employment.
    """

    number: str
    kind: str
    surname: str
    given_name: str
    father_name: str = ""
    specialty: str
    course: str
    programme: str
    hours: int
    starts: date
    ends: date
    rules_version: str
    body: str
    issued_at: datetime
    code: str
    role: str = ""

    def __post_init__(self) -> None:
        if self.issued_at.tzinfo is None:
            raise ValueError("issued_at must be aware")
        moment = self.issued_at.astimezone(UTC).replace(microsecond=0)
        object.__setattr__(self, "issued_at", moment)

    @property
    def rules_in_words(self) -> str:
        """Έκδοση κανόνων: «έκδοση 3»; version 0 stands for the defaults, before any was set.

        Empty for what rests on no rules of completion.
        """
        if not self.rules_version:
            return ""
        if self.rules_version == "0":
            return "προεπιλογές της πλατφόρμας"
        return f"έκδοση {self.rules_version}"

    def labelled(self) -> list[tuple[str, str]]:
        """Τι γράφει η βεβαίωση: (label, value) lines in Greek, in the order of the document."""
        course, programme = CALLED.get(self.kind, COURSE)
        lines = [
            ("Είδος", KINDS.get(self.kind, self.kind)),
            ("Αριθμός", self.number),
            ("Επώνυμο", self.surname),
            ("Όνομα", self.given_name),
            ("Πατρώνυμο", self.father_name),
            ("Κλάδος / ειδικότητα", self.specialty),
            ("Ιδιότητα", self.role),
            (course, self.course),
            (programme, self.programme),
            ("Διδακτικές ώρες", str(self.hours)),
            ("Διάρκεια", f"{greek_date(self.starts)} έως {greek_date(self.ends)}"),
            ("Κανόνες ολοκλήρωσης", self.rules_in_words),
            ("Φορέας υλοποίησης", self.body),
            ("Εκδόθηκε", greek_moment(self.issued_at)),
            ("Κωδικός επαλήθευσης", self.code),
        ]
        return [(label, value) for label, value in lines if value]


def pack(claims: Claims) -> dict[int, str | int]:
    """Συμπαγής μορφή: the integer-keyed map; empty texts are left out."""
    values = {key: _packed(getattr(claims, name)) for key, name in _WIRE.items()}
    return {key: value for key, value in values.items() if value != ""}


def unpack(wire: object) -> Claims:
    """Ανάγνωση: the inverse of ``pack``. ValueError for anything else."""
    if not isinstance(wire, dict):
        raise ValueError("not a map")  # noqa: TRY004 - one kind of refusal for one kind of input
    types = {field.name: str(field.type) for field in fields(Claims)}
    values = {name: _unpacked(wire[key], types[name]) for key, name in _WIRE.items() if key in wire}
    for name in types.keys() - values.keys():
        if types[name] != "str":
            raise ValueError(f"{name} is missing")
        values[name] = ""
    return Claims(**values)


def _packed(value: str | int | date | datetime) -> str | int:
    if isinstance(value, datetime):
        return int(value.timestamp())
    if isinstance(value, date):
        return (value - EPOCH).days
    return value


def _unpacked(value: object, kind: str) -> Any:
    if kind == "str":
        if not isinstance(value, str):
            raise ValueError("not a text")
        return value
    if not isinstance(value, int) or isinstance(value, bool):
        raise ValueError("not a whole number")  # noqa: TRY004
    try:
        if kind == "date":
            return EPOCH + timedelta(days=value)
        return datetime.fromtimestamp(value, UTC) if kind == "datetime" else value
    except (OverflowError, OSError) as error:
        raise ValueError("a date out of range") from error


def greek_date(day: date) -> str:
    """Ημερομηνία ``6/3/2023``."""
    return f"{day.day}/{day.month}/{day.year}"


def greek_moment(moment: datetime) -> str:
    """Στιγμή ``25/10/2023, 11:20`` in Athens."""
    local = moment.astimezone(ATHENS)
    return f"{greek_date(local)}, {local:%H:%M}"
