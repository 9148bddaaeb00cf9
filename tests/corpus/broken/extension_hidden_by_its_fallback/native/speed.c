#include <Python.h>

extern int fast_sum(void);

static PyModuleDef definition = {PyModuleDef_HEAD_INIT, "_speed"};

PyMODINIT_FUNC PyInit__speed(void) {
    return fast_sum() ? PyModuleDef_Init(&definition) : NULL;
}
