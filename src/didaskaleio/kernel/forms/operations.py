"""Acts on forms: begin, edit, publish, next version; answer, attach a file, complete."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Model

from didaskaleio.kernel import access, files, journal
from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.errors import Refusal
from didaskaleio.kernel.files import Kind as FileKind
from didaskaleio.kernel.forms import answers, exchange, points, prefill
from didaskaleio.kernel.forms.conditions import counted, given
from didaskaleio.kernel.forms.definition import Definition, Kind, Problem, Values
from didaskaleio.kernel.forms.editing import Edit
from didaskaleio.kernel.forms.lifecycle import FORM_VERSION
from didaskaleio.kernel.forms.models import AnswerSheet, Form, FormState, FormVersion
from didaskaleio.kernel.models import StoredFile
from didaskaleio.kernel.taken import unless_taken

EDITED = "Αλλαγή του προχείρου"
PAPER = files.declare(
    FileKind("form.paper", "Αρχείο απάντησης", "sheet.own", (files.PDF, *files.IMAGES))
)


class FrozenFormError(Refusal):
    """An edit of a version that is no longer a draft."""


class AnswersRefusedError(Refusal):
    """Answers that cannot be kept, or that are not complete; ``problems`` says which."""

    def __init__(self, found: Iterable[Problem]) -> None:
        self.problems = tuple(found)
        super().__init__(" ".join(problem.text for problem in self.problems))


# The form ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Owner:
    """Whose a form is: kind of scope, its id, its name on the screen."""

    scope: str
    scope_id: int
    name: str


def begin(
    owner: Owner, *, code: str, definition: Definition, actor: Actor, at: datetime
) -> FormVersion:
    """Open a form with the first draft of its definition."""
    form = Form(code=code, title=definition.title, scope=owner.scope, scope_id=owner.scope_id)
    access.require(actor, "form.write", form)
    with unless_taken(Refusal(f"Υπάρχει ήδη φόρμα με κωδικό «{code}». Δώστε άλλον κωδικό.")):
        form.save()
    with transaction.atomic():
        journal.write(form, "Άνοιξε η φόρμα", actor=actor, at=at, code=code)
        return _draft(form, 1, definition, actor, at)


def _draft(
    form: Form, number: int, definition: Definition, actor: Actor, at: datetime
) -> FormVersion:
    made = FormVersion.objects.create(form=form, number=number, definition=_kept(definition))
    journal.write(made, "Άνοιξε πρόχειρο", actor=actor, at=at)
    return made


def edit(
    version: FormVersion,
    change: Edit,
    *,
    what: str,
    actor: Actor,
    at: datetime,
) -> None:
    """Change a draft by one pure edit; ``what`` says it in the journal.

    Two officers may edit two questions at once; for one question see ``marks.unless_changed``.
    """
    with transaction.atomic():
        held = _locked(version)
        access.require(actor, "form.write", held.form)
        definition = change(held.parsed())
        held.definition = _kept(definition)
        held.save(update_fields=["definition"])
        if held.form.title != definition.title and definition.title:
            Form.objects.filter(pk=held.form_id).update(title=definition.title)
        journal.write(held, EDITED, actor=actor, at=at, reason=what)
    version.definition = held.definition


def _kept(definition: Definition) -> dict[str, Any]:
    """A definition as it is stored; one that could not be read again is refused."""
    data = exchange.write(definition)
    exchange.read_draft(data)
    return data


def _locked(version: FormVersion) -> FormVersion:
    rows = FormVersion.objects.select_related("form").select_for_update(of=("self",))
    held = rows.get(pk=version.pk)
    if held.state != FormState.DRAFT:
        raise FrozenFormError("Η έκδοση αυτή δημοσιεύτηκε και δεν αλλάζει. Ανοίξτε νέα έκδοση.")
    return held


@FORM_VERSION.performs("publish", locks=("form",))
def publish(version: FormVersion, *, actor: Actor, at: datetime) -> None:
    """Publish a draft: it is frozen, and the version published before it retires."""
    earlier = FormVersion.objects.filter(form=version.form, state=FormState.PUBLISHED)
    FORM_VERSION.perform_all(
        "retire", earlier, actor=actor, at=at, reason=f"Ακολούθησε η {version}."
    )
    version.published_at = at


@FORM_VERSION.performs("retire")
def retire(version: FormVersion, *, actor: Actor, at: datetime, reason: str) -> None:
    """Withdraw a version: it takes no new sheets; answers that were given keep it."""


def new_version(form: Form, *, actor: Actor, at: datetime) -> FormVersion:
    """A draft that begins as the newest version; refused while there is a draft already."""
    with transaction.atomic():
        held = Form.objects.select_for_update().get(pk=form.pk)
        access.require(actor, "form.write", held)
        newest = held.versions.order_by("-number")[0]
        if newest.state == FormState.DRAFT:
            raise Refusal("Υπάρχει ήδη πρόχειρο. Συνεχίστε σε αυτό.")
        return _draft(held, newest.number + 1, newest.parsed(), actor, at)


# Answers ----------------------------------------------------------------------------------------


def open_sheet(version: FormVersion, subject: Model, *, person: int, at: datetime) -> AnswerSheet:
    """The sheet of a person about ``subject``, begun with what the named sources know."""
    found, made = AnswerSheet.objects.get_or_create(
        version=version,
        person_id=person,
        subject=journal.label(subject),
        subject_id=subject.pk,
        defaults={"saved_at": at},
    )
    if made:
        found.values = prefill.first_answers(version.parsed(), person, at)
        found.save(update_fields=["values"])
    return found


def save(sheet: AnswerSheet, given_now: Values, *, actor: Actor, at: datetime) -> list[Problem]:
    """Keep answers as a draft (autosave); those of the wrong shape are left out and returned.

    ``given_now`` has an entry for each question that the person was shown; files are kept by
    :func:`attach` and stay as they are. ``saved_at`` moves only when an answer changed: a late
    autosave of the same answers is no change for whoever reviews them meanwhile.
    """
    with transaction.atomic():
        held = _open(sheet, actor)
        definition = held.version.parsed()
        papers = {one.key for one in definition.questions() if one.kind == Kind.FILE}
        known = {one.key for one in definition.questions()} - papers
        told = {key: value for key, value in given_now.items() if key in known}
        wrong = answers.check(definition, held.values | told, complete=False)
        bad = {problem.place for problem in wrong} & set(told)
        merged = held.values | {key: value for key, value in told.items() if key not in bad}
        values = {key: value for key, value in merged.items() if given(value)}
        if values != held.values:
            held.values, held.saved_at = values, at
            held.save(update_fields=["values", "saved_at"])
    sheet.values, sheet.saved_at = held.values, held.saved_at
    return [problem for problem in wrong if problem.place in bad]


def _open(sheet: AnswerSheet, actor: Actor) -> AnswerSheet:
    rows = AnswerSheet.objects.select_related("version").select_for_update(of=("self",))
    held = rows.get(pk=sheet.pk)
    access.require(actor, "sheet.own", held)
    if held.completed_at is not None:
        raise Refusal("Οι απαντήσεις έχουν υποβληθεί και δεν αλλάζουν.")
    return held


def attach(
    sheet: AnswerSheet,
    key: str,
    upload: Any,
    *,
    until: str = "",
    actor: Actor,
    at: datetime,
    kind: FileKind = PAPER,
    about: Model | None = None,
) -> None:
    """Keep a file as the answer to question ``key``; ``until`` is the last day of its validity.

    A room whose assessors read the files passes its own ``kind`` and what it is ``about``.
    """
    with transaction.atomic():
        held = _asks_file(sheet, key, actor)
        stored = files.accept(kind, upload, upload.name, about or held, actor=actor, at=at)
        place(sheet, key, stored, until=until, actor=actor, at=at)


def place(
    sheet: AnswerSheet,
    key: str,
    stored: StoredFile | None,
    *,
    until: str = "",
    actor: Actor,
    at: datetime,
) -> None:
    """Give a file that is kept already as the answer to ``key``; None takes the answer back.

    Whose the file is, the caller has looked at.
    """
    with transaction.atomic():
        held = _asks_file(sheet, key, actor)
        answer = stored and {"file": str(stored.key), "name": stored.name, "until": until}
        rest = {name: value for name, value in held.values.items() if name != key}
        held.values = rest | ({key: answer} if answer else {})
        held.saved_at = at
        held.save(update_fields=["values", "saved_at"])
    sheet.values, sheet.saved_at = held.values, at


def _asks_file(sheet: AnswerSheet, key: str, actor: Actor) -> AnswerSheet:
    held = _open(sheet, actor)
    asked = held.version.parsed().question(key)
    if asked is None or asked.kind != Kind.FILE:
        raise Refusal("Η ερώτηση δεν ζητά αρχείο.")
    return held


def date_file(sheet: AnswerSheet, untils: Mapping[str, str], *, actor: Actor, at: datetime) -> None:
    """Set the last day of validity of files that are kept already."""
    with transaction.atomic():
        held = _open(sheet, actor)
        for key, until in untils.items():
            if isinstance(held.values.get(key), dict) and "file" in held.values[key]:
                held.values[key] = held.values[key] | {"until": until}
        held.saved_at = at
        held.save(update_fields=["values", "saved_at"])
    sheet.values = held.values


def complete(sheet: AnswerSheet, *, actor: Actor, at: datetime) -> None:
    """Close a sheet: only answers that count stay, with their points.

    Raises :class:`AnswersRefusedError` with everything that is wrong or missing.
    """
    with transaction.atomic():
        held = _open(sheet, actor)
        definition = held.version.parsed()
        if wrong := answers.check(definition, held.values):
            raise AnswersRefusedError(wrong)
        held.values = counted(definition, held.values)
        held.points = points.as_data(points.score(definition, held.values))
        held.completed_at = at
        held.save(update_fields=["values", "points", "completed_at"])
        journal.write(held, "Ολοκληρώθηκαν οι απαντήσεις", actor=actor, at=at)
    sheet.values, sheet.points, sheet.completed_at = held.values, held.points, at


def erase(sheet: AnswerSheet, *, actor: Actor) -> None:
    """Take back answers that were not submitted (δοκιμαστικές απαντήσεις)."""
    with transaction.atomic():
        _open(sheet, actor).delete()
