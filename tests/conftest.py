"""What holds for every test with random inputs."""

from hypothesis import HealthCheck, settings

# A busy machine stops now and then: how long an example takes says nothing here.
settings.register_profile(
    "unhurried", settings(), deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("unhurried")
