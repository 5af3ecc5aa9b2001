import os
import socket

import pytest

from annotation_site.common import ports


@pytest.fixture
def listener():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield listener


def test_a_port_is_taken_while_somebody_listens(listener):
    port = listener.getsockname()[1]
    assert not ports.is_free("127.0.0.1", port)
    listener.close()
    assert ports.is_free("127.0.0.1", port)


def test_who_listens_is_named(listener):
    assert ports.holder(listener.getsockname()[1]).startswith(f"process {os.getpid()} (")


def test_nobody_is_accused_of_a_port_that_is_free(listener):
    port = listener.getsockname()[1]
    listener.close()
    assert ports.holder(port) == "another program"
