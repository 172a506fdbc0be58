"""Definition of a report (ορισμός αναφοράς): what an officer asked for, checked word by word.

It names only what rooms declared (``kernel.subjects``) and carries values apart from names; no
text of a person ever becomes a path, an operator or SQL.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from didaskaleio.observatory.columns import Chosen, resolve
from didaskaleio.observatory.conditions import Condition, condition
from didaskaleio.observatory.errors import DefinitionError

MOST = {"columns": 20, "filters": 10, "groups": 3, "measures": 4}
NAMES = {"columns": "στήλες", "filters": "φίλτρα", "groups": "ομαδοποιήσεις", "measures": "μέτρα"}
STEPS = {"": "", "year": "έτος", "month": "μήνας"}
MEASURES = {"sum": "Άθροισμα", "mean": "Μέσος όρος"}
CHARTS = {"": "Χωρίς γράφημα", "bars": "Ράβδοι", "line": "Γραμμή"}


@dataclass(frozen=True)
class Group:
    """A grouping (ομαδοποίηση) by a column; of days and moments, by month or year."""

    column: Chosen
    step: str = ""

    @property
    def key(self) -> str:
        return f"{self.column.key}@{self.step}" if self.step else self.column.key

    @property
    def title(self) -> str:
        return f"{self.column.title} ({STEPS[self.step]})" if self.step else self.column.title


@dataclass(frozen=True)
class Measure:
    """A measure (μέτρο) of a column over the rows of a group."""

    kind: str
    column: Chosen

    @property
    def key(self) -> str:
        return f"{self.kind}:{self.column.key}"

    @property
    def title(self) -> str:
        return f"{MEASURES[self.kind]}: {self.column.title}"


@dataclass(frozen=True)
class Definition:
    """A report (ορισμός αναφοράς): rows of a subject, or groups of them with figures."""

    subject: str
    columns: tuple[Chosen, ...] = ()
    filters: tuple[Condition, ...] = ()
    groups: tuple[Group, ...] = ()
    measures: tuple[Measure, ...] = ()
    share: bool = False
    chart: str = ""
    order: str = ""

    @property
    def sensitive(self) -> bool:
        """Whether small cells must be hidden."""
        columns = [one.column for one in self.groups]
        columns += [one.column for one in self.filters] + [one.column for one in self.measures]
        return any(one.sensitive for one in columns)


def parse(raw: Any) -> Definition:
    """The definition that ``raw`` (plain values) states; raises DefinitionError in Greek."""
    if not isinstance(raw, Mapping):
        raise DefinitionError("Ο ορισμός της αναφοράς δεν διαβάζεται. Φτιάξτε την από την αρχή.")
    subject = str(raw.get("subject", ""))
    found = Definition(
        subject=subject,
        columns=tuple(resolve(subject, key) for key in _many(raw, "columns")),
        filters=tuple(condition(subject, one) for one in _many(raw, "filters")),
        groups=tuple(_group(subject, key) for key in _many(raw, "groups")),
        measures=tuple(_measure(subject, key) for key in _many(raw, "measures")),
        share=bool(raw.get("share")),
        chart=_word(raw, "chart", CHARTS),
        order=str(raw.get("order", ""))[:200],
    )
    _sound(found)
    return found


def plain(found: Definition) -> dict[str, Any]:
    """The definition as plain values, as it is stored."""
    return {
        "subject": found.subject,
        "columns": [one.key for one in found.columns],
        "filters": [one.plain() for one in found.filters],
        "groups": [one.key for one in found.groups],
        "measures": [one.key for one in found.measures],
        "share": found.share,
        "chart": found.chart,
        "order": found.order,
    }


def _many(raw: Mapping[str, Any], name: str) -> Sequence[Any]:
    values = raw.get(name, ())
    if not isinstance(values, (list, tuple)):
        raise DefinitionError("Ο ορισμός της αναφοράς δεν διαβάζεται. Φτιάξτε την από την αρχή.")
    if len(values) > MOST[name]:
        raise DefinitionError(
            f"Μια αναφορά έχει έως {MOST[name]} {NAMES[name]} και ζητήθηκαν {len(values)}. "
            "Αφαιρέστε μερικά."
        )
    keys = [str(one) for one in values] if name != "filters" else []
    if len(set(keys)) < len(keys):
        raise DefinitionError("Κάτι ζητήθηκε δύο φορές. Κρατήστε το μία.")
    return values


def _word(raw: Mapping[str, Any], name: str, among: Mapping[str, str]) -> str:
    value = str(raw.get(name, ""))
    if value not in among:
        raise DefinitionError("Δεν υπάρχει τέτοιο γράφημα. Διαλέξτε ένα από τη λίστα.")
    return value


def _group(subject: str, key: Any) -> Group:
    name, _, step = str(key).partition("@")
    column = resolve(subject, name)
    timed = column.kind in {"date", "moment"}
    if step not in STEPS or bool(step) != timed:
        raise DefinitionError(
            f"«{column.title}»: οι ημερομηνίες ομαδοποιούνται ανά μήνα ή έτος, οι άλλες στήλες ως "
            "έχουν. Διαλέξτε από τη λίστα."
        )
    return Group(column, step)


def _measure(subject: str, key: Any) -> Measure:
    kind, _, name = str(key).partition(":")
    column = resolve(subject, name)
    if kind not in MEASURES or not column.numeric:
        raise DefinitionError(
            f"«{column.title}»: άθροισμα και μέσος όρος βγαίνουν μόνο από στήλες με αριθμούς."
        )
    return Measure(kind, column)


def _sound(found: Definition) -> None:
    if not found.groups and any(one.sensitive for one in found.columns):
        name = next(one.title for one in found.columns if one.sensitive)
        raise DefinitionError(
            f"«{name}»: ευαίσθητο στοιχείο, που δεν μπαίνει σε γραμμές προσώπων. "
            "Χρησιμοποιήστε το ως ομαδοποίηση."
        )
    if not found.groups and any(one.column.sensitive for one in found.filters):
        raise DefinitionError(
            "Φίλτρο σε ευαίσθητο στοιχείο γίνεται μόνο σε αναφορά με ομαδοποίηση, ώστε να μη "
            "φαίνονται πρόσωπα. Προσθέστε ομαδοποίηση ή αφαιρέστε το φίλτρο."
        )
    if not (found.columns or found.groups):
        raise DefinitionError("Διαλέξτε μία στήλη τουλάχιστον.")
    if found.measures and not found.groups:
        raise DefinitionError("Τα μέτρα χρειάζονται ομαδοποίηση. Προσθέστε μία.")
