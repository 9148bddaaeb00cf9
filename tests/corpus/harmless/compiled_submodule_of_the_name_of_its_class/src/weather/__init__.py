from weather.stations import first as stations

__all__ = ["stations"]
