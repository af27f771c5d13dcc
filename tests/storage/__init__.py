"""Tests of the read model and the document store."""
