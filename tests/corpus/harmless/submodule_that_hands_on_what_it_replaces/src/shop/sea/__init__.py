from almanac import tables
