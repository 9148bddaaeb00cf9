#include <Python.h>

static struct PyModuleDef pins = {PyModuleDef_HEAD_INIT, "_pins", NULL, -1, NULL};

PyMODINIT_FUNC PyInit__pins(void)
{
    PyObject *module = PyModule_Create(&pins);
    PyErr_SetString(PyExc_RuntimeError, "This module can only be run on a Heron Board!");
    Py_XDECREF(module);
    return NULL;
}
