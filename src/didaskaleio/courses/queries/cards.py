"""Κάρτες κανόνων (cards): a profile as it is written on a page, without programming.

Whatever room asks for a profile shows the same cards (``courses/profile_cards.html``) and says
which kinds of rules make sense there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.forms import DateField
from django.http import QueryDict

from didaskaleio.courses import profiles
from didaskaleio.courses.profiles import Asks
from didaskaleio.kernel import greek
from didaskaleio.kernel.errors import Refusal
from didaskaleio.structures.models import Specialty

Stored = dict[str, Any]
Kinds = Mapping[str, type[profiles.Rule]]
MOST_RULES, DIGITS = 20, 9


@dataclass(frozen=True)
class Card:
    """One rule as the form shows it; ``typed`` keeps what could not be read."""

    place: int
    rule: type[profiles.Rule]
    stored: Stored
    typed: Mapping[str, str]
    error: str = ""

    @property
    def asks(self) -> str:
        return str(self.rule.asks)

    @property
    def words(self) -> str:
        """The rule as a person reads it; empty while it is not complete."""
        return "" if self.error else profiles.parse([self.stored]).in_words()[0]


@dataclass(frozen=True)
class Edited:
    """The cards after a request: ``focus`` is the one to go on with, ``saves`` whether to keep."""

    cards: list[Card]
    focus: int | None = None
    posted: bool = False
    saves: bool = False


def cards_of(stored: Sequence[Stored]) -> list[Card]:
    """The cards of a stored profile, in order."""
    return [
        Card(place, profiles.KINDS[row["kind"]], row, _typed(row))
        for place, row in enumerate(stored)
    ]


def _typed(row: Stored) -> dict[str, str]:
    return {
        "codes": ", ".join(row.get("any", ())),
        "least": str(row.get("least", "")),
        "since": row.get("since", ""),
        "until": row.get("until", ""),
        "except": ", ".join(row.get("except", ())),
        "article": str(row.get("article", "")),
    }


def edited(posted: QueryDict | None, stored: Sequence[Stored], kinds: Kinds) -> Edited:
    """The cards to show: those that stand, or those that were posted, after what was pressed."""
    if posted is None:
        return Edited(cards_of(stored))
    cards, act = posted_cards(posted, kinds), posted.get("act", "")
    if not act:
        return Edited(cards, posted=True, saves=True)
    cards, focus = acted(cards, act, kinds.get(posted.get("new", "")))
    return Edited(cards, focus, posted=True)


def rules_of(cards: Sequence[Card]) -> list[Stored]:
    """The rules in their stored form; raises :class:`ProfileError` for the first wrong card."""
    wrong = next((card.error for card in cards if card.error), "")
    if wrong:
        raise profiles.ProfileError(wrong)
    return [card.stored for card in cards]


def left(cards: Sequence[Card], kinds: Kinds) -> list[type[profiles.Rule]]:
    """The kinds of rules that may still be added."""
    used = {card.rule.kind for card in cards if not card.rule.repeats}
    return [rule for rule in kinds.values() if rule.kind not in used]


def posted_cards(data: QueryDict, kinds: Kinds) -> list[Card]:
    """The cards as they were posted, each with what it says or what is wrong with it."""
    found = []
    for place, mark in enumerate(data.getlist("rule")[:MOST_RULES]):
        rule = kinds.get(data.get(f"kind-{mark}", ""))
        if rule is not None:
            found.append(_posted(place, rule, mark, data))
    return found


def _posted(place: int, rule: type[profiles.Rule], mark: str, data: QueryDict) -> Card:
    names = ("codes", "least", "since", "until", "except", "article")
    typed = {name: data.get(f"{name}-{mark}", "")[:400] for name in names}
    stored: Stored = {"kind": rule.kind}
    if rule.asks in {Asks.CHOICE, Asks.CLUSTERS}:
        stored["any"] = data.getlist(f"any-{mark}")
    try:
        stored |= _read(rule, typed)
        profiles.parse([stored])
    except Refusal as refusal:
        return Card(place, rule, stored, typed, str(refusal))
    return Card(place, rule, stored, typed)


def _read(rule: type[profiles.Rule], typed: Mapping[str, str]) -> Stored:
    found: Stored = {}
    if rule.asks == Asks.SPECIALTIES:
        found["any"] = _specialties(typed["codes"])
    if rule.asks == Asks.YEARS:
        found["least"] = _whole(typed["least"])
    if rule.asks == Asks.DAYS:
        found |= {name: day for name in ("since", "until") if (day := _day(typed[name]))}
    if spared := _specialties(typed["except"]):
        found["except"] = spared
    if typed["article"].strip():
        article = _whole(typed["article"])
        if not article:
            raise Refusal("Το άρθρο είναι ακέραιος αριθμός, π.χ. 3.")
        found["article"] = article
    return found


def _day(text: str) -> str:
    """A day as it was typed, in its one form; empty where nothing was."""
    try:
        found = DateField(required=False).clean(text)
    except ValidationError as error:
        raise Refusal(f"Η ημερομηνία «{text[:20]}» δεν διαβάζεται. Γράψτε 27/8/2021.") from error
    return found.isoformat() if found else ""


def _specialties(text: str) -> list[str]:
    """The codes typed, in their one form; a code that no specialty has is refused."""
    codes = [greek.specialty_code(word) for word in text.split(",") if word.strip()]
    for code in codes:
        plain = code.removesuffix(".50")
        if not Specialty.objects.filter(Q(code=plain) | Q(branch=plain)).exists():
            raise Refusal(f"Δεν υπάρχει κλάδος {code}. Ελέγξτε τον κωδικό.")
    return list(dict.fromkeys(codes))


def acted(
    cards: Sequence[Card], act: str, new: type[profiles.Rule] | None
) -> tuple[list[Card], int | None]:
    """The cards after «προσθήκη», «πάνω», «κάτω» or «αφαίρεση», and which of them is next."""
    kept = list(cards)
    if act == "add" and new is not None and len(kept) < MOST_RULES:
        kept.append(_fresh(new))
        return _numbered(kept), len(kept) - 1
    verb, _, mark = act.partition("-")
    place = _whole(mark)
    if place is None or place >= len(kept):
        return kept, None
    if verb == "drop":
        del kept[place]
        return _numbered(kept), min(place, len(kept) - 1) if kept else None
    other = place + {"up": -1, "down": 1}.get(verb, 0)
    if 0 <= other < len(kept):
        kept[place], kept[other] = kept[other], kept[place]
        return _numbered(kept), other
    return kept, place


def _fresh(rule: type[profiles.Rule]) -> Card:
    row: Stored = {"kind": rule.kind}
    needs = rule.asks != Asks.NOTHING
    return Card(0, rule, row, _typed(row), "Συμπληρώστε τον κανόνα." if needs else "")


def _numbered(cards: Sequence[Card]) -> list[Card]:
    return [
        Card(place, card.rule, card.stored, card.typed, card.error)
        for place, card in enumerate(cards)
    ]


def _whole(text: str) -> int | None:
    text = text.strip()
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= DIGITS else None
