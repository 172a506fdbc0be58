"""Access (δικαιώματα) of room completion."""

from __future__ import annotations

from didaskaleio.kernel.access import BySystem, Holds, Own, declare
from didaskaleio.people.enums import Role, Scope

BODY = "programme__period__action__body_id"
OFFICER = Holds(Role.BODY_OFFICER, Scope.BODY, within=BODY)
HEAD = Holds(Role.BODY_HEAD, Scope.BODY, within=BODY)
CENTRE = Holds(Role.CENTRE_MANAGER, Scope.CENTRE, within="programme__centre_id")

declare("attestation.issue", OFFICER | HEAD, "έκδοση, ανάκληση και αντικατάσταση βεβαιώσεων")
declare(
    "attestation.read",
    Own("application__person_id") | OFFICER | HEAD | CENTRE,
    "προβολή βεβαίωσης παρακολούθησης",
)
declare(
    "attestation.desk",
    Holds(Role.BODY_OFFICER, anywhere=True) | Holds(Role.BODY_HEAD, anywhere=True),
    "σελίδα και αναφορά βεβαιώσεων του φορέα",
)
declare(
    "attestation.listed",
    OFFICER | HEAD | CENTRE | Own("programme__trainer_id"),
    "οι βεβαιώσεις του προγράμματος σε κατάλογο",
)
declare(
    "completion.report",
    Holds(Role.BODY_OFFICER, anywhere=True)
    | Holds(Role.BODY_HEAD, anywhere=True)
    | Holds(Role.CENTRE_MANAGER, anywhere=True)
    | Holds(Role.TRAINER, anywhere=True),
    "αναφορές ολοκλήρωσης",
)
declare(
    "consolidation.read",
    OFFICER | HEAD | CENTRE | Own("programme__trainer_id"),
    "συγκεντρωτικό παρουσιολόγιο",
)
declare(
    "completion.read",
    Holds(Role.BODY_OFFICER, Scope.BODY, within="period__action__body_id")
    | Holds(Role.BODY_HEAD, Scope.BODY, within="period__action__body_id")
    | Holds(Role.CENTRE_MANAGER, Scope.CENTRE, within="centre_id")
    | Own("trainer_id"),
    "ολοκλήρωση προγράμματος",
)
declare(
    "completion.consolidate",
    Holds(Role.BODY_OFFICER, Scope.BODY, within="period__action__body_id")
    | Holds(Role.CENTRE_MANAGER, Scope.CENTRE, within="centre_id"),
    "έκδοση συγκεντρωτικού παρουσιολογίου",
)
declare("employment.issue", OFFICER | HEAD, "έκδοση, απόρριψη και ανάκληση βεβαιώσεων απασχόλησης")
declare("employment.read", Own("person_id") | OFFICER | HEAD, "προβολή βεβαίωσης απασχόλησης")
declare("employment.withdraw", Own("person_id"), "απόσυρση αιτήματος βεβαίωσης απασχόλησης")
declare(
    "employment.report",
    Holds(Role.BODY_OFFICER, anywhere=True)
    | Holds(Role.BODY_HEAD, anywhere=True)
    | Holds(Role.TRAINER, anywhere=True)
    | Holds(Role.CENTRE_STAFF, anywhere=True),
    "αναφορά βεβαιώσεων απασχόλησης: ο φορέας όλες, όποιος εργάστηκε τις δικές του",
)
declare(
    "employment.desk",
    Holds(Role.BODY_OFFICER, anywhere=True) | Holds(Role.BODY_HEAD, anywhere=True),
    "βεβαιώσεις απασχόλησης του φορέα",
)

OF_PROGRAMME = Holds(Role.BODY_OFFICER, Scope.BODY, within="period__action__body_id") | Holds(
    Role.BODY_HEAD, Scope.BODY, within="period__action__body_id"
)
KEEPS_PACKS = Holds(Role.BODY_OFFICER, Scope.BODY, within="body_id") | Holds(
    Role.BODY_HEAD, Scope.BODY, within="body_id"
)
declare(
    "dossier.read",
    OF_PROGRAMME
    | Holds(Role.FINANCE_OFFICER, Scope.BODY, within="period__action__body_id")
    | Holds(Role.CENTRE_MANAGER, Scope.CENTRE, within="centre_id"),
    "φάκελος προγράμματος: τι υπάρχει, τι λείπει, ποιος περιμένει ποιον",
)
declare("dossier.pack", OF_PROGRAMME, "πακέτο τεκμηρίων ενός προγράμματος")
declare("project.pack", KEEPS_PACKS, "πακέτο ελέγχου μίας Πράξης, με δείγμα")
declare(
    "dossier.desk",
    Holds(Role.BODY_OFFICER, anywhere=True)
    | Holds(Role.BODY_HEAD, anywhere=True)
    | Holds(Role.FINANCE_OFFICER, anywhere=True)
    | Holds(Role.CENTRE_MANAGER, anywhere=True),
    "φάκελοι προγραμμάτων με την πληρότητά τους",
)
declare(
    "pack.desk",
    Holds(Role.BODY_OFFICER, anywhere=True) | Holds(Role.BODY_HEAD, anywhere=True),
    "τα πακέτα τεκμηρίων του φορέα",
)
declare("pack.read", KEEPS_PACKS, "πακέτο τεκμηρίων: κατάλογος και αρχεία")
declare("pack.settle", BySystem(), "σφράγιση και λήξη πακέτου τεκμηρίων")
declare("project.measures", KEEPS_PACKS, "ενέργειες και εξοπλισμός μίας Πράξης")
declare(
    "measure.keep",
    Holds(Role.BODY_OFFICER, Scope.BODY, within="project__body_id")
    | Holds(Role.BODY_HEAD, Scope.BODY, within="project__body_id"),
    "μία ενέργεια της Πράξης με το τεκμήριό της",
)
