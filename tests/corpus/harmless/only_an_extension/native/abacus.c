#include <Python.h>

static PyModuleDef definition = {PyModuleDef_HEAD_INIT, "abacus"};

PyMODINIT_FUNC PyInit_abacus(void) { return PyModuleDef_Init(&definition); }
