"""Access (δικαιώματα) of room completion."""

from __future__ import annotations

from didaskaleio.delivery.access import BODY, P, keepers, manager, officers
from didaskaleio.kernel.access import BySystem, Holds, Own, declare
from didaskaleio.people.enums import Role, Scope

OFFICERS, CENTRE = officers(P), manager(P)
OF_PROGRAMME, OWN_CENTRE = officers(""), manager("")
KEEPS_PACKS = keepers("body_id")
DESK = Holds(Role.BODY_OFFICER, anywhere=True) | Holds(Role.BODY_HEAD, anywhere=True)
MANAGERS = Holds(Role.CENTRE_MANAGER, anywhere=True)

declare("attestation.issue", OFFICERS, "έκδοση, ανάκληση και αντικατάσταση βεβαιώσεων")
declare(
    "attestation.read",
    Own("application__person_id") | OFFICERS | CENTRE,
    "προβολή βεβαίωσης παρακολούθησης",
)
declare(
    "attestation.desk",
    DESK,
    "σελίδα και αναφορά βεβαιώσεων του φορέα",
)
declare(
    "attestation.listed",
    OFFICERS | CENTRE | Own("programme__trainer_id"),
    "οι βεβαιώσεις του προγράμματος σε κατάλογο",
)
declare(
    "completion.report",
    DESK | MANAGERS | Holds(Role.TRAINER, anywhere=True),
    "αναφορές ολοκλήρωσης",
)
declare(
    "consolidation.read",
    OFFICERS | CENTRE | Own("programme__trainer_id"),
    "συγκεντρωτικό παρουσιολόγιο",
)
declare(
    "completion.read",
    OF_PROGRAMME | OWN_CENTRE | Own("trainer_id"),
    "ολοκλήρωση προγράμματος",
)
declare(
    "completion.consolidate",
    Holds(Role.BODY_OFFICER, Scope.BODY, within=BODY) | OWN_CENTRE,
    "έκδοση συγκεντρωτικού παρουσιολογίου",
)
declare("employment.issue", OFFICERS, "έκδοση, απόρριψη και ανάκληση βεβαιώσεων απασχόλησης")
declare("employment.read", Own("person_id") | OFFICERS, "προβολή βεβαίωσης απασχόλησης")
declare("employment.withdraw", Own("person_id"), "απόσυρση αιτήματος βεβαίωσης απασχόλησης")
declare(
    "employment.report",
    DESK | Holds(Role.TRAINER, anywhere=True) | Holds(Role.CENTRE_STAFF, anywhere=True),
    "αναφορά βεβαιώσεων απασχόλησης: ο φορέας όλες, όποιος εργάστηκε τις δικές του",
)
declare(
    "employment.desk",
    DESK,
    "βεβαιώσεις απασχόλησης του φορέα",
)

declare(
    "dossier.read",
    OF_PROGRAMME | Holds(Role.FINANCE_OFFICER, Scope.BODY, within=BODY) | OWN_CENTRE,
    "φάκελος προγράμματος: τι υπάρχει, τι λείπει, ποιος περιμένει ποιον",
)
declare("dossier.pack", OF_PROGRAMME, "πακέτο τεκμηρίων ενός προγράμματος")
declare("project.pack", KEEPS_PACKS, "πακέτο ελέγχου μίας Πράξης, με δείγμα")
declare(
    "dossier.desk",
    DESK | MANAGERS | Holds(Role.FINANCE_OFFICER, anywhere=True),
    "φάκελοι προγραμμάτων με την πληρότητά τους",
)
declare(
    "pack.desk",
    DESK,
    "τα πακέτα τεκμηρίων του φορέα",
)
declare("pack.read", KEEPS_PACKS, "πακέτο τεκμηρίων: κατάλογος και αρχεία")
declare("pack.settle", BySystem(), "σφράγιση και λήξη πακέτου τεκμηρίων")
declare("project.measures", KEEPS_PACKS, "ενέργειες και εξοπλισμός μίας Πράξης")
declare(
    "measure.keep",
    keepers("project__body_id"),
    "μία ενέργεια της Πράξης με το τεκμήριό της",
)
