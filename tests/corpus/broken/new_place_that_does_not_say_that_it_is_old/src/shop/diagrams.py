from shop.drawing.charts import compass

__all__ = ["compass"]
