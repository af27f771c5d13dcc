"""Tests of the workflows, each on a throwaway real server under virtual time."""
