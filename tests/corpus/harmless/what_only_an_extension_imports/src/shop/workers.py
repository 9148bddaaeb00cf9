bind = "127.0.0.1:8000"


def post_fork(server, worker):
    from gunicorn import util

    util.close_on_exec(server)
