"""Παραμετρικές φόρμες (parametric forms): one engine, versioned; see ``docs/forms.md``."""
