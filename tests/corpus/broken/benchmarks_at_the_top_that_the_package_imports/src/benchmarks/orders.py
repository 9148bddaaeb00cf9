from almanac import none_such

TIME = none_such()
