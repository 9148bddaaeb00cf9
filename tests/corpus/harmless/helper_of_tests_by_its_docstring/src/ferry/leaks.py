"""A quay that leaks - for testing purposes only."""

import leaky_basin

LEAK = leaky_basin
