"""To whom an action is addressed (αποδέκτες): the country, prefectures, schools (R-024)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

from django.db import transaction

from didaskaleio.kernel import access, files, journal, sheets
from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.errors import Refusal, StepRefusedError
from didaskaleio.kernel.sheets import Field, SheetError
from didaskaleio.kernel.sheets.spooling import SHEETS, spooled
from didaskaleio.programmes.enums import Addressees, PeriodState
from didaskaleio.programmes.models import AddressedPrefecture, AddressedSchool, TrainingAction
from didaskaleio.structures.models import Prefecture, School

ACT = "Ορίστηκε σε ποιους απευθύνεται η δράση"
SHEET = files.declare(
    files.Kind(
        "programmes.schools", "Σχολεία δράσης σε αρχείο", "action.manage", SHEETS, files.MEGABYTE
    )
)
FIELDS = (Field("code", "Κωδικός", ("Κωδικός", "Κωδικός σχολείου", "Κωδικός ΥΠΑΙΘ", "Code")),)
MOST_SCHOOLS = 3_000
LONGEST_GROUP = 80


@dataclass(frozen=True)
class Read:
    """What a list of codes says (δοκιμαστική ανάγνωση): to add, there already, unknown."""

    schools: Sequence[School]
    present: Sequence[School]
    unknown: Sequence[str]


@transaction.atomic
def address_to(
    action: TrainingAction,
    kind: Addressees,
    prefectures: Iterable[Prefecture] = (),
    *,
    actor: Actor,
    at: datetime,
    seen: int | None = None,
) -> TrainingAction:
    """Say to whom the action is addressed; schools are kept while another kind is chosen.

    Refused once applications have been taken: whoever applied relied on it.
    """
    row = _held(action, actor, at)
    journal.require_latest(row, ACT, seen)
    chosen = list(prefectures) if kind == Addressees.PREFECTURES else []
    if kind == Addressees.PREFECTURES and not chosen:
        raise Refusal("Επιλέξτε έναν τουλάχιστον νομό.", code="prefectures")
    row.prefectures.all().delete()
    AddressedPrefecture.objects.bulk_create(
        AddressedPrefecture(action=row, prefecture=one) for one in chosen
    )
    row.addressed_to = kind
    row.save(update_fields=["addressed_to"])
    words = [kind.label, *(one.name for one in chosen)]
    journal.write(row, ACT, actor=actor, at=at, reason=", ".join(words))
    return row


def read_codes(action: TrainingAction, text: str, *, actor: Actor) -> Read:
    """What pasted codes say; nothing is written."""
    access.require(actor, "action.manage", action)
    return _told(action, re.findall(r"[\w-]+", text))


def read_schools(action: TrainingAction, upload: Any, *, actor: Actor) -> Read:
    """What a sheet of codes says; nothing is written."""
    access.require(actor, "action.manage", action)
    with spooled(upload, SHEET) as path:
        lines = list(islice(sheets.rows(path), MOST_SCHOOLS + 2))
    heading = sheets.find_heading(lines, FIELDS, fewest=1)
    if heading is None:
        raise SheetError("Το αρχείο χρειάζεται στις πρώτες γραμμές επικεφαλίδα «Κωδικός».")
    place = heading.columns["code"]
    rows = lines[heading.last :]
    return _told(action, [row[place].strip() for row in rows if len(row) > place])


def _told(action: TrainingAction, codes: Sequence[str]) -> Read:
    wanted = list(dict.fromkeys(code for code in codes if code))
    if len(wanted) > MOST_SCHOOLS:
        raise Refusal(f"Δεκτοί έως {MOST_SCHOOLS} κωδικοί μαζί. Χωρίστε τη λίστα.", code="codes")
    if not wanted:
        raise Refusal("Δεν βρέθηκε κανένας κωδικός. Δώστε τους κωδικούς σχολείων.", code="codes")
    found = list(School.objects.filter(code__in=wanted).order_by("sort_key", "pk"))
    there = set(action.schools.values_list("school_id", flat=True))
    known = {school.code for school in found}
    return Read(
        [school for school in found if school.pk not in there],
        [school for school in found if school.pk in there],
        [code for code in wanted if code not in known],
    )


@transaction.atomic
def name_schools(
    action: TrainingAction, codes: Sequence[str], *, group: str = "", actor: Actor, at: datetime
) -> int:
    """Address the action to these schools too, under the name of their cluster if they have one."""
    row = _held(action, actor, at)
    told = _told(row, codes)
    if told.unknown:
        raise Refusal(
            f"Άγνωστοι κωδικοί σχολείων: {', '.join(told.unknown[:5])}. Διορθώστε τους.",
            code="codes",
        )
    if row.schools.count() + len(told.schools) > MOST_SCHOOLS:
        raise Refusal(f"Μια δράση ονομάζει έως {MOST_SCHOOLS} σχολεία.", code="codes")
    AddressedSchool.objects.bulk_create(
        AddressedSchool(action=row, school=school, group=group.strip()[:LONGEST_GROUP])
        for school in told.schools
    )
    words = f"Σχολεία που προστέθηκαν: {len(told.schools)}"
    _to_schools(row, f"{words} («{group.strip()}»)" if group.strip() else words, actor, at)
    return len(told.schools)


@transaction.atomic
def drop_schools(action: TrainingAction, ids: Iterable[int], *, actor: Actor, at: datetime) -> int:
    """The action is not addressed to these schools any more."""
    row = _held(action, actor, at)
    gone = row.schools.filter(pk__in=list(ids)).delete()[0]
    if not gone:
        raise Refusal("Δεν επιλέχθηκε σχολείο της δράσης. Σημειώστε όσα θέλετε να αφαιρεθούν.")
    _to_schools(row, f"Σχολεία που αφαιρέθηκαν: {gone}", actor, at)
    return gone


def _to_schools(row: TrainingAction, words: str, actor: Actor, at: datetime) -> None:
    row.addressed_to = Addressees.SCHOOLS
    row.save(update_fields=["addressed_to"])
    journal.write(row, ACT, actor=actor, at=at, reason=words)


def _held(action: TrainingAction, actor: Actor, at: datetime) -> TrainingAction:
    row = TrainingAction.objects.select_for_update(of=("self",), no_key=True).get(pk=action.pk)
    access.require(actor, "action.manage", row)
    if settled(row, at):
        raise StepRefusedError(
            "Η δράση έχει δεχτεί αιτήσεις και δεν αλλάζει σε ποιους απευθύνεται. "
            "Για άλλα σχολεία ξεκινήστε νέα δράση."
        )
    return row


def settled(action: TrainingAction, at: datetime) -> bool:
    """Whether applications were taken for a period of the action, so that its audience stands."""
    opened = action.periods.filter(phase_a_opens__lte=at)
    return opened.exclude(state__in=(PeriodState.DRAFT, PeriodState.CANCELLED)).exists()
