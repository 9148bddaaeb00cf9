#include <Python.h>

static int fill(PyObject *module) {
    return PyModule_AddObjectRef(module, "Base", (PyObject *)&PyBaseObject_Type);
}

static PyModuleDef_Slot slots[] = {{Py_mod_exec, fill}, {0, NULL}};
static PyModuleDef definition = {PyModuleDef_HEAD_INIT, "_till", NULL, 0, NULL, slots};

PyMODINIT_FUNC PyInit__till(void) { return PyModuleDef_Init(&definition); }
