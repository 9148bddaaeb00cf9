#include <Python.h>

static PyModuleDef definition = {PyModuleDef_HEAD_INIT, "_prices"};

PyMODINIT_FUNC PyInit__prices(void) { return PyModuleDef_Init(&definition); }
