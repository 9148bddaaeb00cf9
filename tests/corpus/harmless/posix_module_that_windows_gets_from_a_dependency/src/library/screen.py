import curses


def height():
    return curses.initscr().getmaxyx()[0]
