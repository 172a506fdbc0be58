"""Standards and guidelines (πρότυπα) of the story: of the ministry, and of the body."""

from __future__ import annotations

from django.core.files.base import ContentFile

from didaskaleio.kernel import typesetting
from didaskaleio.kernel.access import COUNTRY, Actor
from didaskaleio.kernel.forms.operations import Owner
from didaskaleio.kernel.standards import operations
from didaskaleio.kernel.standards.models import Standard
from didaskaleio.people.enums import Role, Scope
from didaskaleio.site.story.cast import Cast
from didaskaleio.site.story.moments import BEGINNING, local
from didaskaleio.site.story.offer import TEMPLATE
from didaskaleio.structures.models import ImplementingBody

DESIGN = (
    "Κάθε στόχος λέει τι κάνει το πρόσωπο στην τάξη του και ελέγχεται από μία δραστηριότητα.\n\n"
    "Οι ώρες μιας ενότητας χωρούν σε ακέραιες συναντήσεις. Η εφαρμογή στην τάξη ξεκινά πριν από "
    "τα δύο τρίτα της διάρκειας."
)
MATERIAL = (
    "Κάθε αρχείο έχει τίτλο, έκδοση, άδεια χρήσης και εναλλακτικό κείμενο στις εικόνες.\n\n"
    "Υλικό τρίτων μπαίνει μόνο με άδεια που το επιτρέπει· η πηγή γράφεται στην ίδια σελίδα."
)
PROPOSAL = (
    "Το ωρολόγιο ορίζεται με το πρόσωπο που θα διδάξει, έξω από το σχολικό ωράριο.\n\n"
    "Η αίθουσα έχει πρόσβαση για όλα τα πρόσωπα και έναν υπολογιστή για κάθε δύο."
)
SESSION = (
    "Η συνάντηση αρχίζει στην ώρα της. Παρουσία σημειώνεται μία φορά, στα πρώτα είκοσι λεπτά, και "
    "ο τρόπος εργασίας λέγεται στην αρχή."
)
CLEARER = "\n\nΤα ονόματα μαθητών δεν γράφονται πουθενά."


MATERIAL_TITLE = "Υλικό: ποιότητα και δικαιώματα"


def standards(cast: Cast) -> None:
    """Four standards at four stages, of the ministry and of the body."""
    body = ImplementingBody.objects.get(code="itye")
    ours = Owner(Scope.BODY, body.pk, body.short_name)
    everybody = Owner(COUNTRY, 0, "Υπουργείο")
    officer, ministry = cast.actor("officer"), cast.actor("ministry")
    _published(everybody, "Σχεδιασμός στόχων και ωρών", "course.design", DESIGN, ministry)
    _published(ours, MATERIAL_TITLE, "course.material", MATERIAL, officer)
    _published(
        ours,
        "Ωρολόγιο και αίθουσα",
        "programme.proposal",
        PROPOSAL,
        officer,
        roles=(Role.CENTRE_MANAGER, Role.CENTRE_STAFF),
    )
    _published(ours, "Διεξαγωγή συνάντησης", "session.conduct", SESSION, officer)


def renewed(cast: Cast) -> None:
    """A second version with a file, which whoever works there must acknowledge."""
    officer, at = cast.actor("officer"), local(2023, 1, 17, 12)
    before = Standard.objects.get(title=MATERIAL_TITLE)
    made = operations.draft_next(before, actor=officer, at=at)
    operations.write(made, text=MATERIAL + CLEARER, demanded=True, actor=officer, at=at)
    title = "Υπόδειγμα φύλλου έργου"
    page = ContentFile(typesetting.render(TEMPLATE, {"title": title}, at=BEGINNING))
    operations.attach(made, page, "fyllo.pdf", title=title, actor=officer, at=at)
    operations.publish(made, actor=officer, at=at)


def _published(
    owner: Owner,
    title: str,
    stage: str,
    text: str,
    actor: Actor,
    roles: tuple[str, ...] = (),
) -> None:
    made = operations.begin(
        owner,
        title=title,
        stage=stage,
        roles=roles,
        text=text,
        demanded=False,
        actor=actor,
        at=BEGINNING,
    )
    operations.publish(made, actor=actor, at=BEGINNING)
