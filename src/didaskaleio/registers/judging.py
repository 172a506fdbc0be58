"""Η κρίση μιας υποψηφιότητας (judging the claims): accept, reduce, compare, merge; no database.

A verdict is ``{"allowed": "3.5", "reason": "…"}`` by key of question: the most points that it may
give and why; ``allowed`` is empty where the claim is accepted whole. What stands in the end, the
rulings, are the verdicts that reduce something.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from didaskaleio.kernel.forms import points, wording
from didaskaleio.kernel.forms.answers import shown
from didaskaleio.kernel.forms.conditions import counted
from didaskaleio.kernel.forms.definition import Definition, Kind, Problem, Question, Section, Values
from didaskaleio.kernel.greek import NumberFormatError, parse_decimal

Verdict = Mapping[str, str]
Verdicts = Mapping[str, Verdict]
WHOLE: dict[str, str] = {"allowed": "", "reason": ""}
LONGEST = 2_000


@dataclass(frozen=True, slots=True)
class Paper:
    """A document that was given (δικαιολογητικό): what it was asked as, its file and name."""

    label: str
    file: str
    name: str


@dataclass(frozen=True, slots=True)
class Claim:
    """What a question claims (αξίωση): words, the rule in words, points, documents beside it."""

    key: str
    label: str
    section: str
    said: str
    rule: str
    points: Decimal
    papers: tuple[Paper, ...]

    @property
    def shown_points(self) -> str:
        """The points claimed, as people read them."""
        return shown(self.points)


def claims(definition: Definition, values: Values) -> list[Claim]:
    """Every question that claims points, in order; each under its own cap."""
    kept = counted(definition, values)
    found = points.score(definition, values)
    return [
        _claim(definition, section, one, kept, found.of(one.key))
        for section in definition.sections
        for one in section.questions
        if one.rule and found.of(one.key)
    ]


def _claim(
    definition: Definition, section: Section, one: Question, kept: Values, worth: Decimal
) -> Claim:
    return Claim(
        key=one.key,
        label=one.label,
        section=section.title,
        said=wording.answer(one, kept.get(one.key)),
        rule=wording.rule(one),
        points=worth,
        papers=tuple(_beside(definition, section, one, kept)),
    )


def _beside(
    definition: Definition, section: Section, one: Question, kept: Values
) -> Iterable[Paper]:
    """The documents that depend on the question; where none does, those of its section."""
    files = [each for each in definition.questions() if each.kind == Kind.FILE]
    named = [
        each
        for each in files
        if each.key == one.key or any(test.question == one.key for test in each.only_if.tests)
    ]
    for each in named or [each for each in section.questions if each.kind == Kind.FILE]:
        if paper := paper_of(each, kept):
            yield paper


def paper_of(one: Question, kept: Values) -> Paper | None:
    """The document that answers a question."""
    given = kept.get(one.key)
    return Paper(one.label, given["file"], given["name"]) if given else None


# What a person typed ------------------------------------------------------------------------------


def read(claim: Claim, typed: str, reason: str) -> dict[str, str]:
    """A reduction as typed: raises ``NumberFormatError`` or ``ValueError`` with Greek words."""
    allowed = parse_decimal(typed)
    if not 0 <= allowed < claim.points:
        raise ValueError(
            f"Δώστε από 0 ως λιγότερα από {claim.shown_points}· αλλιώς αποδεχθείτε τα όλα."
        )
    return {"allowed": str(allowed), "reason": reason.strip()[:LONGEST]}


def told(
    found: Sequence[Claim], posted: Mapping[str, str]
) -> tuple[dict[str, dict[str, str]], list[Problem]]:
    """The verdicts in a posted page and what is wrong; a wrong one is left out.

    ``v-<key>`` is ``accept`` or ``reduce``, ``p-<key>`` the points and ``r-<key>`` the reason.
    """
    verdicts, wrong = {}, []
    for claim in found:
        choice, reason = posted.get(f"v-{claim.key}", ""), posted.get(f"r-{claim.key}", "")
        if choice == "accept":
            verdicts[claim.key] = {"allowed": "", "reason": reason.strip()[:LONGEST]}
        elif choice == "reduce":
            try:
                verdicts[claim.key] = read(claim, posted.get(f"p-{claim.key}", ""), reason)
            except (NumberFormatError, ValueError) as error:
                wrong.append(Problem(claim.key, f"«{claim.label}»: {error}"))
    return verdicts, wrong


def missing(found: Sequence[Claim], verdicts: Verdicts, *, reasons: bool = False) -> list[Problem]:
    """What verdicts lack before they are submitted; with ``reasons`` each needs one."""
    return [
        Problem(claim.key, f"«{claim.label}»: {words}")
        for claim in found
        if (words := _lacks(claim, verdicts.get(claim.key), reasons=reasons))
    ]


def _lacks(claim: Claim, verdict: Verdict | None, *, reasons: bool) -> str:
    if verdict is None:
        return "αποδεχθείτε ή μειώστε τα μόρια."
    allowed = verdict["allowed"]
    if allowed and not 0 <= Decimal(allowed) < claim.points:
        return f"τα μόρια είναι από 0 ως λιγότερα από {claim.shown_points}."
    if (allowed or reasons) and not verdict["reason"].strip():
        return "γράψτε την αιτιολογία."
    return ""


# What stands --------------------------------------------------------------------------------------


def rulings(verdicts: Verdicts) -> dict[str, dict[str, str]]:
    """The verdicts that reduce something."""
    return {key: dict(one) for key, one in verdicts.items() if one["allowed"]}


def ceilings(verdicts: Verdicts) -> dict[str, Decimal]:
    """The most points by question, as ``points`` takes them."""
    return {key: Decimal(one["allowed"]) for key, one in verdicts.items() if one["allowed"]}


def differing(all_verdicts: Sequence[Verdicts]) -> list[str]:
    """The questions in which not everybody lets the same points stand, in order."""
    tops = [ceilings(verdicts) for verdicts in all_verdicts]
    keys = dict.fromkeys(key for verdicts in all_verdicts for key in verdicts)
    return [key for key in keys if len({top.get(key) for top in tops}) > 1]


def merged(all_verdicts: Sequence[Verdicts], settled: Verdicts) -> dict[str, dict[str, str]]:
    """What stands of several verdicts: the common ones, and those that were settled."""
    common: dict[str, dict[str, str]] = {}
    for verdicts in all_verdicts:
        for key, one in rulings(verdicts).items():
            reasons = [common[key]["reason"]] if key in common else []
            said = dict.fromkeys([*reasons, one["reason"]])
            common[key] = {"allowed": one["allowed"], "reason": " · ".join(said)}
    open_ones = {key: one for key, one in common.items() if key not in settled}
    return open_ones | rulings(settled)
