import easel

FIGURE = easel.figure()
