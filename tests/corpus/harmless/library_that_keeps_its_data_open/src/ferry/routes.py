from compass.charts import begin

begin()
