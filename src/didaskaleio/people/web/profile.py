"""My record (το προφίλ μου): what the platform knows about the person, and from where."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from didaskaleio.kernel import links
from didaskaleio.kernel.access import allowed
from didaskaleio.kernel.web.guard import guarded
from didaskaleio.kernel.web.http import Request
from didaskaleio.people import operations, queries, scopes
from didaskaleio.people.models import Person, TrainerProfile
from didaskaleio.people.web.forms import IdentifierForm
from didaskaleio.people.web.rows import masked, post_rows


@guarded("profile.view", about_object=False)
def profile(request: Request) -> HttpResponse:
    """«Το προφίλ μου»: identifiers masked, schools, certificates, posts."""
    person = Person.objects.get(pk=request.actor.person_id)
    identifiers = list(person.identifiers.order_by("kind"))
    posts = list(queries.open_posts(request.at).filter(person=person).order_by("role", "pk"))
    held = {row.kind for row in identifiers}
    return render(
        request,
        "people/profile.html",
        {
            "person": person,
            "identifiers": masked(identifiers),
            "facts": queries.teacher_facts(person, at=request.at),
            "trainer": TrainerProfile.objects.filter(person=person).first(),
            "posts": post_rows(posts, scopes.names(posts)),
            "identifier_form": IdentifierForm(held)
            if len(held) < len(operations.VALIDATORS)
            else None,
            "links": links.of(person, request.actor),
            "may_open_rights": allowed(request.actor, "rights.open"),
        },
    )


@require_POST
@guarded("profile.view", about_object=False)
def set_identifier(request: Request) -> HttpResponse:
    """Fill in one's own missing identifier."""
    person = Person.objects.get(pk=request.actor.person_id)
    form = IdentifierForm(set(), request.POST)
    if form.is_valid():
        operations.set_identifier(person, **form.cleaned_data, actor=request.actor, at=request.at)
        messages.success(request, "Η καταχώριση έγινε.")
    else:
        messages.error(request, "Διαλέξτε αναγνωριστικό και γράψτε την τιμή του.")
    return HttpResponseRedirect(reverse("people:profile"))
