import tides
import tides_charts

FIRST = tides.high(), tides_charts.SCALE
