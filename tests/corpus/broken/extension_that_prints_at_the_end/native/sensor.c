#include <Python.h>
#include <stdio.h>

static PyModuleDef definition = {PyModuleDef_HEAD_INIT, "_sensor"};

PyMODINIT_FUNC PyInit__sensor(void) {
    puts("sensor ready");
    return PyModuleDef_Init(&definition);
}
