"""Standings (κατατάξεις): the order of the candidacies of a call, and how each one stands in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Count, QuerySet

from didaskaleio.kernel import greek
from didaskaleio.kernel.forms import points, wording
from didaskaleio.kernel.forms.answers import shown
from didaskaleio.kernel.forms.definition import Definition
from didaskaleio.registers import ranking
from didaskaleio.registers.enums import CallState, CandidacyState, Ground, ListStage, ObjectionState
from didaskaleio.registers.models import (
    Call,
    Candidacy,
    ListTerms,
    Objection,
    RankingList,
    RankingRow,
)
from didaskaleio.registers.ranking.collector import paused_collector

CHUNK = 2_000
RANKED = (CandidacyState.ASSESSED, CandidacyState.REJECTED)
COUNTED = ("code", "state", "ground", "rulings", "person", "call", "submission__values")
NO_LOT = bytes(32)
CHANGED = "changed"
BY_OTHERS = "Ενστάσεις άλλων άλλαξαν τη σειρά"


def terms_of(call: Call) -> ListTerms:
    """The terms of the lists of a call; those of a draft that says nothing are the usual ones."""
    return ListTerms.objects.filter(call=call).first() or ListTerms(call=call)


def thresholds_in_words(terms: ListTerms, definition: Definition) -> list[str]:
    """«Τουλάχιστον 10 μόρια: Σπουδές», threshold by threshold."""
    found = ((_titled(definition, row["of"]), Decimal(row["least"])) for row in terms.thresholds)
    return [f"Τουλάχιστον {wording.points(least)}: {title}" for title, least in found]


def wrong_thresholds(call: Call, told: Sequence[Mapping[str, str]]) -> list[str]:
    """What is wrong with thresholds for the form of the call, each as a sentence."""
    definition = call.form.parsed() if call.form else None
    if not told:
        return []
    if definition is None:
        return ["Επιλέξτε πρώτα τη φόρμα της υποψηφιότητας."]
    found = (_wrong(definition, row["of"], Decimal(row["least"])) for row in told)
    return [words for words in found if words]


def _wrong(definition: Definition, of: str, least: Decimal) -> str:
    section = definition.section(of)
    if of and section is None:
        return "Ένα όριο μορίων αφορά ενότητα που δεν έχει η φόρμα. Ορίστε ξανά τους όρους."
    cap = section.cap if section else definition.cap
    if cap is None or least <= cap:
        return ""
    title = section.title if section else "Στο σύνολο"
    return f"«{title}»: το όριο ξεπερνά τα {shown(cap)} μόρια που δίνει το πολύ η φόρμα."


def _titled(definition: Definition, of: str) -> str:
    section = definition.section(of)
    return section.title if section else "στο σύνολο"


# The order ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Ranked:
    """A list as it would be published: rules, order, and its lines, which are not kept yet."""

    rules: ranking.Rules
    order: list[ranking.Standing]
    lines: list[RankingRow]

    def count(self, outcome: str) -> int:
        """How many candidacies ended so."""
        return sum(one.outcome == outcome for one in self.order)


@paused_collector()
def rank(call: Call, stage: ListStage, number: str) -> Ranked:
    """Put the assessed and the rejected candidacies of ``call`` in order; changes nothing."""
    assert call.form is not None  # noqa: S101 - a published call has its form
    rules = _rules(call, stage, number)
    rows = call.candidacies.filter(state__in=RANKED).select_related("submission").order_by("pk")
    rows = rows.only(*COUNTED)
    known = {row.code: row for row in rows.iterator(chunk_size=CHUNK)}
    order = ranking.rank(rules, [_entry(rules.form, row) for row in known.values()])
    lines = [_line(n, one, known[one.entry.code]) for n, one in enumerate(order, 1)]
    return Ranked(rules, order, lines)


def _line(number: int, one: ranking.Standing, candidacy: Candidacy) -> RankingRow:
    return RankingRow(
        candidacy=candidacy,
        line=number,
        position=one.position,
        outcome=one.outcome.value,
        excluded=one.entry.excluded,
        points=f"{one.score.points:f}",
        rulings=candidacy.rulings,
    )


def _rules(call: Call, stage: ListStage, number: str) -> ranking.Rules:
    assert call.form is not None  # noqa: S101 - a published call has its form
    terms = terms_of(call)
    return ranking.Rules(
        list=f"{call.body.code}.{number.replace('/', '-')}",
        title=f"{stage.label}: {call.title}"[:300],
        stage=ranking.Stage(stage.value),
        form=call.form.parsed(),
        lot=ranking.Lot(bytes(terms.seed or NO_LOT)),
        places=call.places,
        thresholds=tuple(
            ranking.Threshold(row["of"], Decimal(row["least"])) for row in terms.thresholds
        ),
        exclusions=tuple(ranking.Exclusion(one.value, one.label) for one in Ground),
    )


def _entry(definition: Definition, row: Candidacy) -> ranking.Entry:
    assert row.submission is not None  # noqa: S101 - what was received has its version
    rejected = row.state == CandidacyState.REJECTED
    return ranking.entry(
        definition,
        row.code,
        row.submission.values,
        ceilings=ceilings(row.rulings),
        excluded=(row.ground or Ground.TERMS) if rejected else "",
    )


def ceilings(rulings: Mapping[str, Any]) -> dict[str, Decimal]:
    """The most points that were let stand, by question."""
    return {key: Decimal(ruling["allowed"]) for key, ruling in rulings.items()}


# Published lists ----------------------------------------------------------------------------------


def lists_of(call: Call) -> QuerySet[RankingList]:
    """The published lists of a call, the latest first, without their files."""
    return call.lists.select_related("act").defer("table", "rules").order_by("-pk")


def rows_of(listed: RankingList, code: str = "", outcome: str = "") -> QuerySet[RankingRow]:
    """The lines of a list in order; by code, or by outcome, or those that changed."""
    rows = listed.rows.select_related("candidacy", "before").order_by("line")
    if code:
        rows = rows.filter(candidacy__code=code)
    if outcome == CHANGED:
        return rows.filter(changed=True)
    return rows.filter(outcome=outcome) if outcome else rows


def with_reasons(rows: Iterable[RankingRow]) -> list[RankingRow]:
    """The lines of one page with ``because``: what kind of reason changed each of them."""
    found = list(rows)
    heard = Objection.objects.filter(
        state=ObjectionState.DECIDED, candidacy__in=[row.candidacy_id for row in found]
    )
    effects = {one.candidacy_id: one.get_effect_display() for one in heard}
    for row in found:
        row.because = effects.get(row.candidacy_id) or (BY_OTHERS if row.changed else "")
    return found


def counts(listed: RankingList) -> dict[str, int]:
    """How many lines ended how."""
    found = listed.rows.order_by().values_list("outcome").annotate(many=Count("pk"))
    return dict(found)


def selected(call: Call) -> QuerySet[RankingRow]:
    """The selected of the final list, in its order."""
    rows = RankingRow.objects.filter(
        list__call=call, list__stage=ListStage.FINAL, outcome=ranking.Outcome.SELECTED
    )
    return rows.select_related("candidacy__person", "candidacy__submission").order_by("line")


# One candidacy ------------------------------------------------------------------------------------


def why_no_objection(call: Call, candidacy: Candidacy, at: datetime) -> str:
    """Why no objection is taken on a candidacy at ``at``; empty while one is."""
    listed = call.lists.filter(stage=ListStage.PROVISIONAL).defer("table", "rules").first()
    if listed is None or not listed.rows.filter(candidacy=candidacy).exists():
        return "Η υποψηφιότητα δεν είναι σε προσωρινό πίνακα. Ένσταση γίνεται μετά από αυτόν."
    until = listed.objections_until
    if until is None or at > until or call.state != CallState.PROVISIONAL:
        ended = greek.long_moment(until) if until else ""
        return f"Η προθεσμία των ενστάσεων έληξε: {ended}."
    if candidacy.objections.exclude(state=ObjectionState.WITHDRAWN).exists():
        return "Έχετε ήδη υποβάλει ένσταση. Για άλλη, αποσύρετε πρώτα εκείνη."
    return ""


@dataclass(frozen=True)
class Judgement:
    """One question with points: what was claimed, what counts, and why it is less."""

    key: str
    label: str
    rule: str
    claimed: str
    points: str
    reason: str

    @property
    def reduced(self) -> bool:
        return self.claimed != self.points


@dataclass(frozen=True)
class Part:
    """One section of the criteria with its cap and what counts of it."""

    title: str
    points: str
    cap: str
    lines: tuple[Judgement, ...]


def judged(candidacy: Candidacy, rulings: Mapping[str, Any]) -> list[Part]:
    """The points of a candidacy question by question, under these rulings."""
    assert candidacy.call.form is not None  # noqa: S101 - a published call has its form
    assert candidacy.submission is not None  # noqa: S101 - what was received has its version
    definition, values = candidacy.call.form.parsed(), candidacy.submission.values
    claimed = points.score(definition, values)
    counts = points.score(definition, values, ceilings(rulings))
    return [_part(definition, part, claimed, rulings) for part in counts.sections]


def _part(
    definition: Definition, part: points.Subtotal, claimed: points.Score, rulings: Mapping[str, Any]
) -> Part:
    section = definition.section(part.section)
    title, cap = (section.title, section.cap) if section else ("", None)
    lines = tuple(_judgement(definition, line, claimed, rulings) for line in part.lines)
    return Part(title, shown(part.points), shown(cap) if cap else "", lines)


def _judgement(
    definition: Definition, line: points.Line, claimed: points.Score, rulings: Mapping[str, Any]
) -> Judgement:
    asked = definition.question(line.question)
    return Judgement(
        key=line.question,
        label=asked.label if asked else line.question,
        rule=wording.rule(asked) if asked else "",
        claimed=shown(claimed.of(line.question)),
        points=shown(line.points),
        reason=rulings.get(line.question, {}).get("reason", ""),
    )
