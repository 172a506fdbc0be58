"""Terms of payment in force on a day (όροι αμοιβής που ισχύουν)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import QuerySet

from didaskaleio.finance.enums import ContractKind, TermKind
from didaskaleio.finance.models import PayTerm
from didaskaleio.kernel import greek
from didaskaleio.programmes.models import TrainingAction


def term_key(kind: str, unit: str, role: str, tax_status: str, title: str) -> str:
    """What the versions of one term have in common."""
    return ":".join((kind, unit, role, tax_status, greek.search_key(title)))


class Terms:
    """All terms of an action (όροι δράσης), read once and asked by day."""

    def __init__(self, action: TrainingAction) -> None:
        self._by_key: dict[str, list[PayTerm]] = {}
        for term in PayTerm.objects.filter(action=action).order_by("key", "-valid_from"):
            self._by_key.setdefault(term.key, []).append(term)

    def _on(self, versions: Iterable[PayTerm], day: date) -> PayTerm | None:
        return next(
            (
                each
                for each in versions
                if each.valid_from <= day and (each.valid_until is None or day <= each.valid_until)
            ),
            None,
        )

    def rate(self, unit: str, role: str, day: date) -> PayTerm | None:
        """The rate of a unit for a role on a day."""
        key = term_key(TermKind.RATE, unit, role, "", "")
        return self._on(self._by_key.get(key, ()), day)

    def rates(self, unit: str, day: date) -> list[PayTerm]:
        """The rates of a unit on a day, whatever the role."""
        found = (self.rate(unit, role, day) for role in ContractKind)
        return [each for each in found if each is not None]

    def cap(self, kind: str, role: str, day: date) -> PayTerm | None:
        """The cap of a kind: for the role, else for everybody."""
        for whose in (role, ""):
            found = self._on(self._by_key.get(term_key(kind, "", whose, "", ""), ()), day)
            if found is not None:
                return found
        return None

    def deductions(self, tax_status: str, day: date) -> list[PayTerm]:
        """The deductions that a payee of this tax status bears, in order of title."""
        held = (self._on(versions, day) for versions in self._by_key.values())
        return [
            each
            for each in held
            if each is not None
            and each.kind == TermKind.DEDUCTION
            and each.tax_status in {"", tax_status}
        ]


def terms_of(action: TrainingAction) -> QuerySet[PayTerm]:
    """Every version of every term of an action, the newest of each first."""
    return PayTerm.objects.filter(action=action).select_related("by").order_by("key", "-version")
