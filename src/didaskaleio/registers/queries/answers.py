"""Answers of a candidacy (απαντήσεις) as people read them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from didaskaleio.kernel.forms import wording
from didaskaleio.kernel.forms.conditions import counted
from didaskaleio.kernel.forms.definition import Definition, Kind, Question


@dataclass(frozen=True)
class Said:
    """An answer in words; ``file`` is the key of a document."""

    label: str
    words: str
    file: str = ""


def answers_in_words(
    definition: Definition, values: Mapping[str, Any]
) -> list[tuple[str, list[Said]]]:
    """The answers that count, section by section, as people read them."""
    kept = counted(definition, values)
    found = [
        (section.title, [_said(one, kept[one.key]) for one in section.questions if one.key in kept])
        for section in definition.sections
    ]
    return [(title, said) for title, said in found if said]


def _said(one: Question, value: Any) -> Said:
    file = value.get("file", "") if one.kind == Kind.FILE else ""
    return Said(one.label, wording.answer(one, value), file)


def differs(definition: Definition, draft: Mapping[str, Any], kept: Mapping[str, Any]) -> bool:
    """Whether the draft says something else than the submitted version."""
    return bool(counted(definition, draft) != dict(kept))
