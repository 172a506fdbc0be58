"""A request larger than any door takes is refused before anything of it is read."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.urls import reverse

from didaskaleio.kernel import files
from didaskaleio.kernel.web import middleware
from tests.factories import people

DEPLOY = Path(__file__).parents[2] / "deploy"
pytestmark = pytest.mark.django_db
GIGABYTE = 1024**3


class Unread:
    """A body that nobody may touch."""

    def read(self, *_sizes):
        raise AssertionError("the body was read")

    readline = read


@pytest.mark.parametrize("size", [2 * GIGABYTE, middleware.LARGEST_REQUEST + 1, 10**30])
def test_a_huge_file_is_refused_unread_with_what_to_do(client, login, set_clock, at, size):
    set_clock(at)
    login(client, people.a_teacher())
    answer = client.post(
        reverse("registers:wallet"),
        **{"CONTENT_LENGTH": str(size), "wsgi.input": Unread()},
    )
    assert answer.status_code == 413
    page = answer.content.decode()
    assert "έως 64 MB" in page
    assert "μικρότερο αρχείο" in page


def test_a_length_that_is_no_number_is_no_reason_to_fail(client):
    answer = client.get(reverse("portal:front"), CONTENT_LENGTH="²")
    assert answer.status_code == 200


def test_no_kind_of_file_is_larger_than_what_a_request_may_be():
    assert max(kind.limit for kind in files.kinds.values()) <= middleware.LARGEST_UPLOAD


@pytest.mark.parametrize("name", ["nginx/didaskaleio.conf", "kubernetes/40-web.yaml"])
def test_what_stands_before_the_platform_lets_the_largest_request_through(name):
    [told] = re.findall(r"body[_-]size:? (\d+)m", (DEPLOY / name).read_text())
    assert int(told) * files.MEGABYTE == middleware.LARGEST_REQUEST
