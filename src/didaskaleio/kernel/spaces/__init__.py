"""Spaces (χώροι): what a course or an action needs opened in this and other systems (R-006).

A lower room declares what its objects need; an upper room, once it exists, says how it opens one.
What is owed follows from the declarations and the objects; only decisions are stored.
"""
