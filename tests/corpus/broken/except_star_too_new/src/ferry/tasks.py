def run(task):
    try:
        task()
    except* ValueError:
        task = None
