from sail.demands import demand, is_main_thread

demand(is_main_thread(), "the display belongs to the thread that the program begins in")
