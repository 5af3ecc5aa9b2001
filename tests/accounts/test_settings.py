"""What the environment says of the mail server."""

import pytest

from annotation_site.settings import _email


@pytest.mark.parametrize(
    ("url", "port", "tls", "ssl"),
    [
        ("smtp://localhost", 25, False, False),
        ("smtp://localhost:1025", 1025, False, False),
        ("smtp://crest:secret@mail.lab.example", 587, True, False),
        ("smtps://crest:secret@mail.lab.example", 465, False, True),
        ("smtps://mail.lab.example:4465", 4465, False, True),
    ],
)
def test_a_password_is_never_sent_in_the_clear(url, port, tls, ssl):
    found = _email(url)

    assert (found["EMAIL_PORT"], found["EMAIL_USE_TLS"], found["EMAIL_USE_SSL"]) == (port, tls, ssl)
    assert found["EMAIL_TIMEOUT"] == 10


def test_names_may_hold_any_character():
    found = _email(
        "smtp://crest%40lab:p%2Fw%3A%25@mail.lab.example?from=Crest%20%3Cc@lab.example%3E"
    )

    assert found["EMAIL_HOST"] == "mail.lab.example"
    assert found["EMAIL_HOST_USER"] == "crest@lab"
    assert found["EMAIL_HOST_PASSWORD"] == "p/w:%"
    assert found["DEFAULT_FROM_EMAIL"] == "Crest <c@lab.example>"


def test_the_sender_is_of_this_site_if_nobody_says():
    assert _email("smtp://localhost")["DEFAULT_FROM_EMAIL"] == "crest@127.0.0.1"


@pytest.mark.parametrize("url", ["mail.lab.example", "http://mail.lab.example", "smtp://", "smtp:"])
def test_what_is_no_mail_server_is_refused_at_once(url):
    with pytest.raises(ValueError, match="CREST_EMAIL_URL"):
        _email(url)
