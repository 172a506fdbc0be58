"""Η σελίδα του δοκιμαστικού παρόχου (stand-in's page): who are you, and may this be signed?"""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

PAGE = """<!doctype html><html lang="el"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><title>{title}</title>
<style>body{{font:1.1rem/1.5 sans-serif;max-width:34rem;margin:2rem auto;padding:0 1rem}}
label{{display:block;margin:1rem 0}}input{{display:block;font:inherit;padding:.4rem;width:100%;
box-sizing:border-box}}button{{font:inherit;padding:.6rem 1.2rem;margin:.5rem .5rem 0 0}}
code{{word-break:break-all}}</style></head><body><main><h1>{title}</h1>
<p>Δοκιμαστική υπηρεσία: τα πρόσωπα είναι επινοημένα και οι υπογραφές δεν έχουν ισχύ.</p>
<form method="post" action="/csc/v2/oauth2/authorize">{hidden}{fields}
<label>PIN (στην επίδειξη {pin})<input name="pin" value="{pin}" autocomplete="off"></label>
<button name="answer" value="yes">{yes}</button><button name="answer" value="no"
formnovalidate>Άρνηση</button>
</form></main></body></html>"""
WHO = (
    ("given_name", "Όνομα", " required"),
    ("surname", "Επώνυμο", " required"),
    ("afm", "Α.Φ.Μ. (προαιρετικά)", ""),
)


def page_of(asked: Mapping[str, str], title: str, pin: str) -> str:
    """The page that asks: for the name at the entrance, for the hash before a signature."""
    signing = asked.get("scope") == "credential"
    hidden = "".join(
        f'<input type="hidden" name="{escape(name)}" value="{escape(value)}">'
        for name, value in asked.items()
    )
    if signing:
        fields = (
            f"<p>Θα υπογραφεί: <strong>{escape(asked.get('description', ''))}</strong></p>"
            f"<p>Αποτύπωμα: <code>{escape(asked.get('hashes', ''))}</code></p>"
        )
    else:
        fields = "".join(
            f'<label>{label}<input name="{name}"{must}></label>' for name, label, must in WHO
        )
    yes = "Υπογραφή" if signing else "Συνέχεια"
    return PAGE.format(title=escape(title), hidden=hidden, fields=fields, pin=pin, yes=yes)
