"""Sessions (συνεδρίες) of whoever acts for a service end when nobody sits before the screen.

Teachers and trainers keep theirs for a working day. Of the others a session ends after
``IDLE_MINUTES`` without a page, and after a working day whatever happens.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings

from didaskaleio.kernel.web.http import Request
from didaskaleio.people.enums import Role
from didaskaleio.people.queries import actor_of

PRIVATE = {str(Role.TEACHER), str(Role.TRAINER)}
BEGAN, SEEN = "began", "seen"
EACH = 10  # an idle time is written down in so many parts


def begin(request: Request) -> None:
    """Right after a sign-in: how long this session may stand."""
    actor = actor_of(request.user, at=request.at)
    if any(post.role not in PRIVATE for post in actor.posts):
        request.session[BEGAN] = request.session[SEEN] = request.at.isoformat()
        request.session.set_expiry(settings.IDLE_MINUTES * 60)


def go_on(request: Request) -> None:
    """Somebody is there: the idle time begins anew, as long as the working day lasts."""
    if BEGAN not in request.session:
        return
    began, seen = (datetime.fromisoformat(request.session[key]) for key in (BEGAN, SEEN))
    written = timedelta(minutes=settings.IDLE_MINUTES) / EACH
    day = timedelta(seconds=settings.SESSION_COOKIE_AGE)
    if request.at - seen >= written and request.at - began < day:
        request.session[SEEN] = request.at.isoformat()
