"""Αντικείμενα της οθόνης: the one tag library of all rooms (``{% load ui %}``).

Small things that stand in rows are built here; larger ones have a template in ``kernel/ui``.
Colours are named by meaning: info, good, wait, bad, move or empty for calm.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django import template
from django.forms import BoundField
from django.http import QueryDict
from django.template import Context
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from didaskaleio.kernel import (
    access,
    dates_display,
    field_display,
    greek,
    history_display,
    icons,
    list_display,
    reports,
    words_display,
)
from didaskaleio.kernel import printouts as papers
from didaskaleio.kernel import tilemap as tiles
from didaskaleio.kernel.paging import Page
from didaskaleio.kernel.standards import queries

register = template.Library()
KINDS = frozenset({"", "info", "good", "wait", "bad", "move", "line"})
NOTE_ICONS = {"info": "info", "good": "tick", "wait": "warning", "bad": "cross"}

register.simple_tag(icons.icon, name="icon")
for each in words_display.FILTERS:
    register.filter(each.__name__, each)


def _checked(kind: str, allowed: Iterable[str]) -> str:
    if kind not in allowed:
        raise template.TemplateSyntaxError(f"unknown kind: {kind}")
    return kind


# Signs and figures ---------------------------------------------------------------------------


@register.simple_tag
def tag(label: object, kind: str = "", sign: str = "") -> SafeString:
    """Κατάσταση: a state in words on its colour; ``sign`` is the name of an icon."""
    colour = f" tag--{kind}" if _checked(kind or "", KINDS) else ""
    drawn = icons.icon(sign) if sign else ""
    return format_html('<span class="tag{}">{}{}</span>', colour, drawn, label)


@register.simple_tag
def state(lifecycle: Any, code: str) -> SafeString:
    """Κατάσταση κύκλου ζωής: the tag of state ``code`` as its life cycle names and colours it."""
    return tag(lifecycle.states(code).label, lifecycle.kind(code))


@register.simple_tag
def meter(
    value: int,
    maximum: int = 15,
    minimum: int = 10,
    noun: str = "",
    *,
    small: bool = False,
    places: bool = False,
) -> SafeString:
    """Ζήτηση ή θέσεις: ``value`` as a bar against two marks (enough to run, places there are).

    Blue below the minimum, green up to the maximum, amber beyond it. Demand may be many times
    the places: the bar goes to twice the maximum; with ``places`` it ends at the maximum.
    """
    scale = max(maximum if places else 2 * maximum, value, 1)
    colour = "full" if value < minimum else "ok" if value <= maximum else "over"
    words = f"{greek.number(value)} {noun}".strip()
    marks = format_html_join(
        "",
        '<rect class="mark" x="{}" width="1" height="10"/>',
        ((f"{min(99.0, 100 * mark / scale):.1f}",) for mark in (minimum, maximum)),
    )
    return format_html(
        '<svg class="bar{}" viewBox="0 0 100 10" preserveAspectRatio="none" role="img" '
        'aria-label="{}, ελάχιστο {}, μέγιστο {}"><rect class="bg" width="100" height="10"/>'
        '<rect class="{}" width="{}" height="10"/>{}</svg>',
        " seats" if small else "",
        words,
        minimum,
        maximum,
        colour,
        f"{100 * max(value, 0) / scale:.1f}",
        marks,
    )


@register.simple_tag
def facts(pairs: Iterable[tuple[object, object]], *, rule: bool = False) -> SafeString:
    """Στοιχεία: pairs of label and value; an empty value shows as a dash."""
    each = "<div><dt>{}</dt><dd>{}</dd></div>" if rule else "<dt>{}</dt><dd>{}</dd>"
    shown = (
        (name, words_display.NOTHING if value is None or value == "" else value)
        for name, value in pairs
    )
    return format_html(
        '<dl class="{}">{}</dl>',
        "facts-rule" if rule else "facts",
        format_html_join("", each, shown),
    )


@register.simple_tag
def jobbar(done: int, total: int, label: str, hint: str = "") -> SafeString:
    """Εργασία σε εξέλιξη: how much of a long act is done."""
    note = format_html('<p class="small quiet">{}</p>', hint) if hint else ""
    return format_html(
        '<div class="card stack-s"><p class="row apart"><span>{}</span><span class="num">'
        '<strong>{}</strong> από {}</span></p><progress class="jobbar" aria-label="{}" max="{}" '
        'value="{}"></progress>{}</div>',
        label,
        greek.number(done),
        greek.number(total),
        label,
        max(total, 1),
        done,
        note,
    )


@register.simple_tag
def empty(title: str, text: str = "", url: str = "", label: str = "") -> SafeString:
    """Κενό: says that there is nothing here, why, and what the person can do."""
    words = format_html("<p>{}</p>", text) if text else ""
    way = format_html('<a class="d-btn" href="{}">{}</a>', url, label) if url and label else ""
    return format_html('<div class="empty"><h2 class="h3">{}</h2>{}{}</div>', title, words, way)


# Boxes with content --------------------------------------------------------------------------


@register.simple_block_tag(end_name="endnote")
def note(content: str, kind: str = "info", title: str = "") -> SafeString:
    """Μήνυμα: info, good, wait or bad."""
    sign = icons.icon(NOTE_ICONS[_checked(kind, NOTE_ICONS)])
    head = format_html('<h2 class="h4">{}</h2>', title) if title else ""
    return format_html(
        '<div class="note note--{}">{}<div class="stack-s">{}{}</div></div>',
        kind,
        sign,
        head,
        content,
    )


@register.simple_block_tag(end_name="endcard")
def card(content: str, title: str = "", kind: str = "") -> SafeString:
    """Κάρτα: a box; ``kind`` is empty, wash (grey) or tight."""
    colour = f" card--{kind}" if _checked(kind, {"", "wash", "tight"}) else ""
    head = format_html("<h2>{}</h2>", title) if title else ""
    return format_html('<div class="card stack{}">{}{}</div>', colour, head, content)


@register.simple_block_tag(end_name="endverdict")
def verdict(content: str, *, good: bool, title: str) -> SafeString:
    """Ετυμηγορία: the one large answer of a page, e.g. a certificate is genuine or not."""
    return format_html(
        '<div class="verdict{}">{}<div><h2>{}</h2>{}</div></div>',
        "" if good else " verdict--bad",
        icons.icon("shield" if good else "cross"),
        title,
        content,
    )


@register.simple_block_tag(end_name="endconfirm")
def confirm(content: str, key: str, title: str, yes: str, *, danger: bool = False) -> SafeString:
    """Διάλογος: opened by a submit button with ``data-confirm="key"`` of the same form.

    Stands inside the form, so that fields in it are sent along. Without scripts the button
    submits at once.
    """
    look = "d-btn d-btn--bad" if danger else "govgr-btn govgr-btn-primary"
    return format_html(
        '<dialog class="dialog" id="{0}" aria-labelledby="{0}-title"><div class="stack">'
        '<h2 class="h3" id="{0}-title">{1}</h2>{2}<div class="row">'
        '<button type="button" class="{3}" data-yes>{4}</button>'
        '<button type="button" class="d-btn" data-no>Άκυρο</button></div></div></dialog>',
        key,
        title,
        content,
        look,
        yes,
    )


# Forms ---------------------------------------------------------------------------------------


@register.inclusion_tag("kernel/ui/field.html")
def field(bound: BoundField) -> dict[str, Any]:
    """Πεδίο: label, hint (help_text), errors and the control, tied together."""
    return field_display.shown(bound)


@register.inclusion_tag("kernel/ui/errors.html")
def errors(form: Any) -> dict[str, Any]:
    """Σύνοψη σφαλμάτων of a form, formset or list of forms, each leading to its field."""
    found = field_display.problems(form)
    return {"problems": found, "title": f"Διορθώστε {greek.count(len(found), 'σημείο', 'σημεία')}"}


# Time, history -------------------------------------------------------------------------------


@register.inclusion_tag("kernel/ui/phases.html")
def phases(items: Iterable[Any]) -> dict[str, Any]:
    """Φάσεις: items with label, when, what and status (done, now, next)."""
    return {"items": list(items)}


@register.inclusion_tag("kernel/ui/steps.html")
def steps(items: Iterable[Any], current: int) -> dict[str, Any]:
    """Βήματα: words, or items with label and url; ``current`` counts from 1."""
    return {"steps": history_display.wizard_steps(items, current)}


@register.inclusion_tag("kernel/ui/journal.html")
def journal(entries: Iterable[Any], states: Any = None, *, small: bool = False) -> dict[str, Any]:
    """Ιστορικό: who, when, what, why; ``states`` (TextChoices) turns from → to into words."""
    return {"lines": history_display.journal_lines(entries, states), "small": small}


@register.inclusion_tag("kernel/ui/deadline.html")
def deadline(moment: datetime, now: datetime | None = None, *, big: bool = False) -> dict[str, Any]:
    """Προθεσμία: the moment in full with its zone; with ``now`` also what is left."""
    left = moment - now if now else None
    running = left is not None and left.total_seconds() > 0
    return {
        "moment": moment,
        "now": now,
        "big": big,
        "past": left is not None and not running,
        "left": dates_display.remaining(left) if left and running else "",
        "units": dates_display.units_left(left) if left and running else [],
    }


@register.inclusion_tag("kernel/ui/tilemap.html")
def tilemap(values: Mapping[str, int], noun: str, label: str = "") -> dict[str, Any]:
    """Χάρτης πλακιδίων: regional unit code → count, with the same figures as a table."""
    return {
        "map": tiles.tilemap(values),
        "noun": noun,
        "label": label or f"{noun} ανά περιφερειακή ενότητα",
    }


# Lists ---------------------------------------------------------------------------------------


def _query(context: Context) -> QueryDict:
    request = context.get("request")
    return request.GET if request else QueryDict()


@register.inclusion_tag("kernel/ui/pager.html", takes_context=True)
def pager(context: Context, page: Page, label: str = "Σελίδες") -> dict[str, Any]:
    """Σελίδες: numbers around the present page; the rest of the address is kept."""
    return {"page": page, "label": label} | list_display.pages(_query(context), page)


@register.inclusion_tag("kernel/ui/tabs.html")
def tabs(shown: Iterable[Any], label: str = "Κατάσταση") -> dict[str, Any]:
    """Όψεις ενός καταλόγου: tabs with their counts, as ``kernel/web/desks.py`` makes them."""
    return {"tabs": list(shown), "label": label}


@register.simple_tag(takes_context=True)
def sort_th(context: Context, name: str, title: str, *, num: bool = False) -> SafeString:
    """Επικεφαλίδα στήλης that orders by ``?order=name`` and, pressed again, the other way."""
    return list_display.ordering_head(_query(context), name, title, num=num)


@register.simple_tag(takes_context=True)
def crumb_url(context: Context, crumb: Mapping[str, str]) -> str:
    """Where a crumb leads; nowhere for whom the permission that it ``needs`` is not given."""
    needs = crumb.get("needs", "")
    if needs and not access.allowed(context["request"].actor, needs):
        return ""
    return crumb.get("url", "")


@register.inclusion_tag("kernel/ui/reason.html", takes_context=True)
def reason(
    context: Context,
    url: str,
    label: str,
    key: object,
    *,
    yes: str = "",
    name: str = "Αιτιολογία",
    hint: str = "Γράφεται στο ιστορικό.",
    about: object = "",
    most: int = 500,
    danger: bool = False,
    small: bool = False,
) -> dict[str, Any]:
    """Πράξη με αιτιολογία: a button that opens the field of the reason and the act itself.

    ``key`` tells the form from others of the page, ``about`` tells a blind user which row it is.
    """
    words = {"label": label, "yes": yes or label, "name": name, "hint": hint, "about": about}
    shape = {"url": url, "key": key, "most": most, "danger": danger, "small": small}
    return words | shape | {"csrf_token": context.get("csrf_token")}


@register.inclusion_tag("kernel/standards/here.html", takes_context=True)
def standards(context: Context) -> dict[str, Any]:
    """Πρότυπα και οδηγίες of the stage to which the page belongs, for the person who opens it."""
    request = context.get("request")
    match = getattr(request, "resolver_match", None)
    actor = getattr(request, "actor", None)
    if match is None or actor is None:
        return {"found": []}
    found = queries.on_page(match.view_name, match.kwargs, actor)
    owed = [row for row in found if row.demanded and not row.read]  # type: ignore[attr-defined]
    return {"found": found, "owed": owed, "csrf_token": context.get("csrf_token")}


@register.inclusion_tag("kernel/ui/printouts.html", takes_context=True)
def printouts(context: Context, thing: Any) -> dict[str, Any]:
    """Έντυπα about one object, for the person who opens the page."""
    actor = getattr(context.get("request"), "actor", None)
    found = [] if actor is None else papers.about(thing, actor)
    return {"papers": found, "thing": thing}


@register.inclusion_tag("kernel/ui/report_menu.html", takes_context=True)
def report_menu(context: Context, room: str) -> dict[str, Any]:
    """Αναφορές of one room that the posts of the person open."""
    actor = getattr(context.get("request"), "actor", None)
    return {"reports": [] if actor is None else list(reports.of_room(room, actor))}
