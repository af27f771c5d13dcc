"""The API under /api/v1: one file per resource.

It reads the read model, asks the country's process, and writes nothing itself.
"""
