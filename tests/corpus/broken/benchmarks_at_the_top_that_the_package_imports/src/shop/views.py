from benchmarks.charts import CHART
