"""Tests of what the workflows make happen: rows, archives, mail."""
