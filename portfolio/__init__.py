"""Countries that come from paper: reading a portfolio (CSV), checking it, starting them in the middle."""
