#include <Python.h>

static PyModuleDef_Slot slots[] = {
#ifdef Py_GIL_DISABLED
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
    {0, NULL},
};

static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, .m_name = "_total", .m_slots = slots};

PyMODINIT_FUNC PyInit__total(void) {
    return PyModuleDef_Init(&module);
}
