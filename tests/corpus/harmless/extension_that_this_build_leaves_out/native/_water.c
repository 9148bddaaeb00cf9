#include <Python.h>

static struct PyModuleDef definition = {PyModuleDef_HEAD_INIT, "_water", NULL, 0, NULL};

PyMODINIT_FUNC PyInit__water(void) {
    return PyModule_Create(&definition);
}
