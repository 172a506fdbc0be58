"""Acts of room finance (πράξεις): payees, templates, contracts."""
