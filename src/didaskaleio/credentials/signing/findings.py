"""Πορίσματα (findings) about a signed PDF: what was found, by which rule, as plain data."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Final


class Flaw(StrEnum):
    """Ελάττωμα υπογραφής: why a file does not count as signed."""

    UNREADABLE = "unreadable"
    TOO_HEAVY = "too_heavy"
    NOT_OURS = "not_ours"
    UNSIGNED = "unsigned"
    MANY = "many"
    CHANGED = "changed"
    ALTERED = "altered"
    PARTIAL = "partial"
    LOCKED = "locked"
    COVERING = "covering"
    WEAK = "weak"
    UNTRUSTED = "untrusted"
    NOT_IN_FORCE = "not_in_force"
    REVOKED = "revoked"
    BAD_STAMP = "bad_stamp"
    OTHER_PERSON = "other_person"


@dataclass(frozen=True)
class Ruling:
    """Κανόνας: its name, and what to tell the person when it is broken."""

    rule: str
    sentence: str


RULINGS: Final = {
    Flaw.UNREADABLE: Ruling(
        "Αναγνώσιμο PDF",
        "Το αρχείο δεν διαβάζεται ως PDF ή είναι κλειδωμένο. Κατεβάστε ξανά το έγγραφο, "
        "υπογράψτε το και ανεβάστε το αρχείο που έδωσε το πρόγραμμα υπογραφής.",
    ),
    Flaw.TOO_HEAVY: Ruling(
        "Όρια ελέγχου",
        "Ο έλεγχος του αρχείου δεν τελείωσε στα όρια χρόνου και μνήμης. Κατεβάστε ξανά το "
        "έγγραφο και υπογράψτε το από την αρχή.",
    ),
    Flaw.NOT_OURS: Ruling(
        "Συνέχεια του εγγράφου",
        "Το αρχείο δεν είναι συνέχεια του εγγράφου που δώσαμε. Κατεβάστε το ξανά από αυτή τη "
        "σελίδα και υπογράψτε το χωρίς να το αποθηκεύσετε ή να το εκτυπώσετε με άλλο πρόγραμμα.",
    ),
    Flaw.UNSIGNED: Ruling(
        "Υπάρχει υπογραφή",
        "Το αρχείο δεν έχει νέα ψηφιακή υπογραφή. Υπογράψτε το με το πρόγραμμα υπογραφής και "
        "ανεβάστε το αρχείο που προκύπτει. Η εικόνα μιας υπογραφής δεν αρκεί.",
    ),
    Flaw.MANY: Ruling(
        "Μία υπογραφή σε κάθε σειρά",
        "Στο αρχείο προστέθηκαν περισσότερες από μία υπογραφές. "
        "Κατεβάστε ξανά το έγγραφο και υπογράψτε το μία φορά.",
    ),
    Flaw.CHANGED: Ruling(
        "Μόνο υπογραφές",
        "Εκτός από την υπογραφή άλλαξε και το ίδιο το έγγραφο. Κατεβάστε το ξανά και "
        "υπογράψτε το χωρίς σημειώσεις, συμπληρώσεις ή άλλες αλλαγές.",
    ),
    Flaw.ALTERED: Ruling(
        "Ακεραιότητα",
        "Η υπογραφή δεν ταιριάζει με το περιεχόμενο: το αρχείο άλλαξε μετά την υπογραφή ή η "
        "υπογραφή είναι λανθασμένη. Κατεβάστε ξανά το έγγραφο και υπογράψτε το.",
    ),
    Flaw.PARTIAL: Ruling(
        "Κάλυψη",
        "Η υπογραφή δεν καλύπτει ολόκληρο το αρχείο. Κατεβάστε ξανά το έγγραφο και υπογράψτε το.",
    ),
    Flaw.LOCKED: Ruling(
        "Σειρά υπογραφών",
        "Η υπογραφή κλειδώνει ή πιστοποιεί το έγγραφο. Υπογράψτε ξανά με απλή υπογραφή "
        "(έγκρισης), χωρίς την επιλογή «κλείδωμα» ή «πιστοποίηση» του προγράμματος.",
    ),
    Flaw.COVERING: Ruling(
        "Εικόνα υπογραφής",
        "Η εικόνα της υπογραφής είναι τόσο μεγάλη που μπορεί να σκεπάζει το κείμενο. Υπογράψτε "
        "ξανά χωρίς εικόνα ή με μικρότερη.",
    ),
    Flaw.WEAK: Ruling(
        "Ισχύς αλγορίθμων",
        "Η υπογραφή έγινε με αλγόριθμο ή κλειδί που δεν θεωρείται πια ασφαλές. Ρυθμίστε το "
        "πρόγραμμα υπογραφής σε SHA-256 και δοκιμάστε ξανά.",
    ),
    Flaw.UNTRUSTED: Ruling(
        "Έμπιστη αρχή",
        "Το πιστοποιητικό δεν εκδόθηκε από αρχή που περιέχεται στον κατάλογο εμπιστοσύνης. "
        "Υπογράψτε με εγκεκριμένο πιστοποιητικό ή με άλλον τρόπο αυτής της σελίδας.",
    ),
    Flaw.NOT_IN_FORCE: Ruling(
        "Ισχύς πιστοποιητικού",
        "Το πιστοποιητικό δεν ίσχυε τη στιγμή της υπογραφής. Ανανεώστε το στην αρχή που το "
        "εξέδωσε ή υπογράψτε με άλλον τρόπο αυτής της σελίδας.",
    ),
    Flaw.REVOKED: Ruling(
        "Μη ανακληθέν πιστοποιητικό",
        "Το πιστοποιητικό έχει ανακληθεί. Υπογράψτε με άλλο πιστοποιητικό ή με άλλον τρόπο.",
    ),
    Flaw.BAD_STAMP: Ruling(
        "Χρονοσφραγίδα",
        "Η χρονοσφραγίδα του αρχείου δεν αντιστοιχεί στην υπογραφή ή έχει αλλοιωθεί. Κατεβάστε "
        "ξανά το έγγραφο και υπογράψτε το, με άλλη υπηρεσία χρονοσφραγίδας ή χωρίς χρονοσφραγίδα.",
    ),
    Flaw.OTHER_PERSON: Ruling(
        "Το πρόσωπο της σειράς",
        "Το πιστοποιητικό δεν είναι του προσώπου που έχει σειρά να υπογράψει. Υπογράψτε με "
        "δικό σας πιστοποιητικό.",
    ),
}


@dataclass(frozen=True)
class Root:
    """Ρίζα: the certificate of an authority and the time in which it is trusted."""

    certificate: bytes
    valid_from: datetime
    valid_until: datetime


@dataclass(frozen=True)
class Signer:
    """Ποιος πρέπει να υπογράψει: what the certificate must agree with."""

    surname: str
    given_name: str
    afm: str = ""


@dataclass(frozen=True)
class Question:
    """Ερώτημα: a file, and what it must be.

    With ``base`` the file must be that document and one signature more, of ``signer``; ``last``
    says that nobody signs after it. Without ``base`` every signature of the file is judged.
    """

    content: bytes
    at: datetime
    roots: tuple[Root, ...]
    base: bytes | None = None
    signer: Signer | None = None
    last: bool = True


@dataclass(frozen=True)
class Signature:
    """Υπογραφή: who, under which authority, when, by which proof of the moment.

    ``by_afm`` says that the tax number, not the name, told whose it is.
    """

    name: str
    issuer: str
    afm: str
    at: datetime | None
    stamped: bool
    cautions: tuple[str, ...] = ()
    seal: bool = False
    by_afm: bool = False


@dataclass(frozen=True)
class Finding:
    """Πόρισμα: valid when there is no flaw; the signatures that could be read, in order."""

    flaw: Flaw | None = None
    detail: str = ""
    signatures: tuple[Signature, ...] = field(default=())

    @property
    def valid(self) -> bool:
        return self.flaw is None and bool(self.signatures)

    @property
    def ruling(self) -> Ruling | None:
        return RULINGS[self.flaw] if self.flaw else None
