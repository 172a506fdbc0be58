"""Profiles (προφίλ εκπαιδευομένων και εκπαιδευτών) as rules: a machine checks, a person reads.

A profile is stored as a list of objects ``{"kind": …, "any": […], "except": […], "article": n}``
(000 §2; 001 §3). ``parse`` makes rules of it; each rule says itself in words and checks the facts
of one person against one target. Nothing here touches the database.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from didaskaleio.kernel.errors import Refusal
from didaskaleio.people.enums import CertificateKind, Employment


class ProfileError(Refusal, ValueError):
    """A profile that names an unknown rule or leaves out what its rule needs."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a person at the moment of the check (στοιχεία του προσώπου).

    ``clusters`` are those of the specialty of the post (for a trainer: of the register),
    ``prefectures`` those of the schools of service with teaching hours; all by code.
    """

    certificates: frozenset[str] = frozenset()
    clusters: frozenset[str] = frozenset()
    prefectures: frozenset[str] = frozenset()
    specialty: str = ""
    employment: str = ""
    will_teach: bool = False
    not_teaching_reason: str = ""


@dataclass(frozen=True, slots=True)
class Target:
    """What is applied for (στόχος): a programme's cluster and the prefecture of its centre.

    Without ``locality`` (category IIb) the place of service plays no part.
    """

    cluster: str = ""
    cluster_name: str = ""
    prefecture: str = ""
    prefecture_name: str = ""
    locality: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    """One rule checked (εύρημα): stable code, whether it holds, a sentence with actual values."""

    code: str
    fulfilled: bool
    sentence: str
    article: int | None = None

    @property
    def rule(self) -> str:
        """The citation of a refusal: «Κανονιστικό Πλαίσιο, άρθρο 4»."""
        return f"Κανονιστικό Πλαίσιο, άρθρο {self.article}" if self.article else ""


@dataclass(frozen=True, slots=True)
class Rule(ABC):
    """One rule of a profile; ``but`` are the specialties to which it does not apply."""

    kind: ClassVar[str]
    code: ClassVar[str]
    title: ClassVar[str]
    needs_any: ClassVar[Mapping[str, str]] = {}
    options: tuple[str, ...] = ()
    but: tuple[str, ...] = ()
    article: int | None = None

    @abstractmethod
    def holds(self, facts: Facts, target: Target) -> bool:
        """Whether the facts fulfil the rule."""

    @abstractmethod
    def wish(self) -> str:
        """The rule as a person reads it."""

    def yes(self, facts: Facts, target: Target) -> str:  # noqa: ARG002 - some rules look
        return self.wish()

    @abstractmethod
    def no(self, facts: Facts, target: Target) -> str:
        """What stands in the way, and what to do."""

    def in_words(self) -> str:
        """Ο κανόνας με λόγια, with those to whom it does not apply."""
        return f"{self.wish()} (εξαιρούνται: {', '.join(self.but)})" if self.but else self.wish()

    def check(self, facts: Facts, target: Target | None = None) -> Finding:
        """Έλεγχος του κανόνα for one person and one target."""
        goal = target or Target()
        if facts.specialty and facts.specialty.removesuffix(".50") in self.but:
            text = f"{self.title}: δεν απαιτείται για {facts.specialty}."
            return Finding(self.code, fulfilled=True, sentence=text, article=self.article)
        good = self.holds(facts, goal)
        text = self.yes(facts, goal) if good else self.no(facts, goal)
        return Finding(self.code, good, text, self.article)

    def named(self) -> str:
        return " ή ".join(self.needs_any.get(option, option) for option in self.options)


CERTIFICATES = {str(kind.value): str(kind.label) for kind in CertificateKind}
EMPLOYMENTS = {str(kind.value): str(kind.label) for kind in Employment}


class CertificateAnyOf(Rule):
    """Προαπαιτούμενο πιστοποιητικό: one of those named is held."""

    kind = "certificate_any_of"
    code = "CERTIFICATE_MISSING"
    title = "Προαπαιτούμενο πιστοποιητικό"
    needs_any = CERTIFICATES

    def holds(self, facts: Facts, target: Target) -> bool:  # noqa: ARG002
        return not facts.certificates.isdisjoint(self.options)

    def wish(self) -> str:
        return f"Κατοχή πιστοποιητικού: {self.named()}"

    def no(self, facts: Facts, target: Target) -> str:  # noqa: ARG002
        return (
            f"Χρειάζεται {self.named()} και δεν έχει καταχωριστεί στα στοιχεία σας. "
            "Αν το διαθέτετε, ζητήστε την καταχώρισή του."
        )


class CertificateNoneOf(Rule):
    """Αποκλεισμός: none of the trainings named has been completed before."""

    kind = "certificate_none_of"
    code = "ALREADY_B"
    title = "Δεν έχει προηγηθεί ίδια επιμόρφωση"
    needs_any = CERTIFICATES

    def holds(self, facts: Facts, target: Target) -> bool:  # noqa: ARG002
        return facts.certificates.isdisjoint(self.options)

    def wish(self) -> str:
        return f"Δεν έχει ολοκληρωθεί στο παρελθόν: {self.named()}"

    def no(self, facts: Facts, target: Target) -> str:  # noqa: ARG002
        held = [option for option in self.options if option in facts.certificates]
        names = ", ".join(self.needs_any.get(option, option) for option in held)
        return f"Έχετε ήδη ολοκληρώσει: {names}. Η επιμόρφωση αυτή δεν επαναλαμβάνεται."


class WillTeach(Rule):
    """Διδασκαλία κατά την περίοδο: the person will teach while the training lasts."""

    kind = "will_teach"
    code = "NOT_TEACHING"
    title = "Διδασκαλία κατά την περίοδο"

    def holds(self, facts: Facts, target: Target) -> bool:  # noqa: ARG002
        return facts.will_teach

    def wish(self) -> str:
        return "Διδακτικό έργο σε σχολική μονάδα κατά την περίοδο της επιμόρφωσης"

    def no(self, facts: Facts, target: Target) -> str:  # noqa: ARG002
        why = f" ({facts.not_teaching_reason})" if facts.not_teaching_reason else ""
        return (
            f"Δεν προκύπτει ότι θα διδάσκετε κατά την περίοδο της επιμόρφωσης{why}. "
            "Ελέγξτε τα στοιχεία υπηρέτησής σας."
        )


class SpecialtyInCluster(Rule):
    """Συστάδα: the specialty of the post belongs to the cluster of the programme."""

    kind = "specialty_in_cluster"
    code = "CLUSTER_MISMATCH"
    title = "Κλάδος της συστάδας"

    def holds(self, facts: Facts, target: Target) -> bool:
        return not target.cluster or target.cluster in facts.clusters

    def wish(self) -> str:
        return "Κλάδος ή ειδικότητα της συστάδας του προγράμματος"

    def yes(self, facts: Facts, target: Target) -> str:
        if not (target.cluster and facts.specialty):
            return self.wish()
        return f"Η ειδικότητα {facts.specialty} ανήκει στη συστάδα {target.cluster_name}"

    def no(self, facts: Facts, target: Target) -> str:
        return (
            f"Η ειδικότητα {facts.specialty or '–'} δεν ανήκει στη συστάδα {target.cluster_name}. "
            "Επιλέξτε πρόγραμμα της δικής σας συστάδας."
        )


class Locality(Rule):
    """Εντοπιότητα: a school of service in the centre's prefecture, where the category asks."""

    kind = "locality"
    code = "LOCALITY"
    title = "Εντοπιότητα"

    def holds(self, facts: Facts, target: Target) -> bool:
        return not target.locality or target.prefecture in facts.prefectures

    def wish(self) -> str:
        return "Υπηρέτηση στον νομό του Κ.Σ.Ε., όταν το ζητά η κατηγορία του προγράμματος"

    def yes(self, facts: Facts, target: Target) -> str:  # noqa: ARG002
        if not target.locality:
            return "Η κατηγορία δεν ζητά εντοπιότητα"
        return f"Υπηρετείτε στον νομό του κέντρου: {target.prefecture_name}"

    def no(self, facts: Facts, target: Target) -> str:  # noqa: ARG002
        return (
            f"Το πρόγραμμα αφορά όσους υπηρετούν στον νομό του κέντρου "
            f"({target.prefecture_name}). Δείτε τα προγράμματα χωρίς εντοπιότητα."
        )


class EmploymentAnyOf(Rule):
    """Σχέση εργασίας: one of those named."""

    kind = "employment_any_of"
    code = "EMPLOYMENT"
    title = "Σχέση εργασίας"
    needs_any = EMPLOYMENTS

    def holds(self, facts: Facts, target: Target) -> bool:  # noqa: ARG002
        return facts.employment in self.options

    def wish(self) -> str:
        return f"Σχέση εργασίας: {self.named()}"

    def no(self, facts: Facts, target: Target) -> str:  # noqa: ARG002
        held = EMPLOYMENTS.get(facts.employment, "δεν έχει καταχωριστεί")
        return f"Η σχέση εργασίας σας ({held}) δεν περιλαμβάνεται: {self.named()}."


KINDS: dict[str, type[Rule]] = {
    rule.kind: rule
    for rule in (
        WillTeach,
        CertificateAnyOf,
        CertificateNoneOf,
        SpecialtyInCluster,
        Locality,
        EmploymentAnyOf,
    )
}


@dataclass(frozen=True, slots=True)
class Profile:
    """Προφίλ: rules in order, all of which must hold."""

    rules: tuple[Rule, ...] = field(default_factory=tuple)

    def check(self, facts: Facts, target: Target | None = None) -> list[Finding]:
        return [rule.check(facts, target) for rule in self.rules]

    def in_words(self) -> list[str]:
        return [rule.in_words() for rule in self.rules]


def parse(data: Iterable[Mapping[str, Any]]) -> Profile:
    """Ανάγνωση προφίλ from its stored form; raises :class:`ProfileError`."""
    return Profile(tuple(_rule(row) for row in data))


def _rule(row: Mapping[str, Any]) -> Rule:
    kind = KINDS.get(str(row.get("kind", "")))
    if kind is None:
        raise ProfileError("Άγνωστος κανόνας προφίλ. Επιλέξτε από τον κατάλογο.", code="profile")
    options = _known(kind, row.get("any", ()))
    if kind.needs_any and not options:
        raise ProfileError(f"«{kind.title}»: επιλέξτε τουλάχιστον ένα.", code="profile")
    article = row.get("article")
    return kind(options, tuple(map(str, row.get("except", ()))), int(article) if article else None)


def _known(kind: type[Rule], options: Sequence[Any]) -> tuple[str, ...]:
    unknown = [str(option) for option in options if option not in kind.needs_any]
    if unknown:
        raise ProfileError(f"«{kind.title}»: άγνωστο {', '.join(unknown)}.", code="profile")
    return tuple(map(str, options))
