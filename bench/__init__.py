"""Measurements of what cannot be asserted in a test: it depends on the machine. Each prints its figures."""
