"""Boards for barometer."""

from barometer import Board


def later(board: Board):
    from needles.waits import wait

    return wait(board)
