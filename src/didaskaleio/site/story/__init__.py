"""The story of the demonstration (ιστορία της επίδειξης): people, courses and four periods.

Everything that happened is done by the operations of the rooms, at the moments at which it
would have happened, so that journals, numbers, hashes and notices are as in real life. All
people and schools are invented.
"""
