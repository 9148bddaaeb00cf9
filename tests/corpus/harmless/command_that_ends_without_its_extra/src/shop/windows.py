import easel

WINDOW = easel.window()
