"""What every page shows around its content: menu, name, notices, funding, the demo's bar."""

from __future__ import annotations

from typing import Any

from django.conf import settings

from didaskaleio.kernel import notices
from didaskaleio.kernel.web.http import Request


def shell(request: Request) -> dict[str, Any]:
    """The context of ``base.html``.

    ``funding`` is the project's sentence of identity: none, unless the view of a page about a
    funded action puts it in its own context, which stands above this one.
    """
    from didaskaleio.site import menus

    actor = getattr(request, "actor", None)
    if actor is None:
        return {"demo": False, "menu": menus.Menu(), "footer_links": menus.FOOTER}
    signed_in = actor.user_id is not None
    return {
        "actor": actor,
        "at": request.at,
        "menu": menus.menu(actor, request.path),
        "unread": notices.unread(actor.user_id) if signed_in else 0,
        "demo": settings.DEMO,
        "footer_links": menus.FOOTER,
        "funding": "",
        "role_line": menus.role_line(actor) if signed_in else "",
    }
