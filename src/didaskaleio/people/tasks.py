"""Jobs of room people: mail about accounts, and sessions that ended."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from didaskaleio.kernel import jobs, lifecycle
from didaskaleio.people.models import Person, Session

DAY = 24 * 60 * 60


@lifecycle.chore("people.ended_sessions")
def forget_sessions(at: datetime) -> int:
    """Sessions that ended go, by the real clock: it is what the browsers' cookies follow."""
    del at
    Session.objects.filter(expire_date__lt=timezone.now()).delete()
    return 0


@jobs.job("people.mail_invitation", queue="mail")
def mail_invitation(person_id: int) -> None:
    """Mail the link with which a new person sets a password; nothing once it has been set."""
    person = Person.objects.get(pk=person_id)
    if person.has_usable_password() or not person.is_active:
        return
    uid = urlsafe_base64_encode(force_bytes(person.pk))
    # made here, not where the job was enqueued: a link must not rest in a table of jobs
    token = default_token_generator.make_token(person)
    path = reverse("people:welcome", kwargs={"uidb64": uid, "token": token})
    facts = {
        "person": person,
        "link": f"{settings.BASE_URL}{path}",
        "days": settings.PASSWORD_RESET_TIMEOUT // DAY,
        "platform": settings.BASE_URL,
    }
    body = render_to_string("people/invitation_mail.txt", facts)
    EmailMessage("Διδασκαλείο: ο λογαριασμός σας", body, to=[person.email]).send()


@jobs.job("people.mail_address_changed", queue="mail")
def mail_address_changed(person_id: int, old: str) -> None:
    """Tell the old address that mail goes elsewhere now: a change that nobody asked for shows."""
    person = Person.objects.get(pk=person_id)
    facts = {"person": person, "platform": settings.BASE_URL}
    body = render_to_string("people/address_changed_mail.txt", facts)
    EmailMessage("Διδασκαλείο: άλλαξε η διεύθυνσή σας", body, to=[old]).send()
