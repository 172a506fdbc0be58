"""Forms of the composer: what an officer types, as parts of a definition and back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django import forms

from didaskaleio.kernel.forms import wording
from didaskaleio.kernel.forms.definition import (
    TITLES,
    WITH_RANGE,
    Condition,
    Definition,
    Kind,
    Question,
    Section,
    Tie,
)
from didaskaleio.kernel.forms.operations import Owner
from didaskaleio.kernel.forms.web.fields import GreekDecimal

TIE_PLACES = 5


class NewForm(forms.Form):
    """Άνοιγμα φόρμας."""

    title = forms.CharField(label="Τίτλος", max_length=300)
    code = forms.SlugField(
        label="Κωδικός", max_length=40, help_text="Λατινικά πεζά, αριθμοί και παύλες."
    )
    owner = forms.ChoiceField(label="Φορέας")
    file = forms.FileField(
        label="Αρχείο φόρμας",
        required=False,
        help_text="Αν έχετε φόρμα σε αρχείο JSON, ξεκινά από αυτήν.",
    )

    def __init__(self, owners: Sequence[Owner], *args: Any) -> None:
        super().__init__(*args)
        named = [(f"{o.scope}:{o.scope_id}", o.name) for o in owners]
        self.fields["owner"] = forms.ChoiceField(label="Φορέας", choices=named)


class FileForm(forms.Form):
    """Εισαγωγή από αρχείο."""

    file = forms.FileField(label="Αρχείο JSON")


class HeadForm(forms.Form):
    """Στοιχεία φόρμας."""

    title = forms.CharField(label="Τίτλος", max_length=300)
    intro = forms.CharField(
        label="Εισαγωγή", required=False, max_length=4_000, widget=forms.Textarea
    )
    reference = forms.DateField(
        label="Ημερομηνία αναφοράς",
        required=False,
        help_text="Ως αυτήν μετρούν τα έτη των ερωτήσεων με μόρια ανά έτος.",
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
    )
    cap = GreekDecimal(label="Ανώτατο όριο μορίων")

    def __init__(self, definition: Definition, data: Any = None) -> None:
        shown = {n: getattr(definition, n) for n in ("title", "intro", "reference", "cap")}
        ties = [
            f"{t.of}|{'a' if t.answer else 'p'}|{'l' if t.lower else 'h'}" for t in definition.ties
        ]
        shown |= {f"tie{n}": value for n, value in enumerate(ties, 1)}
        super().__init__(data, initial=shown)
        self.many = max(TIE_PLACES, len(ties))
        for n in range(1, self.many + 1):
            self.fields[f"tie{n}"] = forms.ChoiceField(
                label=f"Σε ισοβαθμία, {n}ο κριτήριο", required=False, choices=_ties(definition)
            )

    def apply(self, definition: Definition) -> Definition:
        """The definition with these facts."""
        given = self.cleaned_data
        chosen = [given[f"tie{n}"].split("|") for n in range(1, self.many + 1) if given[f"tie{n}"]]
        ties = tuple(dict.fromkeys(Tie(of, by == "a", way == "l") for of, by, way in chosen))
        facts = {n: given[n] for n in ("title", "intro", "reference", "cap")}
        return replace(definition, ties=ties, **facts)


def _ties(definition: Definition) -> list[tuple[str, str]]:
    found = [("", "–")]
    held: list[Section | Question] = [*definition.sections, *definition.questions()]
    for part in held:
        scored = isinstance(part, Section) and any(q.rule for q in part.questions)
        if scored or (isinstance(part, Question) and part.rule):
            found.append((f"{part.key}|p|h", wording.tie(Tie(part.key), definition)))
    for one in definition.questions():
        if one.kind in WITH_RANGE | {Kind.DATE}:
            for way in "hl":
                said = wording.tie(Tie(one.key, answer=True, lower=way == "l"), definition)
                found.append((f"{one.key}|a|{way}", said))
    known = {value for value, _ in found}
    return found + [
        (value, wording.tie(tie, definition))
        for tie in definition.ties
        if (value := f"{tie.of}|{'a' if tie.answer else 'p'}|{'l' if tie.lower else 'h'}")
        not in known
    ]


class SectionForm(forms.Form):
    """Στοιχεία ενότητας."""

    title = forms.CharField(label="Τίτλος", max_length=300)
    help = forms.CharField(label="Οδηγίες", required=False, max_length=2_000, widget=forms.Textarea)
    cap = GreekDecimal(
        label="Ανώτατο όριο μορίων", help_text="Όσα κι αν δώσουν οι ερωτήσεις της μαζί."
    )

    def part(self, key: str, only_if: Condition) -> Section:
        given = self.cleaned_data
        return Section(key, given["title"], given["help"], only_if, given["cap"])


KINDS = [(kind.value, TITLES[kind]) for kind in Kind]
