"""The first account of an installation (πρώτος λογαριασμός): an operator, who opens the others."""

from __future__ import annotations

import sys
from getpass import getpass
from typing import Any

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email
from django.db import transaction

from didaskaleio.kernel import clock
from didaskaleio.kernel.access import SYSTEM
from didaskaleio.kernel.errors import Refusal
from didaskaleio.people import operations
from didaskaleio.people.enums import Role, Scope
from didaskaleio.people.models import Person

REASON = "Λογαριασμός υπηρεσίας λειτουργίας από τη γραμμή εντολών του διακομιστή"
NEXT = """Ο λογαριασμός «{username}» της υπηρεσίας λειτουργίας δημιουργήθηκε.
Τι ακολουθεί:
1. Συνδεθείτε: {base}/login/
2. «Δικαιώματα» → «Νέος λογαριασμός»: ανοίξτε λογαριασμό και σε δεύτερο πρόσωπο της υπηρεσίας.
3. Δώστε ρόλους στους υπευθύνους των φορέων και του Υπουργείου· εκείνοι δίνουν τους υπόλοιπους.
"""


class Command(BaseCommand):
    help = "Create an operator's account; the password is asked twice, or read from stdin."

    def add_arguments(self, parser: CommandParser) -> None:
        for name in ("--username", "--first-name", "--last-name", "--email"):
            parser.add_argument(name, required=True)

    def handle(self, *_args: Any, **options: Any) -> None:
        facts = {
            "surname": options["last_name"],
            "given_name": options["first_name"],
            "email": options["email"],
        }
        username = options["username"]
        if Person.objects.filter(username__iexact=username).exists():
            raise CommandError(f"Υπάρχει ήδη λογαριασμός «{username}». Δώστε άλλο --username.")
        try:
            validate_email(facts["email"])
            password = _password()
            validate_password(password, Person(username=username, **facts))
            _create(username, password, facts)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(NEXT.format(username=username, base=settings.BASE_URL))


def _password() -> str:
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    first = getpass("Κωδικός πρόσβασης: ")
    if getpass("Ξανά ο ίδιος κωδικός: ") != first:
        raise CommandError("Οι δύο κωδικοί διαφέρουν. Δώστε ξανά την εντολή.")
    return first


@transaction.atomic
def _create(username: str, password: str, facts: dict[str, Any]) -> None:
    at = clock.now()
    person = operations.open_account(username, password=password, actor=SYSTEM, at=at, **facts)
    operations.grant(
        person,
        role=Role.OPERATOR,
        scope=Scope.COUNTRY,
        scope_id=None,
        actor=SYSTEM,
        at=at,
        reason=REASON,
    )
