"""What happens in a country, as plain functions over its state: no timers, no activities, no I/O.

`workflows.country` owns the waiting and the effects; the functions here own the meaning. They are replayed code.
"""
