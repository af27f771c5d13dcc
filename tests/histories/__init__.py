"""Recorded histories and carried states: what lived once must live on under every later version."""
