"""Pages as tests read them: how a template is broken into lines makes no difference."""

from __future__ import annotations

import re

EDGES = (
    (r"[ \t\r\n]+", " "),
    (r"(<[^>]*?) (/?>)", r"\1\2"),  # before the end of a tag
    (r"(<[a-z][^>]*>) ", r"\1"),  # after an opening tag
    (r" (</)", r"\1"),
    (r"> <", "><"),
)


def squeezed(html):
    """Markup without the spaces at the edges of elements and between them."""
    for pattern, instead in EDGES:
        html = re.sub(pattern, instead, html)
    return html.strip()


def markup(response):
    """The squeezed markup of an answer, whatever its status."""
    return squeezed(response.content.decode())
