# SPDX-License-Identifier: MIT
"""Hypothesis profiles: the gate is deterministic; `--hypothesis-profile=fuzz` (`make fuzz`) searches for long."""

from hypothesis import HealthCheck, settings

settings.register_profile("default", derandomize=True, deadline=None, max_examples=60)
settings.register_profile(
    "fuzz",
    derandomize=False,
    deadline=None,
    max_examples=3_000,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("default")
