"""Boards for barometer, which must be installed for this."""

from barometer import Board


def later(board: Board):
    from needles.waits import wait

    return wait(board)
