"""Attacks, each named after its row in the fault catalogue, and what becomes of them."""
