from unittest import mock

mock.patch("json.dumps").start()
