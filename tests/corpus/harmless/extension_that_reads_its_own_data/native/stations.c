#include <Python.h>
#include <stdio.h>

static PyObject *begin(PyObject *module, PyObject *name) {
    return PyBool_FromLong(fopen(PyUnicode_AsUTF8(name), "r") != NULL);
}

static PyMethodDef methods[] = {{"begin", begin, METH_O, NULL}, {NULL, NULL, 0, NULL}};
static PyModuleDef definition = {PyModuleDef_HEAD_INIT, "_stations", NULL, 0, methods};

PyMODINIT_FUNC PyInit__stations(void) { return PyModuleDef_Init(&definition); }
