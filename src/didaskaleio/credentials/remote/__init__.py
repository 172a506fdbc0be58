"""Απομακρυσμένη υπογραφή (remote signing): the port, and the adapter to services that speak CSC."""
