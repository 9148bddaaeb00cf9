from msvcrt import getch
