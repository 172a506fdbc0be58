"""Documents that are signed in the story (υπογραφές): a case in every state, a list of trust.

Consolidated attendances of the earlier action go round on paper's terms: who taught signs, who
runs the centre signs, the body seals.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding
from django.conf import settings

from didaskaleio.completion.documents import CONSOLIDATED_PDF, consolidated_data
from didaskaleio.credentials import operations
from didaskaleio.credentials.models import SigningCase
from didaskaleio.credentials.operations import By
from didaskaleio.credentials.signing import adding
from didaskaleio.kernel import documents, files
from didaskaleio.kernel.models import StoredDocument
from didaskaleio.people.enums import IdentifierKind, Role, Scope
from didaskaleio.people.models import Person, Post
from didaskaleio.people.queries import actor_of
from didaskaleio.programmes.models import Programme, TrainingAction
from didaskaleio.site.demo_certificates import Holder, Issuer
from didaskaleio.site.story import moments
from didaskaleio.site.story.cast import Cast

FOLDER = "signing"
DER = serialization.Encoding.DER
TEACHES, RUNS, SEALS = "Επιμορφωτής/τρια", "Υπεύθυνος/η του Κ.Σ.Ε.", "Για τον φορέα υλοποίησης"


def cases(cast: Cast, action: TrainingAction) -> None:
    """Open for a person, open for the seal, completed; one declined and one withdrawn before."""
    issuer = Issuer.kept(Path(settings.VAR_DIR) / FOLDER)
    at = moments.local(2023, 1, 13, 10)
    root = issuer.root.public_bytes(DER)
    operations.add_root(root, actor=cast.actor("admin"), at=at)
    for prefecture, tell in (("KOZ", _awaited), ("THS", _signed), ("LAR", _completed)):
        programme = Programme.objects.select_related("trainer", "centre", "period__action").get(
            period__action=action, centre__school__prefecture__code=prefecture
        )
        tell(cast, issuer, programme)


def _awaited(cast: Cast, _issuer: Issuer, programme: Programme) -> None:
    """Withdrawn, sent again, its second signatory replaced: it waits for who taught."""
    at, officer = moments.local(2023, 1, 16, 10), cast.actor("officer")
    paper = _paper(cast, programme, 1)
    teaches = By(programme.trainer, capacity=TEACHES)
    first = _opened(cast, programme, paper, [teaches], 0)
    reason = "Έλειπε η υπογραφή του κέντρου· στάλθηκε ξανά."
    operations.withdraw(first, actor=officer, at=at, reason=reason)
    runs = _deputy(cast, programme, at)
    case = _opened(cast, programme, paper, [teaches, runs, _seal(programme)], 2)
    turn, at = case.signatories.get(order=2), at + timedelta(hours=2)
    reason = "Η άδεια έληξε νωρίτερα: υπογράφει όποιο πρόσωπο έχει ξανά τα καθήκοντα."
    manager = cast.accounts["centre"]
    operations.replace(case, turn.pk, manager, actor=officer, at=at, reason=reason)


def _deputy(cast: Cast, programme: Programme, at: datetime) -> By:
    """Who runs the centre for a month beside its manager, who was away."""
    post = (Role.CENTRE_MANAGER, Scope.CENTRE, programme.centre_id)
    deputy = cast.staff["KOZ"]
    Post.objects.create(
        person=deputy,
        role=post[0],
        scope=post[1],
        scope_id=post[2],
        valid_from=at - timedelta(days=7),
        valid_until=at + timedelta(days=24),
    )
    return By(deputy, None, RUNS, *post)


def _signed(cast: Cast, issuer: Issuer, programme: Programme) -> None:
    """Declined for a wrong hour, sent again and signed: it waits for the seal."""
    at, trainer = moments.local(2023, 1, 16, 12), _trainer(programme)
    wrong = _opened(cast, programme, _paper(cast, programme, 1), [By(trainer)], 0)
    reason = "Λείπει η ώρα της τελευταίας συνάντησης."
    operations.decline(wrong, actor=actor_of(trainer, at=at), at=at, reason=reason)
    signers = [By(trainer, capacity=TEACHES), _seal(programme)]
    right = _opened(cast, programme, _paper(cast, programme, 2), signers, 3)
    _sign(issuer, right, trainer)


def _completed(cast: Cast, issuer: Issuer, programme: Programme) -> None:
    """Signed by who taught, sealed by the body."""
    trainer = _trainer(programme)
    signers = [By(trainer, capacity=TEACHES), _seal(programme)]
    case = _opened(cast, programme, _paper(cast, programme, 1), signers, 1)
    _sign(issuer, case, trainer)
    at = case.opened_at + timedelta(hours=4)
    operations.sign_by_seal(case, actor=cast.actor("officer"), at=at)


def _trainer(programme: Programme) -> Person:
    assert programme.trainer is not None  # noqa: S101 - it was held
    return programme.trainer


def _seal(programme: Programme) -> By:
    return By(body=programme.period.action.body, capacity=SEALS)


def _paper(cast: Cast, programme: Programme, version: int) -> StoredDocument:
    """The consolidated attendance as it goes round: numbered, closed by no seal."""
    number = f"{programme.code}/ΥΠ-{version}"
    head = consolidated_data(programme)["document"] | {"number": number}
    at, officer = moments.local(2023, 1, 13, 11), cast.actor("officer")
    return documents.issue(
        CONSOLIDATED_PDF, programme, actor=officer, at=at, number=number, document=head
    )


def _opened(
    cast: Cast, programme: Programme, paper: StoredDocument, signers: list[By], hours: int
) -> SigningCase:
    return operations.open_case(
        paper,
        subject=programme,
        signers=signers,
        body=programme.period.action.body,
        actor=cast.actor("officer"),
        at=moments.local(2023, 1, 16, 9) + timedelta(hours=hours),
        title=f"Συγκεντρωτικό παρουσιολόγιο {programme.code}",
    )


def _sign(issuer: Issuer, case: SigningCase, person: Person) -> None:
    """With a program of one's own: downloaded, signed, uploaded."""
    at = case.opened_at + timedelta(hours=2)
    assert case.file is not None  # noqa: S101 - every case has one
    afm = person.identifiers.filter(kind=IdentifierKind.AFM).values_list("value", flat=True)
    holder = Holder(person.surname, person.given_name, afm.first() or "")
    chain = [one.public_bytes(DER) for one in (issuer.of(holder), issuer.root)]
    ready = adding.prepare(
        files.read(case.file), chain, field="Signature1", reason="Υπογραφή", at=at
    )
    made = issuer.key.sign(ready.attributes, padding.PKCS1v15(), hashes.SHA256())
    content = adding.finish(ready, chain, made)
    operations.sign_by_upload(case, content, actor=actor_of(person, at=at), at=at)
