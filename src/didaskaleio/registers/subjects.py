"""Subjects (θέματα αναφορών) of room registers: calls, candidacies, members, centres."""

from __future__ import annotations

from django.db.models import Q

from didaskaleio.kernel.subjects import Field, Many, Subject, Way, count, declare, person
from didaskaleio.registers.enums import CallState, CandidacyState, Fills, MemberState
from didaskaleio.registers.models import Call, Candidacy, Membership
from didaskaleio.structures.models import TrainingCentre

CALLS = declare(
    Subject(
        name="registers.calls",
        title="Προσκλήσεις ενδιαφέροντος",
        model=Call,
        permission="call.paper",
        fields=(
            Field("title", "Τίτλος"),
            Field("number", "Αριθμός"),
            Field("body", "Φορέας", "body__short_name"),
            Field("state", "Κατάσταση", kind="choice", choices=tuple(CallState.choices)),
            Field("fills", "Τι καλύπτει", kind="choice", choices=tuple(Fills.choices)),
            Field("places", "Θέσεις", kind="number"),
            Field("opens_at", "Έναρξη", kind="moment"),
            Field("closes_at", "Λήξη", kind="moment"),
        ),
        order=("-closes_at", "pk"),
    )
)
CANDIDACIES = declare(
    Subject(
        name="registers.candidacies",
        title="Υποψηφιότητες",
        model=Candidacy,
        permission="candidacy.read",
        fields=(
            Field("code", "Κωδικός"),
            Field("person", "Πρόσωπο", made=person("person")),
            Field("state", "Κατάσταση", kind="choice", choices=tuple(CandidacyState.choices)),
            Field("begun_at", "Άρχισε", kind="moment"),
            Field("submitted_at", "Υποβλήθηκε", "submission__at", "moment"),
            Field("receipt", "Απόδειξη", "submission__receipt_number"),
        ),
        ways=(
            Way("call", "Πρόσκληση", "registers.calls", "call"),
            Way("teacher", "Εκπαιδευτικός", "people.teachers", "person"),
        ),
        where=~Q(state=CandidacyState.DRAFT),
        order=("call_id", "code"),
        note="Όσες υποβλήθηκαν.",
    )
)
MEMBERS = declare(
    Subject(
        name="registers.members",
        title="Μέλη μητρώων",
        model=Membership,
        permission="membership.find",
        fields=(
            Field("number", "Αριθμός μέλους"),
            Field("person", "Πρόσωπο", made=person("person")),
            Field("register", "Μητρώο", "register__title"),
            Field("state", "Κατάσταση", kind="choice", choices=tuple(MemberState.choices)),
            Field("since", "Μέλος από", kind="moment"),
            Field("valid_until", "Ισχύει έως", kind="moment"),
        ),
        ways=(
            Way("teacher", "Εκπαιδευτικός", "people.teachers", "person"),
            Way("candidacy", "Υποψηφιότητα", "registers.candidacies", "candidacy"),
        ),
        order=("register_id", "person__sort_key", "pk"),
    )
)
CENTRES = declare(
    Subject(
        name="registers.centres",
        title="Κ.Σ.Ε.",
        model=TrainingCentre,
        permission="centre.read",
        fields=(
            Field("code", "Κωδικός"),
            Field("name", "Κ.Σ.Ε."),
            Field("kind", "Είδος", kind="choice", choices=tuple(TrainingCentre.Kind.choices)),
            Field("body", "Φορέας", "body__short_name"),
            Field("town", "Πόλη"),
            Field("unit", "Περιφερειακή ενότητα", "regional_unit__label"),
            Field("prefecture", "Νομός", "prefecture__name"),
            Field("region", "Περιφέρεια", "region__name"),
            Field("directorate", "Διεύθυνση", "directorate__abbreviation"),
            Field("approved_from", "Έγκριση από", kind="date"),
            Field("approved_until", "Έγκριση έως", kind="date"),
        ),
        ways=(Way("school", "Σχολείο", "structures.schools", "school"),),
        order=("sort_key", "pk"),
    )
)
count(CALLS.name, Many("candidacies", "Πλήθος υποψηφιοτήτων", CANDIDACIES.name, "call"))
