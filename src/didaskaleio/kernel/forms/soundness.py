"""Ορθότητα φόρμας (soundness): what keeps a form from being published, place by place.

The place is the key of a section or question, so that the composer can lead there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from didaskaleio.kernel.forms.conditions import ops_of
from didaskaleio.kernel.forms.definition import (
    WAYS_OF,
    WITH_OPTIONS,
    Condition,
    Definition,
    Kind,
    Op,
    Problem,
    Question,
    Rule,
    Way,
)

FORM = "form"
FEWEST_OPTIONS = 2
NEEDS_VALUE = frozenset(Op) - {Op.ANSWERED}


def problems(definition: Definition) -> list[Problem]:
    """Everything that is wrong or missing; empty when the form may be published."""
    return [
        *_whole(definition),
        *_keys(definition),
        *_sections(definition),
        *_ties(definition),
    ]


def _whole(definition: Definition) -> Iterator[Problem]:
    if not definition.title.strip():
        yield Problem(FORM, "Γράψτε τίτλο.")
    if not any(definition.questions()):
        yield Problem(FORM, "Προσθέστε τουλάχιστον μία ερώτηση.")
    yearly = any(one.rule and one.rule.way == Way.PER_YEAR for one in definition.questions())
    if yearly and definition.reference is None:
        yield Problem(FORM, "Ορίστε ημερομηνία αναφοράς: κάποια μόρια μετρούν έτη ως αυτήν.")
    yield from _not_negative(FORM, definition.cap)


def _not_negative(place: str, *values: Decimal | None) -> Iterator[Problem]:
    if any(value is not None and value < 0 for value in values):
        yield Problem(place, "Μόρια και όρια δεν είναι αρνητικά.")


def _keys(definition: Definition) -> Iterator[Problem]:
    counts = Counter(
        [one.key for one in definition.questions()] + [one.key for one in definition.sections]
    )
    yield from (
        Problem(key, f"Το κλειδί «{key}» υπάρχει {times} φορές. Κρατήστε ένα.")
        for key, times in counts.items()
        if times > 1
    )


def _sections(definition: Definition) -> Iterator[Problem]:
    before: dict[str, Question] = {}
    for section in definition.sections:
        if not section.title.strip():
            yield Problem(section.key, "Γράψτε τίτλο της ενότητας.")
        yield from _condition(section.key, section.only_if, before)
        yield from _not_negative(section.key, section.cap)
        for one in section.questions:
            yield from _question(one)
            yield from _condition(one.key, one.only_if, before)
            before[one.key] = one


def _condition(place: str, condition: Condition, before: dict[str, Question]) -> Iterator[Problem]:
    for test in condition.tests:
        asked = before.get(test.question)
        if asked is None:
            yield Problem(
                place, "Η συνθήκη αφορά ερώτηση που δεν προηγείται. Αλλάξτε τη σειρά ή τη συνθήκη."
            )
        elif test.op not in ops_of(asked.kind):
            yield Problem(place, f"Η συνθήκη δεν ταιριάζει στο είδος της ερώτησης «{asked.label}».")
        elif test.op in NEEDS_VALUE and not test.value.strip():
            yield Problem(place, f"Γράψτε με τι συγκρίνεται η ερώτηση «{asked.label}».")
        elif asked.options and test.op != Op.ANSWERED and test.value not in _keys_of(asked):
            yield Problem(place, f"Η συνθήκη ζητά επιλογή που δεν υπάρχει στην «{asked.label}».")


def _keys_of(one: Question) -> set[str]:
    return {option.key for option in one.options}


def _question(one: Question) -> Iterator[Problem]:
    if not one.label.strip():
        yield Problem(one.key, "Γράψτε την ερώτηση.")
    if one.kind in WITH_OPTIONS and len(one.options) < FEWEST_OPTIONS:
        yield Problem(one.key, "Δώστε τουλάχιστον δύο επιλογές.")
    if one.kind in {Kind.MATRIX, Kind.TABLE} and not one.lines:
        what = "γραμμή του πλέγματος" if one.kind == Kind.MATRIX else "στήλη του πίνακα"
        yield Problem(one.key, f"Δώστε τουλάχιστον μία {what}.")
    for pairs in (one.options, one.lines):
        if len({o.key for o in pairs}) < len(pairs):
            yield Problem(one.key, "Δύο επιλογές έχουν το ίδιο κλειδί.")
        if any(not o.label.strip() for o in pairs):
            yield Problem(one.key, "Μια επιλογή δεν έχει λόγια.")
    if one.low is not None and one.high is not None and one.low > one.high:
        yield Problem(one.key, "Το ελάχιστο ξεπερνά το μέγιστο.")
    if one.kind == Kind.SCALE and not _is_scale(one):
        yield Problem(one.key, "Η κλίμακα έχει ακέραια άκρα, με 2 έως 11 βαθμίδες.")
    if one.rule:
        yield from _rule(one, one.rule)


def _is_scale(one: Question) -> bool:
    if one.low is None or one.high is None:
        return False
    whole = one.low == one.low.to_integral_value() and one.high == one.high.to_integral_value()
    return whole and 1 <= one.high - one.low <= 10  # noqa: PLR2004 - the steps of a scale


def _rule(one: Question, rule: Rule) -> Iterator[Problem]:
    if rule.way not in WAYS_OF[one.kind]:
        yield Problem(one.key, "Ο κανόνας μορίων δεν ταιριάζει στο είδος της ερώτησης.")
    points = [points for _, points in rule.options] + [band.points for band in rule.bands]
    yield from _not_negative(one.key, rule.rate, rule.cap, *points)
    if rule.way == Way.PER_OPTION and not {key for key, _ in rule.options} <= _keys_of(one):
        yield Problem(one.key, "Μόρια δίνονται σε επιλογή που δεν υπάρχει.")
    if rule.way == Way.PER_OPTION and not rule.options:
        yield Problem(one.key, "Δώστε μόρια σε τουλάχιστον μία επιλογή.")
    if rule.way == Way.BANDS:
        starts = [band.start for band in rule.bands]
        if not starts or any(b <= a for a, b in pairwise(starts)):
            yield Problem(one.key, "Οι τιμές του πίνακα πηγαίνουν από τη μικρότερη στη μεγαλύτερη.")
    elif rule.way != Way.PER_OPTION and not rule.rate:
        yield Problem(one.key, "Γράψτε πόσα μόρια δίνει ο κανόνας.")


def _ties(definition: Definition) -> Iterator[Problem]:
    known = {one.key for one in definition.sections} | {one.key for one in definition.questions()}
    for tie in definition.ties:
        if tie.of not in known:
            yield Problem(FORM, "Ένα κριτήριο ισοβαθμίας αφορά ερώτηση που δεν υπάρχει πια.")
        elif tie.answer and definition.question(tie.of) is None:
            yield Problem(FORM, "Η απάντηση συγκρίνεται μόνο για ερωτήσεις, όχι για ενότητες.")
