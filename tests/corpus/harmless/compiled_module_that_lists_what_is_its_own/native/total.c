#include <Python.h>

static PyObject *total(PyObject *module, PyObject *prices) {
    return PyLong_FromSsize_t(PyObject_Length(prices));
}

static int list_all(PyObject *module) {
    return PyModule_AddObject(module, "__all__", Py_BuildValue("[ss]", "total", "_step"));
}

static PyMethodDef methods[] = {{"total", total, METH_O, NULL}, {NULL, NULL, 0, NULL}};
static PyModuleDef_Slot slots[] = {{Py_mod_exec, list_all}, {0, NULL}};
static PyModuleDef definition = {PyModuleDef_HEAD_INIT, "_total", NULL, 0, methods, slots};

PyMODINIT_FUNC PyInit__total(void) { return PyModuleDef_Init(&definition); }
