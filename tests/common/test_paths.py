import os
from pathlib import Path

import pytest

from annotation_site.common.paths import LONGEST_SOCKET_NAME, SOCKET_PATH_LIMIT, DataDirectory


def test_the_services_listen_inside_where_that_can_be():
    assert DataDirectory(Path("/srv/crest")).sockets == Path("/srv/crest/run")


@pytest.mark.parametrize("root", ["/srv/" + "long/" * 20, "/srv/" + "ü" * 45, "/srv/one,two"])
def test_they_listen_elsewhere_where_a_socket_cannot_be(root):
    sockets = DataDirectory(Path(root)).sockets
    assert not sockets.is_relative_to(root)
    assert len(os.fsencode(sockets / LONGEST_SOCKET_NAME)) < SOCKET_PATH_LIMIT
    assert sockets == DataDirectory(Path(root)).sockets
    assert sockets != DataDirectory(Path(root + "2")).sockets
