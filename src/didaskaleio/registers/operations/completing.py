"""Check of completeness (έλεγχος πληρότητας): accept, return for completion, reject (R-018)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.timezone import localdate

from didaskaleio.kernel import greek, notices
from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.forms.conditions import counted
from didaskaleio.kernel.forms.definition import Definition
from didaskaleio.kernel.models import FormVersion
from didaskaleio.kernel.notices import Kind, Message
from didaskaleio.registers import notices as kinds
from didaskaleio.registers import queries
from didaskaleio.registers.enums import Ground
from didaskaleio.registers.errors import EvidenceError, NotReceivedError
from didaskaleio.registers.lifecycle import CANDIDACY
from didaskaleio.registers.models import Candidacy, Evidence
from didaskaleio.registers.operations.applying import keep_version

LONGEST = timedelta(days=60)


@CANDIDACY.performs("accept", locks=("call",))
def accept(candidacy: Candidacy, *, actor: Actor, at: datetime) -> None:
    """Πλήρης φάκελος: it goes on to assessment."""
    candidacy.asked, candidacy.complete_by, candidacy.verdict = [], None, ""


@CANDIDACY.performs("reject", locks=("call",))
def reject(candidacy: Candidacy, *, actor: Actor, at: datetime, reason: str) -> None:
    """Απόρριψη: the candidacy does not fulfil the call; the person reads why."""
    candidacy.verdict, candidacy.ground = reason.strip(), Ground.TERMS
    _tell(kinds.REJECTED, candidacy, f"Δεν έγινε δεκτή, επειδή: {candidacy.verdict}", at)


@CANDIDACY.performs("take_back", locks=("call",))
def take_back(candidacy: Candidacy, *, actor: Actor, at: datetime, reason: str) -> None:
    """Νέος έλεγχος: a decision is taken back and the candidacy examined again."""
    candidacy.asked, candidacy.complete_by, candidacy.verdict = [], None, ""
    candidacy.ground = ""


@CANDIDACY.performs("ask_completion", locks=("call",))
def ask_completion(
    candidacy: Candidacy,
    *,
    actor: Actor,
    at: datetime,
    reason: str,
    asked: Sequence[str],
    until: datetime,
) -> None:
    """Επιστροφή για συμπλήρωση: documents of the questions ``asked``, by ``until``.

    Refused: no document named, a deadline in the past or further than sixty days.
    """
    known = [key for key, _ in queries.paper_questions(_definition(candidacy)) if key in set(asked)]
    if not known:
        raise NotReceivedError("Σημειώστε ποια δικαιολογητικά ζητάτε.")
    if not at < until <= at + LONGEST:
        raise NotReceivedError("Η προθεσμία είναι μετά από τώρα και ως 60 ημέρες.")
    candidacy.asked, candidacy.complete_by, candidacy.verdict = known, until, reason.strip()
    names = "· ".join(queries.asked_labels(_definition(candidacy), known))
    text = f"Ζητούνται: {names}.\n{candidacy.verdict}\nΈως {greek.long_moment(until)}."
    _tell(kinds.RETURNED, candidacy, text, at, page="registers:complete")


@CANDIDACY.performs("complete", locks=("call",))
def complete(
    candidacy: Candidacy, *, actor: Actor, at: datetime, papers: Mapping[str, Evidence]
) -> None:
    """Συμπλήρωση: a new version with the documents that were asked for; answers stay.

    Refused: a document that is missing, not the person's own, or expired.
    """
    last = candidacy.submission
    assert last is not None  # noqa: S101 - what was received has its version
    definition = _definition(candidacy)
    for key, label in queries.paper_questions(definition):
        if key in candidacy.asked:
            _require_good(papers.get(key), label, candidacy, at)
    fresh = {key: _answer(papers[key]) for key in candidacy.asked}
    values = counted(definition, last.values | fresh)
    given = queries.papers_of(candidacy.person_id, definition, values)
    keep_version(candidacy, last.version + 1, definition, values, last.findings, given, at)
    candidacy.asked, candidacy.complete_by, candidacy.verdict = [], None, ""


def _require_good(paper: Evidence | None, label: str, candidacy: Candidacy, at: datetime) -> None:
    if paper is None:
        raise EvidenceError(f"«{label}»: ανεβάστε το έγγραφο ή διαλέξτε το από τον φάκελό σας.")
    if paper.person_id != candidacy.person_id or paper.dropped_at:
        raise EvidenceError(f"«{label}»: το έγγραφο δεν είναι στον φάκελό σας. Διαλέξτε άλλο.")
    if paper.valid_until and paper.valid_until < localdate(at):
        ended = greek.short_date(paper.valid_until)
        raise EvidenceError(f"«{label}»: το έγγραφο έληξε {ended}. Ανεβάστε νέο.")


def _answer(paper: Evidence) -> dict[str, str]:
    until = paper.valid_until.isoformat() if paper.valid_until else ""
    return {"file": str(paper.file.key), "name": paper.file.name, "until": until}


@CANDIDACY.performs("completion_expired", locks=("call",))
def completion_expired(candidacy: Candidacy, *, actor: Actor, at: datetime) -> None:
    """Λήξη προθεσμίας συμπλήρωσης: by the clock; the person is told."""
    candidacy.verdict = "Δεν συμπληρώθηκαν εμπρόθεσμα τα δικαιολογητικά που ζητήθηκαν."
    candidacy.ground = Ground.INCOMPLETE
    _tell(kinds.REJECTED, candidacy, candidacy.verdict, at)


def _definition(candidacy: Candidacy) -> Definition:
    return FormVersion.objects.get(pk=candidacy.call.form_id or 0).parsed()


def _tell(
    kind: Kind,
    candidacy: Candidacy,
    text: str,
    at: datetime,
    *,
    page: str = "registers:candidacy",
) -> None:
    url = reverse(page, args=[candidacy.pk])
    news = f"{candidacy.pk}-{at.isoformat()}"
    title = f"{kind.title}: {candidacy.call.title}"
    notices.send(kind, [Message(candidacy.person_id, title, text, news, url)], at=at)
