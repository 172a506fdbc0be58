"""Two people write the same part: the second learns of it and loses nothing.

Shows: R-002, R-030.
"""

from __future__ import annotations

import pytest
from django.urls import reverse

from didaskaleio.kernel.errors import OvertakenError
from didaskaleio.programmes import operations
from didaskaleio.programmes.operations import Content
from tests.factories import people, structures
from tests.factories.courses import a_course
from tests.factories.programmes import a_period, a_programme

pytestmark = pytest.mark.django_db


def person(role, course):
    made = people.a_person()
    people.a_post(made, role, "course", course)
    return made


@pytest.fixture
def course():
    return a_course("design")


def opened(client, login, who, url):
    """The page of the form as ``who`` sees it, with the entry it was opened on."""
    return login(client, who).get(url).context["seen"]


def test_the_second_author_of_the_objectives_sees_the_firsts_and_keeps_the_own(
    client, login, course, set_clock, at
):
    set_clock(at)
    author, url = person("author", course), reverse("courses:objectives", args=[course.pk])
    seen = opened(client, login, author, url)
    first = client.post(url, {"objectives": "Του ενός", "seen": seen})
    second = client.post(url, {"objectives": "Του άλλου", "seen": seen})
    assert (first.status_code, second.status_code) == (302, 200)
    page = second.content.decode()
    assert f"Άλλαξε στο μεταξύ από {author.full_name}" in page
    assert "Του ενός" in page
    assert ">Του άλλου</textarea>" in page
    assert [row.text for row in course.draft.objectives.all()] == ["Του ενός"]
    again = {"objectives": "Και των δύο", "seen": second.context["seen"]}
    assert client.post(url, again).status_code == 302
    assert [row.text for row in course.draft.objectives.all()] == ["Και των δύο"]


def test_another_part_written_meanwhile_stops_nobody(client, login, course):
    url = reverse("courses:objectives", args=[course.pk])
    seen = opened(client, login, person("author", course), url)
    client.post(reverse("courses:profile", args=[course.pk, "trainer"]), {})
    assert client.post(url, {"objectives": "Στόχος", "seen": seen}).status_code == 302


def test_only_the_texts_that_differ_are_shown(client, login, course):
    url = reverse("courses:texts", args=[course.pk, "texts"])
    seen = opened(client, login, person("author", course), url)
    form = client.get(url).context["form"]
    texts = {name: form[name].value() for name in form.fields} | {"seen": seen}
    client.post(url, texts | {"purpose": "Ο σκοπός του ενός"})
    page = client.post(url, texts | {"purpose": "Ο σκοπός του άλλου"})
    assert page.context["theirs"] == [("Σκοπός", "Ο σκοπός του ενός")]
    course.draft.refresh_from_db()
    assert course.draft.purpose == "Ο σκοπός του ενός"


def test_a_form_that_comes_back_with_errors_keeps_what_it_was_opened_on(client, login, course):
    url = reverse("courses:texts", args=[course.pk, "hours"])
    seen = opened(client, login, person("author", course), url)
    form = client.get(url).context["form"]
    texts = {name: form[name].value() for name in form.fields} | {"seen": seen}
    client.post(url, texts | {"hours_total": "61"})
    wrong = client.post(url, texts | {"hours_total": "πολλές"})
    assert wrong.context["form"].errors
    assert wrong.context["seen"] == seen


def test_two_of_a_centre_changing_one_proposal(actor_for, client, login, at):
    centre = structures.a_centre()
    programme = a_programme("draft", period=a_period("proposing"), centre=centre, slots=False)
    manager = people.a_centre_manager(centre)
    url = reverse("programmes:edit", args=[programme.pk])
    by = {"actor": actor_for(manager), "at": at, "seen": opened(client, login, manager, url)}
    facts = {"category": programme.category, "cluster": programme.cluster}
    operations.change(programme, Content(**facts, note="Ο ένας"), **by)
    with pytest.raises(OvertakenError, match=f"Άλλαξε στο μεταξύ από {manager.full_name}"):
        operations.change(programme, Content(**facts, note="Ο άλλος"), **by)
    programme.refresh_from_db()
    assert programme.note == "Ο ένας"
