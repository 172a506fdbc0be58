"""The rules that a profile may be built of (κατάλογος κανόνων προφίλ; 000 §2, 001 §3)."""

from __future__ import annotations

from didaskaleio.courses.profiles.base import Asks, Facts, Rule, Target
from didaskaleio.kernel import greek
from didaskaleio.people.enums import CertificateKind, Employment

CERTIFICATES = {str(kind.value): str(kind.label) for kind in CertificateKind}
EMPLOYMENTS = {str(kind.value): str(kind.label) for kind in Employment}


class CertificateAnyOf(Rule):
    """Προαπαιτούμενο πιστοποιητικό: one of those named is held."""

    kind = "certificate_any_of"
    code = "CERTIFICATE_MISSING"
    title = "Προαπαιτούμενο πιστοποιητικό"
    asks = Asks.CHOICE
    ask = "Αρκεί ένα από αυτά"
    repeats = True
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
    asks = Asks.CHOICE
    ask = "Κανένα από αυτά"
    repeats = True
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
    of_programme = True

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
    of_programme = True

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
    asks = Asks.CHOICE
    ask = "Μία από αυτές"
    needs_any = EMPLOYMENTS

    def holds(self, facts: Facts, target: Target) -> bool:  # noqa: ARG002
        return facts.employment in self.options

    def wish(self) -> str:
        return f"Σχέση εργασίας: {self.named()}"

    def no(self, facts: Facts, target: Target) -> str:  # noqa: ARG002
        held = EMPLOYMENTS.get(facts.employment, "δεν έχει καταχωριστεί")
        return f"Η σχέση εργασίας σας ({held}) δεν περιλαμβάνεται: {self.named()}."


class SpecialtyAnyOf(Rule):
    """Κλάδος ή ειδικότητα: one of those named; ΠΕ04 covers ΠΕ04.01 and ΠΕ04.01.50."""

    kind = "specialty_any_of"
    code = "SPECIALTY"
    title = "Κλάδος ή ειδικότητα"
    asks = Asks.SPECIALTIES
    ask = "Ένας από αυτούς, με κόμμα ανάμεσα"

    def holds(self, facts: Facts, target: Target) -> bool:  # noqa: ARG002
        return any(f"{facts.branch}.".startswith(f"{option}.") for option in self.options)

    def wish(self) -> str:
        return f"Κλάδος ή ειδικότητα: {self.named()}"

    def no(self, facts: Facts, target: Target) -> str:  # noqa: ARG002
        held = facts.specialty or "δεν έχει καταχωριστεί"
        return f"Ο κλάδος σας ({held}) δεν περιλαμβάνεται: {self.named()}."


class ClusterAnyOf(Rule):
    """Συστάδες: the specialty belongs to one of the clusters named."""

    kind = "cluster_any_of"
    code = "CLUSTERS"
    title = "Συστάδες κλάδων"
    asks = Asks.CLUSTERS
    ask = "Μία από αυτές"

    def holds(self, facts: Facts, target: Target) -> bool:  # noqa: ARG002
        return not facts.clusters.isdisjoint(self.options)

    def named(self) -> str:
        return " ή ".join(map(greek.show_cluster, self.options))

    def wish(self) -> str:
        return f"Κλάδος μιας από τις συστάδες: {self.named()}"

    def no(self, facts: Facts, target: Target) -> str:  # noqa: ARG002
        mine = ", ".join(map(greek.show_cluster, sorted(facts.clusters))) or "καμία"
        return f"Η συστάδα σας ({mine}) δεν περιλαμβάνεται: {self.named()}."


class ServiceYears(Rule):
    """Έτη υπηρέτησης: at least so many full years since the first service recorded."""

    kind = "service_years"
    code = "SERVICE_YEARS"
    title = "Έτη υπηρέτησης"
    asks = Asks.YEARS
    ask = "Τουλάχιστον, σε συμπληρωμένα έτη"

    def holds(self, facts: Facts, target: Target) -> bool:  # noqa: ARG002
        return facts.service_years is not None and facts.service_years >= self.least

    def _years(self) -> str:
        return greek.count(self.least, "συμπληρωμένο έτος", "συμπληρωμένα έτη")

    def wish(self) -> str:
        return f"Υπηρέτηση τουλάχιστον {self._years()}"

    def no(self, facts: Facts, target: Target) -> str:  # noqa: ARG002
        known = facts.service_years
        shown = "δεν προκύπτουν" if known is None else greek.count(known, "έτος", "έτη")
        return (
            f"Χρειάζεται υπηρέτηση τουλάχιστον {self._years()}· από τα στοιχεία σας: {shown}. "
            "Αν λείπει υπηρέτηση, ζητήστε την καταχώρισή της."
        )


class AppointedBetween(Rule):
    """Ημερομηνία διορισμού: appointed between two days, both included, or on one side of one."""

    kind = "appointed_between"
    code = "APPOINTED"
    title = "Ημερομηνία διορισμού"
    asks = Asks.DAYS
    ask = "Διορίστηκαν"

    def holds(self, facts: Facts, target: Target) -> bool:  # noqa: ARG002
        day = facts.appointed_on
        if day is None:
            return False
        return (self.since or day) <= day <= (self.until or day)

    def _span(self) -> str:
        first = f"από {greek.short_date(self.since)}" if self.since else ""
        last = f"έως {greek.short_date(self.until)}" if self.until else "και μετά"
        return f"{first} {last}".strip()

    def wish(self) -> str:
        return f"Διορισμός {self._span()}"

    def no(self, facts: Facts, target: Target) -> str:  # noqa: ARG002
        day = facts.appointed_on
        held = greek.short_date(day) if day else "δεν έχει καταχωριστεί ημερομηνία"
        return (
            f"Αφορά όσους διορίστηκαν {self._span()}· από τα στοιχεία σας: {held}. "
            "Αν αυτό δεν ισχύει, ζητήστε διόρθωση των στοιχείων σας."
        )


class SpecialPost(Rule):
    """Θέση ειδικής αγωγής: the post is one of special education (``.50``)."""

    kind = "special_post"
    code = "SPECIAL_POST"
    title = "Θέση ειδικής αγωγής"

    def holds(self, facts: Facts, target: Target) -> bool:  # noqa: ARG002
        return facts.specialty.endswith(".50")

    def wish(self) -> str:
        return "Υπηρέτηση σε θέση ειδικής αγωγής"

    def no(self, facts: Facts, target: Target) -> str:  # noqa: ARG002
        held = facts.specialty or "δεν έχει καταχωριστεί"
        return f"Η θέση σας ({held}) δεν είναι θέση ειδικής αγωγής."


KINDS: dict[str, type[Rule]] = {
    rule.kind: rule
    for rule in (
        WillTeach,
        CertificateAnyOf,
        CertificateNoneOf,
        EmploymentAnyOf,
        SpecialtyAnyOf,
        ClusterAnyOf,
        ServiceYears,
        AppointedBetween,
        SpecialPost,
        SpecialtyInCluster,
        Locality,
    )
}
