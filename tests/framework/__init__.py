"""The framework's rules, clause by clause: table-driven, in milliseconds, nothing started."""
