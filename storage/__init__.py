"""The read model and the document store: the only room that speaks SQL. The workflows can fill it anew."""
