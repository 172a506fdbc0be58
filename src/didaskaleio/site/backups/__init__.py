"""Αντίγραφα ασφαλείας (backups): the database and its files, taken together and put back."""
