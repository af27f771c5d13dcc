"""Whole lives on the real server under virtual time."""
