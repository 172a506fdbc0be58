"""The public front page, the personal home, the calendar feed and the standing pages."""

from __future__ import annotations

import uuid

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from didaskaleio.kernel import agenda
from didaskaleio.kernel.web.guard import guarded, public
from didaskaleio.kernel.web.http import Request
from didaskaleio.people.models import Person
from didaskaleio.people.queries import actor_of
from didaskaleio.portal import calendar_feed, queries

SHOWN = 50
STANDING = {
    "accessibility": "Προσβασιμότητα",
    "privacy": "Προσωπικά δεδομένα",
    "terms": "Όροι χρήσης",
    "help": "Βοήθεια",
}


@public
def front(request: Request) -> HttpResponse:
    """The public home: what is open now, what comes next, where to check."""
    if request.actor.user_id is not None:
        return HttpResponseRedirect(reverse("portal:home"))
    shown = queries.public_periods(request.at) | queries.public_calls(request.at)
    return render(request, "portal/front.html", shown)


@guarded("own.pages", about_object=False)
def home(request: Request) -> HttpResponse:
    """The personal home: what I must do, by when, and what comes next."""
    return render(request, "portal/home.html", queries.home(request.actor, request.at))


@guarded("own.pages", about_object=False)
def calendar(request: Request) -> HttpResponse:
    """My dates on a page, and the address of my personal feed."""
    person = get_object_or_404(Person, pk=request.actor.user_id or 0)
    dates = [d for d in agenda.dates_of(request.actor, request.at) if d.ends_at >= request.at]
    feed = (
        request.build_absolute_uri(reverse("portal:feed", args=[person.feed_key]))
        if person.feed_key
        else ""
    )
    return render(
        request,
        "portal/calendar.html",
        {"dates": queries.lines(dates[:SHOWN]), "more": max(0, len(dates) - SHOWN), "feed": feed},
    )


@require_POST
@guarded("own.pages", about_object=False)
def renew_feed(request: Request) -> HttpResponse:
    """A new secret address for my feed; the one before stops working."""
    Person.objects.filter(pk=request.actor.person_id).update(feed_key=uuid.uuid4())
    return HttpResponseRedirect(reverse("portal:calendar"))


@public
def feed(request: Request, key: uuid.UUID) -> HttpResponse:
    """A person's calendar (RFC 5545) for whoever knows its secret address."""
    person = Person.objects.filter(feed_key=key, is_active=True).first()
    if person is None:
        raise Http404
    dates = agenda.dates_of(actor_of(person, at=request.at), request.at)
    content = calendar_feed.render(dates, base=request.build_absolute_uri("/")[:-1], at=request.at)
    answer = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    answer["Cache-Control"] = "private, no-store"
    answer["Content-Disposition"] = 'attachment; filename="didaskaleio.ics"'
    return answer


@public
def standing(request: Request, name: str) -> HttpResponse:
    """Accessibility, personal data, terms, help."""
    return render(request, f"portal/standing/{name}.html", {"title": STANDING[name]})
