"""Names (ονόματα) of people who do not exist: invented roots, endings inflected by sex."""

from __future__ import annotations

from random import Random

ROOTS = (
    "Δειγματ", "Δοκιμ", "Εικον", "Υποδειγματ", "Πλασματ", "Παραδειγματ", "Συνθετικ", "Φανταστικ",
    "Προτυπ", "Σεναρι", "Σχεδι", "Πιλοτ", "Δοκιμαστ", "Υποθετικ", "Επινοητ", "Ομοιωματ",
    "Αντιγραφ", "Μακετ", "Σκηνικ", "Τεχνητ",
)  # fmt: skip
ENDINGS = (
    ("ίδης", "ίδου"),
    ("άκης", "άκη"),
    ("όπουλος", "οπούλου"),
    ("έας", "έα"),
    ("άτος", "άτου"),
    ("ίτης", "ίτη"),
    ("ιάδης", "ιάδου"),
    ("όγλου", "όγλου"),
)
WOMEN = (
    "Ελένη", "Μαρία", "Άννα", "Σοφία", "Κατερίνα", "Ευαγγελία", "Δήμητρα", "Ιωάννα", "Αγγελική",
    "Βασιλική", "Γεωργία", "Χριστίνα", "Παρασκευή", "Ειρήνη", "Φωτεινή", "Αθηνά", "Όλγα", "Ζωή",
)  # fmt: skip
MEN = (
    "Γεώργιος", "Ιωάννης", "Κωνσταντίνος", "Δημήτριος", "Νικόλαος", "Παναγιώτης", "Βασίλειος",
    "Χρήστος", "Αθανάσιος", "Μιχαήλ", "Ευάγγελος", "Σπυρίδων", "Αντώνιος", "Ηλίας", "Άγγελος",
    "Στέφανος", "Θωμάς", "Λεωνίδας",
)  # fmt: skip
SHARE_OF_WOMEN = 0.7


def a_name(chance: Random) -> tuple[str, str, str]:
    """Surname, given name and father's name, the surname in the form of the person's sex."""
    woman = chance.random() < SHARE_OF_WOMEN
    man_ends, woman_ends = chance.choice(ENDINGS)
    surname = chance.choice(ROOTS) + (woman_ends if woman else man_ends)
    return surname, chance.choice(WOMEN if woman else MEN), chance.choice(MEN)
