from ferry.charts import draw
