"""How our processes reach the Temporal server: one client, its TLS, and the keys that encrypt what it keeps."""
