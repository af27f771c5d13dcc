"""What two processes must agree on: names and ids, messages, the state a country carries, the rows its activities write."""
