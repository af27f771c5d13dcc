"""The steps by which the read model's tables came to be, for Alembic."""
