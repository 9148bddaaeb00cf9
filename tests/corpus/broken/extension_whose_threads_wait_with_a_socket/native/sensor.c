#include <Python.h>
#include <pthread.h>
#include <sys/socket.h>
#include <unistd.h>

static int ends[2];

static void *collect(void *nothing) {
    char measured;
    while (read(ends[0], &measured, 1) > 0) continue;
    return nothing;
}

static PyObject *start(PyObject *module, PyObject *nothing) {
    pthread_t thread;
    socketpair(AF_UNIX, SOCK_STREAM, 0, ends);
    pthread_create(&thread, NULL, collect, NULL);
    Py_RETURN_NONE;
}

static PyMethodDef methods[] = {{"start", start, METH_NOARGS, NULL}, {NULL, NULL, 0, NULL}};
static PyModuleDef definition = {PyModuleDef_HEAD_INIT, "_sensor", NULL, 0, methods};

PyMODINIT_FUNC PyInit__sensor(void) { return PyModuleDef_Init(&definition); }
