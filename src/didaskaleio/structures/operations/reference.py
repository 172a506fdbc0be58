"""The kinds of reference data (είδη στοιχείων αναφοράς), in order of need."""

from __future__ import annotations

from didaskaleio.structures import models
from didaskaleio.structures.operations import sources
from didaskaleio.structures.operations.load import Kind, Reference

REGION = Reference(models.Region)
PREFECTURE = Reference(models.Prefecture)
PLACE = {"region": REGION, "prefecture": PREFECTURE}
SPECIALTY = Reference(models.Specialty)
SCHEME = Reference(models.ClusterScheme, ("level", "valid_from"))
CLUSTER = Reference(models.Cluster, ("scheme__level", "scheme__valid_from", "code"))
PROJECT = Reference(models.FundedProject)
CODE = ("code",)

KINDS = (
    Kind("region", "Περιφέρειες", models.Region, CODE, sources.regions),
    Kind("prefecture", "Νομοί", models.Prefecture, CODE, sources.prefectures, {"region": REGION}),
    Kind(
        "regional_unit",
        "Περιφερειακές ενότητες",
        models.RegionalUnit,
        CODE,
        sources.regional_units,
        PLACE,
    ),
    Kind(
        "directorate",
        "Διευθύνσεις εκπαίδευσης",
        models.Directorate,
        CODE,
        sources.directorates,
        PLACE,
    ),
    Kind("structure_type", "Τύποι δομών", models.StructureType, CODE, sources.structure_types),
    Kind(
        "succession",
        "Διάδοχοι τύποι δομών",
        models.StructureType,
        CODE,
        sources.successions,
        {"successor": Reference(models.StructureType)},
    ),
    Kind("school_type", "Τύποι σχολείων", models.SchoolType, CODE, sources.school_types),
    Kind("specialty", "Κλάδοι και ειδικότητες", models.Specialty, CODE, sources.specialties),
    Kind(
        "legacy_specialty",
        "Παλαιοί κωδικοί ειδικοτήτων",
        models.LegacySpecialty,
        ("code", "specialty"),
        sources.legacy_specialties,
        {"specialty": SPECIALTY},
    ),
    Kind(
        "cluster_scheme",
        "Σχήματα συστάδων",
        models.ClusterScheme,
        ("level", "valid_from"),
        sources.schemes,
    ),
    Kind(
        "cluster",
        "Συστάδες",
        models.Cluster,
        ("scheme", "code"),
        sources.clusters,
        {"scheme": SCHEME},
    ),
    Kind(
        "cluster_member",
        "Ειδικότητες σε συστάδες",
        models.ClusterMember,
        ("cluster", "specialty"),
        sources.members,
        {"cluster": CLUSTER, "specialty": SPECIALTY},
    ),
    Kind(
        "local_holiday",
        "Τοπικές εορτές",
        models.LocalHoliday,
        ("prefecture", "name"),
        sources.holidays,
        {"prefecture": PREFECTURE},
    ),
    Kind("body", "Φορείς υλοποίησης", models.ImplementingBody, CODE, sources.bodies),
    Kind(
        "funded_project",
        "Πράξεις",
        models.FundedProject,
        CODE,
        sources.projects,
        {"body": Reference(models.ImplementingBody)},
    ),
    Kind(
        "project_text",
        "Κείμενα συγχρηματοδότησης",
        models.FundedProjectText,
        ("project", "valid_from"),
        sources.project_texts,
        {"project": PROJECT},
    ),
    Kind(
        "indicator",
        "Δείκτες",
        models.FundedIndicator,
        ("project", "code"),
        sources.indicators,
        {"project": PROJECT},
    ),
)
