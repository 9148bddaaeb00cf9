import easel

CHART = easel.chart()
