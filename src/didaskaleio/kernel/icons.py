"""Εικονίδια: the signs of the interface, one table of outlines on a 24 × 24 grid.

Drawn with a stroke of the text's own colour (class ``icon``), so they follow every theme.
"""

from __future__ import annotations

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

ICONS: dict[str, str] = {
    "add": '<path d="M12 5v14M5 12h14"/>',
    "bell": '<path d="M6 16V10a6 6 0 0 1 12 0v6l2 2H4zM10 21h4"/>',
    "bin": '<path d="M4 7h16M9 7V4h6v3M6 7l1 14h10l1-14"/>',
    "calendar": '<rect x="3" y="5" width="18" height="16" rx="2"/>'
    '<path d="M3 10h18M8 3v4M16 3v4"/>',
    "camera": '<rect x="2" y="6" width="13" height="12" rx="2"/><path d="m15 11 7-4v10l-7-4"/>',
    "chevron": '<path d="m9 5 7 7-7 7"/>',
    "clock": '<circle cx="12" cy="12" r="9"/><path d="M12 7v5l3.5 2"/>',
    "copy": '<rect x="8" y="8" width="13" height="13" rx="2"/><path d="M16 8V3H3v13h5"/>',
    "cross": '<path d="M5 5l14 14M19 5 5 19"/>',
    "dot": '<circle cx="12" cy="12" r="3"/>',
    "down": '<path d="M12 4v15M5 13l7 7 7-7"/>',
    "download": '<path d="M12 3v12M6 10l6 6 6-6M4 21h16"/>',
    "file": '<path d="M6 2h8l5 5v15H6zM14 2v5h5"/>',
    "filter": '<path d="M3 5h18l-7 8v6l-4 2v-8z"/>',
    "grip": '<path d="M4 8h16M4 12h16M4 16h16"/>',
    "help": '<circle cx="12" cy="12" r="9"/>'
    '<path d="M9.5 9.5a2.5 2.5 0 1 1 3.5 2.3c-.7.4-1 .9-1 1.7M12 17h.01"/>',
    "info": '<circle cx="12" cy="12" r="9"/><path d="M12 11v6M12 7.5h.01"/>',
    "lock": '<rect x="4" y="11" width="16" height="10" rx="2"/><path d="M8 11V7a4 4 0 0 1 8 0v4"/>',
    "mail": '<rect x="3" y="5" width="18" height="14" rx="2"/><path d="m3 7 9 7 9-7"/>',
    "menu": '<path d="M3 6h18M3 12h18M3 18h18"/>',
    "minus": '<path d="M5 12h14"/>',
    "offline": '<path d="M2 2l20 20M8.5 16.5a5 5 0 0 1 7 0M5 12.5a10 10 0 0 1 5-2.6'
    'M19 12.5a10 10 0 0 0-3-2M12 20h.01"/>',
    "pen": '<path d="M4 20l1-5L16 4l4 4L9 19zM13 7l4 4"/>',
    "person": '<circle cx="12" cy="8" r="4"/><path d="M4 21a8 8 0 0 1 16 0"/>',
    "place": '<path d="M12 22s7-7 7-12a7 7 0 0 0-14 0c0 5 7 12 7 12z"/>'
    '<circle cx="12" cy="10" r="2.5"/>',
    "print": '<path d="M7 9V3h10v6M7 17H3V9h18v8h-4M7 14h10v7H7z"/>',
    "search": '<circle cx="10.5" cy="10.5" r="6.5"/><path d="m15.5 15.5 5.5 5.5"/>',
    "shield": '<path d="M12 2 4 5v6c0 5 3.5 9 8 11 4.5-2 8-6 8-11V5z"/><path d="m8 12 3 3 5-6"/>',
    "sort": '<path d="M8 4v16M4 16l4 4 4-4M16 20V4M12 8l4-4 4 4"/>',
    "tick": '<path d="M4 12.5 9.5 18 20 6.5"/>',
    "up": '<path d="M12 20V5M5 11l7-7 7 7"/>',
    "upload": '<path d="M12 16V4M6 9l6-6 6 6M4 21h16"/>',
    "warning": '<path d="M12 3 2 20h20zM12 10v5M12 17.5h.01"/>',
}


def icon(name: str, title: str = "") -> SafeString:
    """The outline called ``name`` as SVG; with ``title`` it is read aloud, else it is hidden.

    Raises KeyError for a name that the table does not have: a misspelt sign is a bug.
    """
    outline = mark_safe(ICONS[name])
    if title:
        return format_html(
            '<svg class="icon" viewBox="0 0 24 24" role="img" aria-label="{}">{}</svg>',
            title,
            outline,
        )
    return format_html('<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">{}</svg>', outline)
