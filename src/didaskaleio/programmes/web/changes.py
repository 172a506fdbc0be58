"""A trainer's proposal on screen: the rows of the timetable to change, and old → new."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import QueryDict

from didaskaleio.kernel.greek import long_date
from didaskaleio.programmes.enums import SlotKind
from didaskaleio.programmes.models import Programme, TimetableProposal
from didaskaleio.programmes.operations import Wanted
from didaskaleio.programmes.timetable import Change, Place
from didaskaleio.programmes.web.forms import SlotForm

MOST, NEW = 60, 2
LABELS = {"kind": "Είδος", "day": "Ημέρα", "start": "Ώρα έναρξης", "DELETE": "Αφαίρεση"}


class SlotRow(SlotForm):
    """One slot of the draft; a row without a day is left out."""

    kind = forms.ChoiceField(label="Είδος", choices=SlotKind.choices, initial=SlotKind.SYNCHRONOUS)


class SlotRows(forms.BaseFormSet):  # type: ignore[type-arg]
    """The timetable as rows, with some empty ones for new slots."""

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        there = index is not None and index < self.initial_form_count()
        which = f"{(index or 0) + 1}η συνάντηση" if there else "νέο τρίωρο"
        for name, label in LABELS.items():
            if name in form.fields:
                form.fields[name].widget.attrs |= {"aria-label": f"{label}, {which}"}
                form.fields[name].widget.attrs |= {
                    "class": "box" if name == "DELETE" else "d-input"
                }

    def wanted(self) -> list[Wanted]:
        """The rows as the operation takes them."""
        kept = [form.cleaned_data for form in self.forms if form not in self.deleted_forms]
        return [
            Wanted(row["slot"], SlotKind(row["kind"]), row["day"], row["start"])
            for row in kept
            if row.get("day")
        ]


Rows = forms.formset_factory(SlotRow, SlotRows, extra=NEW, max_num=MOST, can_delete=True)


def slot_rows(programme: Programme, posted: QueryDict | None) -> Any:
    """The rows of a draft, as stored or as posted."""
    initial = [
        {"slot": slot.pk, "kind": slot.kind, "day": slot.date, "start": slot.start}
        for slot in programme.slots.all()
    ]
    return Rows(posted, prefix="slot", initial=initial)


def proposals_of(programme: Programme) -> list[dict[str, Any]]:
    """The trainer's proposals, the newest first, each with its changes in words."""
    rows = programme.proposals.select_related("trainer").order_by("-at")[:20]
    return [{"row": row, "changes": changes_of(row)} for row in rows]


def changes_of(proposal: TimetableProposal) -> list[dict[str, Any]]:
    """Each change in words: what was, what is proposed, whether it was taken."""
    read = [Change.read(data) for data in proposal.changes]
    return [
        {
            "number": number,
            "label": change.label,
            "old": in_words(change.old),
            "new": in_words(change.new),
            "taken": number in proposal.taken,
        }
        for number, change in enumerate(read)
    ]


def in_words(place: Place | None) -> str:
    """«Σύγχρονη, Τετάρτη 8 Μαρτίου 2023, 17:30»; empty for no place."""
    if place is None:
        return ""
    return f"{place.kind.label}, {long_date(place.date)}, {place.start:%H:%M}"
