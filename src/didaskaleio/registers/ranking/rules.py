"""Οι κανόνες μιας κατάταξης (rules): the form whose points count, thresholds, places and the lot.

The file of rules is JSON, version 1, described in ``docs/ranking.md``. It holds the form as its
body published it, so that the very same engine (``kernel.forms.points``) gives the points.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any, Final

from didaskaleio.kernel.forms import exchange
from didaskaleio.kernel.forms.definition import Definition, Problem, Question
from didaskaleio.kernel.forms.reading import Reader
from didaskaleio.registers.ranking import cells, strict_json
from didaskaleio.registers.ranking.errors import MalformedError

VERSION: Final = 1
MOST_PLACES: Final = 1_000_000
MEMBERS: Final = (
    "version", "list", "title", "stage", "places", "thresholds", "exclusions", "lot", "form"
)  # fmt: skip
_HEX: Final = re.compile(r"[0-9a-f]{64}")


class Stage(StrEnum):
    """Στάδιο του πίνακα: provisional (προσωρινός) or final (οριστικός)."""

    PROVISIONAL = "provisional"
    FINAL = "final"


@dataclass(frozen=True, slots=True)
class Threshold:
    """Όριο μορίων: at least so many points of a section or question; of all where ``of`` is ""."""

    of: str
    least: Decimal


@dataclass(frozen=True, slots=True)
class Exclusion:
    """Λόγος αποκλεισμού: its key in the table and its words."""

    key: str
    label: str


@dataclass(frozen=True, slots=True)
class Lot:
    """Η κλήρωση όσων ισοβαθμούν σε όλα: a seed of 32 bytes, committed to before candidacies.

    The call announces ``commitment``, the SHA-256 of the seed, before anybody has a code; so
    nobody can choose a seed that favours a code. The order is that of HMAC-SHA-256 of the codes.
    """

    seed: bytes

    @property
    def commitment(self) -> str:
        """What the call announces: 64 hex digits."""
        return hashlib.sha256(self.seed).hexdigest()

    def of(self, code: str) -> bytes:
        """The lot of one candidacy: the smaller goes first."""
        return hmac.digest(self.seed, code.encode("ascii"), "sha256")


@dataclass(frozen=True, slots=True)
class Rules:
    """Κανόνες κατάταξης of one list; ``places`` is how many are selected (None: all in order)."""

    list: str
    title: str
    stage: Stage
    form: Definition
    lot: Lot
    places: int | None = None
    thresholds: tuple[Threshold, ...] = ()
    exclusions: tuple[Exclusion, ...] = ()

    def __post_init__(self) -> None:
        """Refuse rules that do not fit the form."""
        cells.code(self.list)
        problems = [*_unknown(self), *_not_keys(self)]
        if problems:
            raise MalformedError(problems[0])

    def scored(self) -> tuple[Question, ...]:
        """The questions that give points, in order."""
        return tuple(one for one in self.form.questions() if one.rule)

    def compared(self) -> tuple[Question, ...]:
        """The questions whose answers the ties compare, each once."""
        keys = dict.fromkeys(tie.of for tie in self.form.ties if tie.answer)
        found = (self.form.question(key) for key in keys)
        return tuple(one for one in found if one)


def _keys(form: Definition) -> list[str]:
    return [one.key for one in form.sections] + [one.key for one in form.questions()]


def _unknown(rules: Rules) -> list[str]:
    known = {"", *_keys(rules.form)}
    return [
        f"το όριο μορίων αφορά το «{cells.shown(one.of)}», που δεν υπάρχει στη φόρμα"
        for one in rules.thresholds
        if one.of not in known
    ]


def _not_keys(rules: Rules) -> list[str]:
    keys = [one.key for one in rules.exclusions]
    options = [key for q in rules.scored() if q.rule for key, _ in q.rule.options]
    wrong = [key for key in keys + options + _keys(rules.form) if not cells.KEY.fullmatch(key)]
    twice = [key for key in dict.fromkeys(keys) if keys.count(key) > 1]
    return [f"«{cells.shown(key)}» δεν είναι κλειδί" for key in wrong] + [
        f"ο λόγος αποκλεισμού «{key}» υπάρχει δύο φορές" for key in twice
    ]


# The file ---------------------------------------------------------------------------------------


def write(rules: Rules) -> bytes:
    """Το αρχείο κανόνων: UTF-8 JSON with a final newline."""
    content = {
        "version": VERSION,
        "list": rules.list,
        "title": rules.title,
        "stage": rules.stage.value,
        "places": rules.places,
        "thresholds": [{"of": t.of, "least": f"{t.least:f}"} for t in rules.thresholds],
        "exclusions": [{"key": e.key, "label": e.label} for e in rules.exclusions],
        "lot": {"commitment": rules.lot.commitment, "seed": rules.lot.seed.hex()},
        "form": exchange.write(rules.form),
    }
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def read(raw: bytes) -> Rules:
    """Ανάγνωση κανόνων; raises :class:`MalformedError` with the first place that is wrong."""
    data = strict_json.parse(raw)
    reader = Reader(data)
    reader.only(*MEMBERS)
    missing = [name for name in MEMBERS if name not in reader.data]
    if missing and not reader.problems:
        reader.wrong(missing[0], "λείπει.")
    _version(reader)
    facts = _facts(reader)
    _refuse(reader.problems)
    try:
        form = exchange.read(reader.data["form"])
    except exchange.UnreadableFormError as error:
        raise _malformed(error.problems[0], "form: ") from None
    return Rules(form=form, **facts)


def _facts(r: Reader) -> dict[str, Any]:
    return {
        "list": r.text("list", 64),
        "title": r.text("title", 300),
        "stage": r.among("stage", Stage, Stage.PROVISIONAL),
        "places": _places(r),
        "thresholds": tuple(_threshold(row) for row in r.rows("thresholds", 20)),
        "exclusions": tuple(_exclusion(row) for row in r.rows("exclusions", 100)),
        "lot": _lot(r.inner("lot")),
    }


def _version(r: Reader) -> None:
    if type(r.data.get("version")) is not int or r.data["version"] != VERSION:
        r.wrong("version", f"αναμένεται ο ακέραιος {VERSION}.")


def _places(r: Reader) -> int | None:
    return None if r.data.get("places") is None else r.whole("places", MOST_PLACES)


def _threshold(r: Reader) -> Threshold:
    r.only("of", "least")
    least = r.decimal("least")
    if least is None:
        r.wrong("least", "γράψτε πόσα μόρια.")
    return Threshold(r.word("of"), least or Decimal(0))


def _exclusion(r: Reader) -> Exclusion:
    r.only("key", "label")
    return Exclusion(r.key("key"), r.text("label", 500))


def _lot(r: Reader) -> Lot:
    r.only("commitment", "seed")
    seed, commitment = r.text("seed", 64), r.text("commitment", 64)
    if not _HEX.fullmatch(seed):
        r.wrong("seed", "64 δεκαεξαδικά ψηφία, με πεζά.")
        return Lot(b"")
    lot = Lot(bytes.fromhex(seed))
    if lot.commitment != commitment:
        r.wrong("commitment", "δεν είναι το SHA-256 του σπόρου (seed).")
    return lot


def _refuse(problems: list[Problem]) -> None:
    if problems:
        raise _malformed(problems[0])


def _malformed(problem: Problem, before: str = "") -> MalformedError:
    text = cells.printable(problem.text.rstrip("."))
    return MalformedError(f"{before}{cells.printable(problem.place)}: {text}")
