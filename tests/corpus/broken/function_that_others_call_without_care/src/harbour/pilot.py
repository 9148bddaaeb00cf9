from harbour.charts import Chart


def guide(name: str) -> str:
    try:
        chart = Chart(name)
    except KeyError as error:
        raise ImportError("no chart") from error
    return str(chart)
