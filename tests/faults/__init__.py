"""Kills, long sleeps, crowds and bad input, on real servers of the test's own."""
