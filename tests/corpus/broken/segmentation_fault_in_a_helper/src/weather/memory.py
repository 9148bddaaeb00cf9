import ctypes


def peek(address):
    return ctypes.c_char.from_address(address).value
