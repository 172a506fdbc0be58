"""Imports of members (παρτίδες εισαγωγής): their life cycle, and how a line of a sheet is read.

No database: what a cell says depends on the question that it answers.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from didaskaleio.kernel import greek, identifiers
from didaskaleio.kernel.forms.answers import check
from didaskaleio.kernel.forms.definition import Definition, Kind, Question
from didaskaleio.kernel.lifecycle import lifecycle
from didaskaleio.kernel.sheets import Field, key
from didaskaleio.kernel.sheets.batches import KINDS, Act, steps
from didaskaleio.registers.enums import BatchState as S

MAY = "member_import.keep"
MEMBER_IMPORT = lifecycle(
    "member_import",
    "Εισαγωγή μελών",
    S,
    *steps(
        needs=MAY,
        compare=Act(S.COMPARED, "Ορίστηκαν οι στήλες και ελέγχθηκαν οι γραμμές", "Έλεγχος γραμμών"),
        apply=Act(S.APPLIED, "Εντάχθηκαν τα μέλη"),
        undo=Act(S.UNDONE, "Αναιρέθηκε"),
    ),
    kinds=KINDS,
)

OWN = "field-"
READABLE = frozenset(
    {Kind.TEXT, Kind.LONG_TEXT, Kind.NUMBER, Kind.SCALE, Kind.DATE, Kind.CHOICE, Kind.CHOICES}
)
FACTS = (
    Field("afm", "Α.Φ.Μ.", ("ΑΦΜ", "Αριθμός φορολογικού μητρώου", "AFM"), required=True),
    Field("number", "Αριθμός μέλους", ("Αριθμός μέλους", "Αριθμός μητρώου", "Αρ. μητρώου", "ΑΜ")),
    Field("since", "Μέλος από", ("Μέλος από", "Ένταξη", "Ημ/νία ένταξης", "Από")),
    Field("until", "Ισχύει έως", ("Ισχύει έως", "Λήξη", "Ημ/νία λήξης", "Έως")),
)
DAY = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})")
ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ].*)?")
UNSURE = re.compile(r"-?\d{1,3}\.\d{3}")
PLAIN = re.compile(r"-?\d+\.\d+")
LONGEST = 40
# numbers of this shape are given by the platform itself
OURS = re.compile(r"\d{4}/\d{6}")


class CellError(ValueError):
    """A cell that cannot be read; ``str`` is the Greek sentence of the preview."""


@dataclass
class Said:
    """What a line says (ανάγνωση γραμμής), or why it says nothing."""

    afm: str = ""
    number: str = ""
    since: date | None = None
    until: date | None = None
    values: dict[str, Any] = field(default_factory=dict)
    reason: str = ""


def facts_of(definition: Definition) -> tuple[Field, ...]:
    """What a column may hold: who, since when, and each field of the register that is no table."""
    own = (
        Field(f"{OWN}{one.key}", one.label, (one.label, one.key))
        for one in definition.questions()
        if one.kind in READABLE
    )
    return (*FACTS, *own)


def read_line(cells: Sequence[str], columns: Mapping[str, int], definition: Definition) -> Said:
    """A line of the sheet; everything that is wrong with it stands in ``reason``."""
    told = {name: cells[place].strip() for name, place in columns.items() if place < len(cells)}
    said, wrong = Said(), []
    for name, text in told.items():
        if not text:
            continue
        try:
            _take(said, name, text, definition)
        except CellError as error:
            wrong.append(str(error))
    if not told.get("afm"):
        wrong.append("Λείπει ο Α.Φ.Μ.")
    if said.since and said.until and said.until <= said.since:
        wrong.append("Η λήξη είναι πριν από την ένταξη.")
    wrong += [one.text for one in check(definition, said.values, complete=False)]
    said.reason = " ".join(wrong)[:400]
    return said


def _take(said: Said, name: str, text: str, definition: Definition) -> None:
    if name == "afm":
        said.afm = afm(text)
    elif name == "number":
        said.number = number(text)
    elif name == "since":
        said.since = day(text, "Μέλος από")
    elif name == "until":
        said.until = day(text, "Ισχύει έως")
    elif asked := definition.question(name.removeprefix(OWN)):
        said.values[asked.key] = answer(asked, text)


def afm(text: str) -> str:
    """The ΑΦΜ, with the zeros that a sheet takes away from its beginning."""
    digits = re.sub(r"[\s.\-]", "", text)
    try:
        return identifiers.validate_afm(digits.zfill(9) if len(digits) in {7, 8} else digits)
    except identifiers.IdentifierError as error:
        raise CellError(str(error)) from error


def number(text: str) -> str:
    """The number that the member had elsewhere."""
    clean = greek.clean(text)
    if len(clean) > LONGEST or OURS.fullmatch(clean):
        raise CellError(
            f"Ο αριθμός «{clean[:45]}» δεν γίνεται δεκτός: έως 40 χαρακτήρες, και όχι όπως τους "
            "δίνει η πλατφόρμα. Αφήστε τη στήλη έξω για να δοθούν νέοι."
        )
    return clean


def day(text: str, label: str) -> date:
    """A date as people and sheets write it: 7/2/2015, 7.2.2015, 2015-02-07."""
    try:
        if found := DAY.fullmatch(text):
            first, second, year = (int(part) for part in found.groups())
            return date(year, second, first)
        if found := ISO.fullmatch(text):
            return date(*(int(part) for part in found.groups()))
    except ValueError:
        pass
    raise CellError(f"{label}: «{text[:30]}» δεν είναι ημερομηνία. Γράψτε την όπως 7/2/2015.")


def answer(asked: Question, text: str) -> Any:
    """What a cell answers, as the form keeps it."""
    match asked.kind:
        case Kind.NUMBER | Kind.SCALE:
            return _amount(asked, text)
        case Kind.DATE:
            return day(text, f"«{asked.label}»").isoformat()
        case Kind.CHOICE:
            return _option(asked, text)
        case Kind.CHOICES:
            return [_option(asked, one) for one in re.split(r"[,;\n]", text) if one.strip()]
    return greek.clean(text)


def _amount(asked: Question, text: str) -> str:
    """A number; one that may be read in two ways is asked about."""
    if PLAIN.fullmatch(text) and not UNSURE.fullmatch(text):
        return str(Decimal(text))
    if UNSURE.fullmatch(text):
        raise CellError(f"«{asked.label}»: «{text}» διαβάζεται με δύο τρόπους. Γράψτε με κόμμα.")
    try:
        return str(greek.parse_decimal(text))
    except greek.NumberFormatError as error:
        raise CellError(f"«{asked.label}»: {error}") from error


def _option(asked: Question, text: str) -> str:
    wanted = key(text)
    for option in asked.options:
        if wanted in {key(option.label), key(option.key)}:
            return option.key
    known = ", ".join(option.label for option in asked.options[:6])
    raise CellError(f"«{asked.label}»: «{text.strip()[:40]}» δεν είναι επιλογή ({known}).")
