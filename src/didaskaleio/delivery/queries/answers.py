"""Answers to a form in words (απαντήσεις με λόγια), for pages and documents."""

from __future__ import annotations

from typing import Any

from didaskaleio.kernel.forms.definition import Definition, Kind, Question, Values


def in_words(definition: Definition, values: Values) -> list[list[str]]:
    """Question, answer; «–» where there is none."""
    return [line for one in definition.questions() for line in _said(one, values.get(one.key))]


def _said(one: Question, value: Any) -> list[list[str]]:
    labels = {option.key: option.label for option in one.options}
    if one.kind == Kind.MATRIX:
        held = value if isinstance(value, dict) else {}
        return [
            [f"{one.label} {line.label}", labels.get(held.get(line.key, ""), "–")]
            for line in one.lines
        ]
    if one.kind == Kind.CHOICES:
        chosen = [labels.get(key, key) for key in value or []]
        return [[one.label, ", ".join(chosen) or "–"]]
    return [[one.label, labels.get(str(value), str(value)) if value else "–"]]
