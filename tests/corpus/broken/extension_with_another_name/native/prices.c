#include <Python.h>

static PyModuleDef definition = {PyModuleDef_HEAD_INIT, "_rates"};

PyMODINIT_FUNC PyInit__rates(void) { return PyModuleDef_Init(&definition); }
