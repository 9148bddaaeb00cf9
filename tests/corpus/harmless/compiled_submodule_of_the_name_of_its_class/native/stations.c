#include <Python.h>

static struct PyModuleDef definition = {PyModuleDef_HEAD_INIT, "stations", NULL, 0, NULL};

PyMODINIT_FUNC PyInit_stations(void) {
    PyObject *module = PyModule_Create(&definition);
    PyModule_AddStringConstant(module, "first", "harbour");
    return module;
}
