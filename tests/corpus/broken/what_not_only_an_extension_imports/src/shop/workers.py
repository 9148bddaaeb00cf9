def start(server):
    from gunicorn import util

    util.close_on_exec(server)
