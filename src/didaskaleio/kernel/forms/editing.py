"""Σύνταξη φόρμας (editing): each edit makes another definition; nothing is changed in place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import count
from typing import TypeVar

from didaskaleio.kernel.errors import Refusal
from didaskaleio.kernel.forms.definition import Condition, Definition, Question, Section

Edit = Callable[[Definition], Definition]
Part = TypeVar("Part", Section, Question)


class GonePartError(Refusal):
    """A section or question that is no longer in the form."""


def _gone() -> GonePartError:
    return GonePartError("Το σημείο αυτό δεν υπάρχει πια στη φόρμα. Ανανεώστε τη σελίδα.")


def free_key(definition: Definition, start: str) -> str:
    """A key that nothing in the form has: q1, q2, … after the letter ``start``."""
    taken = {one.key for one in definition.questions()}
    taken |= {section.key for section in definition.sections}
    return next(key for n in count(1) if (key := f"{start}{n}") not in taken)


def put_section(definition: Definition, section: Section) -> Definition:
    """Replace the section of that key (its questions stay), or add it at the end."""
    held = definition.section(section.key)
    if held is None:
        return replace(definition, sections=(*definition.sections, section))
    return _with(definition, replace(section, questions=held.questions))


def put_question(definition: Definition, question: Question, section_key: str) -> Definition:
    """Replace the question of that key where it stands, or add it at the end of a section."""
    home = _home(definition, question.key)
    if home is not None:
        rows = tuple(question if q.key == question.key else q for q in home.questions)
        return _with(definition, replace(home, questions=rows))
    section = definition.section(section_key)
    if section is None:
        raise _gone()
    return _with(definition, replace(section, questions=(*section.questions, question)))


def _with(definition: Definition, section: Section) -> Definition:
    rows = tuple(section if s.key == section.key else s for s in definition.sections)
    return replace(definition, sections=rows)


def _home(definition: Definition, key: str) -> Section | None:
    return next((s for s in definition.sections if any(q.key == key for q in s.questions)), None)


def move(definition: Definition, key: str, step: int) -> Definition:
    """Move a section or question ``step`` places (−1 up, +1 down).

    A question at the end of its section goes on into the next one.
    """
    if definition.section(key) is not None:
        return replace(definition, sections=_moved(definition.sections, key, step))
    home = _home(definition, key)
    if home is None:
        raise _gone()
    rows = _moved(home.questions, key, step)
    if rows != home.questions:
        return _with(definition, replace(home, questions=rows))
    return _across(definition, home, key, step)


def _moved(rows: tuple[Part, ...], key: str, step: int) -> tuple[Part, ...]:
    here = [row.key for row in rows].index(key)
    there = min(max(here + step, 0), len(rows) - 1)
    found = list(rows)
    found.insert(there, found.pop(here))
    return tuple(found)


def _across(definition: Definition, home: Section, key: str, step: int) -> Definition:
    place = definition.sections.index(home) + step
    if not 0 <= place < len(definition.sections):
        return definition
    question = next(q for q in home.questions if q.key == key)
    other = definition.sections[place]
    rows = (question, *other.questions) if step > 0 else (*other.questions, question)
    left = tuple(q for q in home.questions if q.key != key)
    made = _with(definition, replace(home, questions=left))
    return _with(made, replace(other, questions=rows))


def arrange(definition: Definition, keys: Sequence[str], section_key: str) -> Definition:
    """Order the questions of one section as ``keys`` say; unnamed ones keep to the end."""
    section = definition.section(section_key)
    if section is None:
        raise _gone()
    places = {key: n for n, key in enumerate(keys)}
    rows = sorted(section.questions, key=lambda q: places.get(q.key, len(places)))
    return _with(definition, replace(section, questions=tuple(rows)))


def copy(definition: Definition, key: str) -> Definition:
    """A copy of a section or question, right after it, with keys of its own."""
    section = definition.section(key)
    if section is not None:
        return _copied_section(definition, section)
    home = _home(definition, key)
    if home is None:
        raise _gone()
    rows: list[Question] = []
    for one in home.questions:
        rows.append(one)
        if one.key == key:
            rows.append(replace(one, key=free_key(definition, "q")))
    return _with(definition, replace(home, questions=tuple(rows)))


def _copied_section(definition: Definition, section: Section) -> Definition:
    made = replace(section, key=free_key(definition, "s"), questions=())
    place = definition.sections.index(section) + 1
    sections = (*definition.sections[:place], made, *definition.sections[place:])
    found, names = replace(definition, sections=sections), {}
    for one in section.questions:
        names[one.key] = free_key(found, "q")
        again = replace(one, key=names[one.key], only_if=_renamed(one.only_if, names))
        found = put_question(found, again, made.key)
    return found


def _renamed(condition: Condition, names: dict[str, str]) -> Condition:
    """A condition within a copied section looks at the copies."""
    tests = tuple(replace(t, question=names.get(t.question, t.question)) for t in condition.tests)
    return replace(condition, tests=tests)


def drop(definition: Definition, key: str) -> Definition:
    """Take out a section with its questions, or a question.

    Conditions and ties that looked at it stay, and keep the form from being published until
    somebody decides about them (see ``soundness``).
    """
    if definition.section(key) is not None:
        left = tuple(s for s in definition.sections if s.key != key)
        return replace(definition, sections=left)
    home = _home(definition, key)
    if home is None:
        raise _gone()
    return _with(
        definition, replace(home, questions=tuple(q for q in home.questions if q.key != key))
    )
