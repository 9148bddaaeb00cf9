"""Quays in a basin, for testing."""

import basin_maker


def quay() -> object:
    return basin_maker.Quay()
