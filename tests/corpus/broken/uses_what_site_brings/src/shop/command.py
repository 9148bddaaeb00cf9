QUIT = exit
