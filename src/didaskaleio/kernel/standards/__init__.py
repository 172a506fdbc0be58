"""Standards (πρότυπα και οδηγίες): versioned texts with files, shown where they apply (R-007).

A room declares its stages (``stages``); a body or the ministry writes the texts; every page of a
stage shows those of its roles, and an act refuses whoever must acknowledge one and has not.
"""
