from shop._files import is_file

CHECKS = [is_file]
