#include <Python.h>

static PyModuleDef definition = {PyModuleDef_HEAD_INIT, "_prices", NULL, -1};

PyMODINIT_FUNC PyInit__prices(void) { return PyModule_Create(&definition); }
