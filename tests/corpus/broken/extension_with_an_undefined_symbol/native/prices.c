#include <Python.h>

extern int tax_of(int net);

static PyObject *gross(PyObject *module, PyObject *net) {
    return PyLong_FromLong(tax_of(PyLong_AsLong(net)));
}

static PyMethodDef methods[] = {{"gross", gross, METH_O, NULL}, {NULL, NULL, 0, NULL}};
static PyModuleDef definition = {PyModuleDef_HEAD_INIT, "_prices", NULL, 0, methods};

PyMODINIT_FUNC PyInit__prices(void) { return PyModuleDef_Init(&definition); }
