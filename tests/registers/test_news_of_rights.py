"""The news of a right leads its holder to a page that opens, whatever the role and its scope.

Shows: R-008.
"""

from __future__ import annotations

import pytest
from django.test import Client

from didaskaleio.people import scopes
from didaskaleio.people.enums import SCOPES_OF, Scope
from tests.factories.courses import a_course
from tests.factories.people import a_person, a_post
from tests.factories.structures import a_body, a_centre

pytestmark = pytest.mark.django_db
RIGHTS = [(role, scope) for role, of in SCOPES_OF.items() for scope in of]


@pytest.fixture
def things(a_call, a_register):
    return {
        Scope.COUNTRY: lambda: None,
        Scope.REGION: lambda: a_centre().prefecture.region,
        Scope.DIRECTORATE: lambda: a_centre().directorate,
        Scope.BODY: a_body,
        Scope.CENTRE: a_centre,
        Scope.COURSE: lambda: a_course("design"),
        Scope.CALL: a_call,
        Scope.REGISTER: a_register,
    }


@pytest.mark.parametrize(("role", "scope"), RIGHTS)
def test_the_page_that_the_news_names_opens_for_the_holder(things, login, role, scope):
    post = a_post(a_person(), role, scope, things[scope]())
    page = scopes.page(post)
    assert login(Client(), post.person).get(page).status_code == 200, page
