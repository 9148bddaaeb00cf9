import Tides
