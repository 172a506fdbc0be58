"""Διαφορές δύο εκδόσεων φόρμας (differences): what was added, taken out, changed or moved."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from didaskaleio.kernel.forms import exchange, wording
from didaskaleio.kernel.forms.answers import shown
from didaskaleio.kernel.forms.definition import TITLES, Definition, Question

ADDED, TAKEN_OUT, CHANGED, MOVED = "Προστέθηκε", "Αφαιρέθηκε", "Άλλαξε", "Μετακινήθηκε"


@dataclass(frozen=True, slots=True)
class Change:
    """One change: what happened, to what, and the facts before and after it."""

    what: str
    name: str
    facts: tuple[tuple[str, str, str], ...] = ()


def compare(old: Definition, new: Definition) -> list[Change]:
    """The changes from ``old`` to ``new``, in the order of the form."""
    return [*_whole(old, new), *_parts(old, new)]


def _whole(old: Definition, new: Definition) -> Iterator[Change]:
    facts = _different(_of_form(old), _of_form(new))
    if facts:
        yield Change(CHANGED, "Στοιχεία της φόρμας", facts)
    for section in new.sections:
        held = old.section(section.key)
        if held is None:
            yield Change(ADDED, f"Ενότητα «{section.title}»")
            continue
        facts = _different(_of_section(held, old), _of_section(section, new))
        if facts:
            yield Change(CHANGED, f"Ενότητα «{section.title}»", facts)
    for section in old.sections:
        if new.section(section.key) is None:
            yield Change(TAKEN_OUT, f"Ενότητα «{section.title}»")


def _parts(old: Definition, new: Definition) -> Iterator[Change]:
    order = [q.key for q in old.questions() if new.question(q.key)]
    kept = [q.key for q in new.questions() if old.question(q.key)]
    for one in new.questions():
        held = old.question(one.key)
        if held is None:
            yield Change(ADDED, one.label, _new(facts_of(one, new)))
            continue
        if facts := _different(facts_of(held, old), facts_of(one, new)):
            yield Change(CHANGED, one.label, facts)
        if _home(old, one.key) != _home(new, one.key) or order.index(one.key) != kept.index(
            one.key
        ):
            yield Change(MOVED, one.label)
    for one in old.questions():
        if new.question(one.key) is None:
            yield Change(TAKEN_OUT, one.label)


def _new(facts: dict[str, str]) -> tuple[tuple[str, str, str], ...]:
    return tuple((name, "", value) for name, value in facts.items() if value)


def _home(definition: Definition, key: str) -> str:
    return next(s.key for s in definition.sections if any(q.key == key for q in s.questions))


def _different(old: dict[str, str], new: dict[str, str]) -> tuple[tuple[str, str, str], ...]:
    return tuple((name, old[name], new[name]) for name in new if old[name] != new[name])


def _of_form(definition: Definition) -> dict[str, str]:
    return {
        "Τίτλος": definition.title,
        "Εισαγωγή": definition.intro,
        "Ημερομηνία αναφοράς": str(definition.reference or ""),
        "Ανώτατο όριο μορίων": "" if definition.cap is None else shown(definition.cap),
        "Σειρά σε ισοβαθμία": "· ".join(wording.tie(tie, definition) for tie in definition.ties),
    }


def _of_section(section: Any, definition: Definition) -> dict[str, str]:
    return {
        "Τίτλος": section.title,
        "Οδηγίες": section.help,
        "Πότε ισχύει": wording.condition(section.only_if, definition),
        "Ανώτατο όριο μορίων": "" if section.cap is None else shown(section.cap),
    }


def facts_of(one: Question, definition: Definition) -> dict[str, str]:
    """What a question says, by name, in words."""
    return {
        "Ερώτηση": one.label,
        "Είδος": TITLES[one.kind],
        "Οδηγίες": one.help,
        "Υποχρεωτική": "ναι" if one.required else "όχι",
        "Πότε ισχύει": wording.condition(one.only_if, definition),
        "Όρια": _limits(one),
        "Επιλογές": ", ".join(o.label for o in one.options),
        "Γραμμές ή στήλες": ", ".join(o.label for o in one.lines),
        "Λήξη εγγράφου": "ζητείται" if one.expires else "δεν ζητείται",
        "Προσυμπλήρωση": one.prefill,
        "Μόρια": wording.rule(one),
    }


def _limits(one: Question) -> str:
    data = exchange.question(one)
    parts = [data.get(name, "") for name in ("low", "high", "unit", "unit_one", "places", "most")]
    return " / ".join(str(part) for part in parts) if any(parts) else ""
