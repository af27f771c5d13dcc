"""What happens in a country, in milliseconds: the process functions over a state, without a server."""
