from shop.drawing.charts import compass
