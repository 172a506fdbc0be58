"""Ερώτηση στη σύνταξη (a question in the composer): its fields by kind, and back."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.forms import formset_factory

from didaskaleio.kernel.forms import prefill, wording
from didaskaleio.kernel.forms.definition import (
    WAYS_OF,
    WITH_OPTIONS,
    WITH_RANGE,
    Band,
    Condition,
    Kind,
    Option,
    Question,
    Rule,
    Way,
)
from didaskaleio.kernel.forms.web.fields import GreekDecimal, SpareText

LINES_OF = {Kind.MATRIX: "Γραμμές του πλέγματος", Kind.TABLE: "Στήλες του πίνακα"}


# of some kinds only
FACTS = ("unit", "unit_one", "low", "high", "expires", "prefill")


class QuestionForm(forms.Form):
    """Στοιχεία ερώτησης; a kind shows only the fields that it has."""

    label = forms.CharField(label="Ερώτηση", max_length=500)
    help = forms.CharField(
        label="Οδηγίες", required=False, max_length=2_000, widget=forms.Textarea({"rows": 3})
    )
    required = forms.BooleanField(label="Υποχρεωτική", required=False)
    unit = forms.CharField(
        label="Μονάδα στον πληθυντικό",
        required=False,
        max_length=40,
        help_text="Π.χ. ώρες, έτη, σελίδες.",
    )
    unit_one = forms.CharField(
        label="Μονάδα στον ενικό",
        required=False,
        max_length=40,
        help_text="Π.χ. ώρα. Κενό: για γνωστές λέξεις συμπληρώνεται μόνη της.",
    )
    low = GreekDecimal(label="Από")
    high = GreekDecimal(label="Έως")
    places = forms.IntegerField(label="Δεκαδικά ψηφία", required=False, min_value=0, max_value=6)
    most = forms.IntegerField(label="Το πολύ", required=False, min_value=1, max_value=10_000)
    expires = forms.BooleanField(label="Το έγγραφο έχει ημερομηνία λήξης", required=False)
    prefill = forms.ChoiceField(label="Προσυμπλήρωση", required=False)
    way = forms.ChoiceField(label="Μόρια", required=False)
    rate = GreekDecimal(label="Μόρια για κάθε μονάδα, έτος ή απάντηση")
    rule_cap = GreekDecimal(label="Έως συνολικά", help_text="Όριο της ερώτησης. Κενό: χωρίς όριο.")

    def __init__(self, kind: Kind, *args: Any, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.kind = kind
        sources = [(s.name, s.title) for s in prefill.known.values() if kind in s.kinds]
        ways = [(way.value, wording.WAYS[way]) for way in WAYS_OF[kind]]
        self._choose("prefill", sources, "Κενό πεδίο")
        self._choose("way", ways, "Χωρίς μόρια")
        unused = set(self.fields) - used(kind)
        for name in unused | ({"prefill"} if not sources else set()):
            del self.fields[name]
        if kind == Kind.TABLE and "most" in self.fields:
            self.fields["most"].label = "Το πολύ γραμμές"
        elif "most" in self.fields:
            self.fields["most"].label = "Το πολύ χαρακτήρες"

    def _choose(self, name: str, pairs: Sequence[tuple[str, str]], none: str) -> None:
        label = self.fields[name].label
        self.fields[name] = forms.ChoiceField(
            label=label, required=False, choices=[("", none), *pairs]
        )


def used(kind: Kind) -> set[str]:
    """The fields that a question of this kind has."""
    found = {"label", "help", "required", "prefill"}
    if kind in WITH_RANGE:
        found |= {"unit", "unit_one", "low", "high"}
    if kind == Kind.NUMBER:
        found.add("places")
    if kind in {Kind.TEXT, Kind.LONG_TEXT, Kind.TABLE}:
        found.add("most")
    if kind == Kind.FILE:
        found.add("expires")
    if WAYS_OF[kind]:
        found |= {"way", "rule_cap"}
    if set(WAYS_OF[kind]) & {Way.PER_UNIT, Way.PER_YEAR, Way.GIVEN}:
        found.add("rate")
    return found


class OptionForm(forms.Form):
    """An option, row or column: its words, and its points where options give points."""

    key = forms.SlugField(required=False, max_length=40, widget=forms.HiddenInput)
    label = SpareText(label="Λόγια", max_length=300)
    points = GreekDecimal(label="Μόρια", spare=True)


class LineForm(OptionForm):
    points = None  # type: ignore[assignment]


class BandForm(forms.Form):
    """A line of a table of values."""

    start = GreekDecimal(label="Από", spare=True)
    points = GreekDecimal(label="Μόρια", spare=True)


Options = formset_factory(OptionForm, extra=3, max_num=200, absolute_max=200)
Lines = formset_factory(LineForm, extra=3, max_num=200, absolute_max=200)
Bands = formset_factory(BandForm, extra=3, max_num=100, absolute_max=100)


def shown_question(one: Question) -> dict[str, Any]:
    """A question as its form shows it."""
    names = ("label", "help", "required", "places", *FACTS)
    shown = {name: getattr(one, name) for name in names} | {"most": one.most or None}
    if one.rule:
        shown |= {"way": one.rule.way.value, "rule_cap": one.rule.cap}
        shown["rate"] = one.rule.rate or None
    return shown


def shown_options(one: Question) -> list[dict[str, Any]]:
    points = dict(one.rule.options) if one.rule else {}
    return [{"key": o.key, "label": o.label, "points": points.get(o.key)} for o in one.options]


def shown_lines(one: Question) -> list[dict[str, Any]]:
    return [{"key": o.key, "label": o.label} for o in one.lines]


def shown_bands(one: Question) -> list[dict[str, Any]]:
    return [{"start": b.start, "points": b.points} for b in (one.rule.bands if one.rule else ())]


def named(rows: Sequence[dict[str, Any]]) -> list[tuple[Option, Decimal | None]]:
    """The options that were typed, new ones with keys that no other has."""
    filled = [row for row in rows if row.get("label")]
    taken = {row["key"] for row in filled if row.get("key")}
    found: list[tuple[Option, Decimal | None]] = []
    for row in filled:
        key = row.get("key") or next(k for n in range(1, 999) if (k := f"o{n}") not in taken)
        taken.add(key)
        found.append((Option(key, row["label"]), row.get("points")))
    return found


def question_of(
    key: str,
    form: QuestionForm,
    only_if: Condition,
    rows: tuple[Sequence[Any], Sequence[Any], Sequence[Any]],
) -> Question:
    """The question that was typed; ``rows`` are those of options, lines and bands."""
    given, (options, lines, bands) = form.cleaned_data, rows
    pairs = named(options) if form.kind in WITH_OPTIONS else []
    held = {name: given[name] for name in FACTS if name in given}
    return Question(
        key=key,
        kind=form.kind,
        label=given["label"],
        help=given["help"],
        required=given["required"],
        only_if=only_if,
        places=given.get("places") or 0,
        most=given.get("most") or 0,
        options=tuple(option for option, _ in pairs),
        lines=tuple(option for option, _ in named(lines)) if form.kind in LINES_OF else (),
        rule=_rule(given, pairs, bands),
        **held,
    )


def _rule(
    given: dict[str, Any], pairs: Sequence[tuple[Option, Decimal | None]], bands: Sequence[Any]
) -> Rule | None:
    if not given.get("way"):
        return None
    way, cap = Way(given["way"]), given.get("rule_cap")
    if way == Way.PER_OPTION:
        return Rule(way, cap=cap, options=tuple((o.key, p) for o, p in pairs if p is not None))
    if way == Way.BANDS:
        typed = [row for row in bands if row.get("start") is not None]
        return Rule(
            way, cap=cap, bands=tuple(Band(r["start"], r["points"] or Decimal(0)) for r in typed)
        )
    return Rule(way, given.get("rate") or Decimal(0), cap)
