"""The accountability framework of Alliance 8.7 as pure rules: standard library only, no clock, no I/O, no randomness.

Everything here takes facts in and gives findings, dates or answers out. It is called from workflows, so it is replayed
code: a rule that changes meaning gets a new edition (`framework.editions`), it is never changed in place.
"""
