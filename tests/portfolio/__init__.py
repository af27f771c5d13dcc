"""Tests of reading, checking and starting a portfolio."""
