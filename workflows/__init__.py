"""The durable processes: a country, its dialogues and ways back, the Alliance's year, the delivery of a message."""
