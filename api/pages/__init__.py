"""Pages for people: drawn on the server, in English, French and Spanish, whole without scripts."""
