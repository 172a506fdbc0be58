"""Rights (δικαιώματα, R-165): one screen to find a person, grant and withdraw, with history."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from didaskaleio.kernel import journal
from didaskaleio.kernel.access import allowed
from didaskaleio.kernel.models import JournalEntry
from didaskaleio.kernel.paging import Paginator
from didaskaleio.kernel.web.guard import guarded, one, rows
from didaskaleio.kernel.web.http import Request
from didaskaleio.people import operations, queries, scopes
from didaskaleio.people.models import Person, Post
from didaskaleio.people.queries import rights as choices
from didaskaleio.people.web.forms import GrantForm, RightsFilter
from didaskaleio.people.web.rows import masked, post_rows

PAGE = 25
FOUND = 12


@guarded("rights.open", about_object=False)
def rights(request: Request) -> HttpResponse:
    """«Δικαιώματα»: the people found, and the list of rights by role and scope."""
    form = RightsFilter(request.GET or None)
    asked = form.cleaned_data if form.is_valid() else {}
    page = Paginator(_posts(request, asked), PAGE).get_page(request.GET.get("page"))
    found = queries.find_people(asked.get("q", ""))[: FOUND + 1]
    return render(
        request,
        "people/rights.html",
        {
            "form": form,
            "q": asked.get("q", ""),
            "people": found[:FOUND],
            "more": len(found) > FOUND,
            "page": page,
            "may_open": allowed(request.actor, "account.open"),
            "posts": post_rows(page.object_list, scopes.names(page.object_list)),
        },
    )


def _posts(request: Request, asked: dict[str, Any]) -> QuerySet[Post]:
    posts = rows(request, "post.view", Post.objects.select_related("person"))
    if not asked.get("ended"):
        posts = posts.filter(Q(valid_until=None) | Q(valid_until__gt=request.at))
    for name in ("role", "scope"):
        if asked.get(name):
            posts = posts.filter(**{name: asked[name]})
    if asked.get("q"):
        posts = posts.filter(person__in=queries.find_people(asked["q"]).values("pk"))
    return posts.order_by("person__sort_key", "person_id", "-valid_from", "pk")


@guarded("rights.open")
def rights_person(request: Request, pk: int) -> HttpResponse:
    """The posts of one person that the officer answers for; grants, withdrawals, history."""
    person = one(request, "rights.open", Person.objects.all(), pk=pk)
    role = request.POST.get("role") or request.GET.get("role", "")
    words = (request.POST.get("q") or request.GET.get("q", "")).replace("\0", "")[:80]
    form = GrantForm(request.actor, role, words, request.POST or None) if role else None
    if request.method == "POST" and form and form.is_valid():
        operations.grant(person, actor=request.actor, at=request.at, **form.target())
        messages.success(request, "Το δικαίωμα δόθηκε. Ισχύει από το επόμενο άνοιγμα σελίδας.")
        return redirect("people:rights-person", pk=pk)
    return render(
        request, "people/rights_person.html", _context(request, person, role, form) | {"q": words}
    )


def _context(request: Request, person: Person, role: str, form: GrantForm | None) -> dict[str, Any]:
    of_person = Post.objects.filter(person=person).order_by("-pk")
    posts = list(rows(request, "post.view", of_person))
    named = post_rows(posts, scopes.names(posts))
    seen = allowed(request.actor, "person.view_record", person)
    return {
        "person": person,
        "posts": [row for row in named if not row.post.has_ended(request.at)],
        "ended": [row for row in named if row.post.has_ended(request.at)],
        "mine_to_end": set(rows(request, "post.withdraw", of_person).values_list("pk", flat=True)),
        "roles": choices.grantable_roles(request.actor),
        "role": role,
        "form": form,
        "is_own": person.pk == request.actor.user_id,
        "identifiers": masked(person.identifiers.order_by("kind")) if seen else [],
        "facts": queries.teacher_facts(person, at=request.at) if seen else None,
        "entries": _history(request, person, posts).order_by("-pk")[:PAGE],
        "may_open": allowed(request.actor, "account.open"),
        "crumbs": [
            {"label": "Δικαιώματα", "url": reverse("people:rights")},
            {"label": str(person)},
        ],
    }


def _history(request: Request, person: Person, posts: list[Post]) -> QuerySet[JournalEntry]:
    """What happened to the posts that are seen; to the operator, to the account too."""
    if allowed(request.actor, "account.open"):
        return journal.of(person)
    ids = [post.pk for post in posts]
    return JournalEntry.objects.filter(subject=journal.label(Post), subject_id__in=ids)


@require_POST
@guarded("post.withdraw")
def withdraw(request: Request, pk: int) -> HttpResponse:
    """End a post, with a reason."""
    post = one(request, "post.withdraw", Post.objects.all(), pk=pk)
    reason = request.POST.get("reason", "")[:500]
    operations.withdraw(post, actor=request.actor, at=request.at, reason=reason)
    messages.success(request, "Το δικαίωμα αφαιρέθηκε.")
    return HttpResponseRedirect(reverse("people:rights-person", args=[post.person_id]))
