"""Tests of set-up and supervision."""
