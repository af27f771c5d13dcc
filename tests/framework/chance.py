"""How the property tests search: the same cases in every run, and no clock to fail by on a busy machine."""

from hypothesis import HealthCheck, settings

STEADY = settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)
