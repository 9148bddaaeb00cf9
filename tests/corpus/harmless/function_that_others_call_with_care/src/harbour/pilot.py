from harbour.charts import Chart


def guide() -> str:
    try:
        chart = Chart()
    except ImportError:
        return "no chart, for cartographer is not installed"
    return str(chart)
