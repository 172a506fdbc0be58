"""The form of a profile (φόρμα προφίλ): rules as cards in order, and an invented person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.db.models import Q
from django.http import QueryDict

from didaskaleio.courses import profiles, queries
from didaskaleio.courses.profiles import Asks
from didaskaleio.kernel import greek
from didaskaleio.kernel.errors import Refusal
from didaskaleio.kernel.web.http import number
from didaskaleio.structures.models import Prefecture, Specialty

Stored = dict[str, Any]
MOST_RULES = 20


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
        "except": ", ".join(row.get("except", ())),
        "article": str(row.get("article", "")),
    }


def posted_cards(data: QueryDict) -> list[Card]:
    """The cards as they were posted, each with what it says or what is wrong with it."""
    found = []
    for place, mark in enumerate(data.getlist("rule")[:MOST_RULES]):
        rule = profiles.KINDS.get(data.get(f"kind-{mark}", ""))
        if rule is not None:
            found.append(_posted(place, rule, mark, data))
    return found


def _posted(place: int, rule: type[profiles.Rule], mark: str, data: QueryDict) -> Card:
    names = ("codes", "least", "except", "article")
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
        found["least"] = number(typed["least"])
    if spared := _specialties(typed["except"]):
        found["except"] = spared
    if typed["article"].strip():
        article = number(typed["article"])
        if not article:
            raise Refusal("Το άρθρο είναι ακέραιος αριθμός, π.χ. 3.")
        found["article"] = article
    return found


def _specialties(text: str) -> list[str]:
    """The codes typed, in their one form; a code that no specialty has is refused."""
    codes = [greek.specialty_code(word) for word in text.split(",") if word.strip()]
    for code in codes:
        plain = code.removesuffix(".50")
        if not Specialty.objects.filter(Q(code=plain) | Q(branch=plain)).exists():
            raise Refusal(f"Δεν υπάρχει κλάδος {code}. Ελέγξτε τον κωδικό.")
    return list(dict.fromkeys(codes))


def acted(cards: Sequence[Card], act: str, new: str) -> tuple[list[Card], int | None]:
    """The cards after «προσθήκη», «πάνω», «κάτω» or «αφαίρεση», and which of them is next."""
    kept = list(cards)
    if act == "add" and new in profiles.KINDS and len(kept) < MOST_RULES:
        kept.append(_fresh(profiles.KINDS[new]))
        return _numbered(kept), len(kept) - 1
    verb, _, mark = act.partition("-")
    place = number(mark)
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


class InventedForm(forms.Form):
    """Επινοημένο πρόσωπο και στόχος: what the rules look at, field by field."""

    specialty = forms.ModelChoiceField(
        Specialty.objects.order_by("code"),
        label="Κλάδος ή ειδικότητα",
        to_field_name="code",
        empty_label="Καμία καταχώριση",
        required=False,
    )
    special_post = forms.BooleanField(label="Θέση ειδικής αγωγής", required=False)
    employment = forms.ChoiceField(
        label="Σχέση εργασίας",
        choices=[("", "Καμία καταχώριση"), *profiles.EMPLOYMENTS.items()],
        required=False,
    )
    certificates = forms.MultipleChoiceField(
        label="Πιστοποιητικά και επιμορφώσεις",
        choices=list(profiles.CERTIFICATES.items()),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    will_teach = forms.BooleanField(label="Διδάσκει στη διάρκεια της επιμόρφωσης", required=False)
    service_years = forms.IntegerField(
        label="Συμπληρωμένα έτη υπηρέτησης", min_value=0, max_value=60, required=False
    )
    prefecture = forms.ModelChoiceField(
        Prefecture.objects.order_by("sort_key"),
        label="Νομός του σχολείου",
        to_field_name="code",
        empty_label="Κανένας (εξωτερικό)",
        required=False,
    )
    cluster = forms.ChoiceField(label="Συστάδα του προγράμματος", required=False)
    place = forms.ModelChoiceField(
        Prefecture.objects.order_by("sort_key"),
        label="Νομός του Κ.Σ.Ε.",
        help_text="Μόνο για κατηγορία με εντοπιότητα. Χωρίς νομό δεν ελέγχεται.",
        to_field_name="code",
        empty_label="Κατηγορία χωρίς εντοπιότητα",
        required=False,
    )
    person = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, day: date, level: str, *args: Any, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.day, self.level = day, level
        clusters = queries.clusters_at(day, level)
        self.titles = {row.code: str(row) for row in clusters}
        choices = [("", "Όποια κι αν είναι"), *self.titles.items()]
        self.fields["cluster"].choices = choices  # type: ignore[attr-defined]

    def facts(self) -> profiles.Facts:
        """The person of the fields, as the rules see one."""
        data = self.cleaned_data
        code = data["specialty"].code if data["specialty"] else ""
        code = f"{code}.50" if code and data["special_post"] else code
        prefecture = data["prefecture"]
        return profiles.Facts(
            certificates=frozenset(data["certificates"]),
            clusters=queries.clusters_of_specialty(code, self.day, self.level),
            prefectures=frozenset([prefecture.code] if prefecture else []),
            specialty=code,
            employment=data["employment"],
            will_teach=data["will_teach"],
            service_years=data["service_years"],
        )

    def target(self) -> profiles.Target:
        """The programme applied for, as far as it was said."""
        code, place = self.cleaned_data["cluster"], self.cleaned_data["place"]
        name, label = self.titles.get(code, ""), place.label if place else ""
        return profiles.Target(code, name, place.code if place else "", label, bool(place))


def initial_of(facts: profiles.Facts) -> dict[str, Any]:
    """The fields filled with the facts of a real person."""
    return {
        "specialty": facts.branch,
        "special_post": facts.specialty.endswith(".50"),
        "employment": facts.employment,
        "certificates": sorted(facts.certificates),
        "will_teach": facts.will_teach,
        "service_years": facts.service_years,
        "prefecture": min(facts.prefectures, default=""),
    }
