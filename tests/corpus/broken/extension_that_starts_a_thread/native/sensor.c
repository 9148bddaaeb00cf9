#include <Python.h>
#include <pthread.h>
#include <unistd.h>

static void *collect(void *nothing) {
    for (;;) sleep(60);
    return nothing;
}

static PyModuleDef definition = {PyModuleDef_HEAD_INIT, "_sensor"};

PyMODINIT_FUNC PyInit__sensor(void) {
    pthread_t thread;
    pthread_create(&thread, NULL, collect, NULL);
    return PyModuleDef_Init(&definition);
}
