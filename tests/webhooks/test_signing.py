"""Signatures, held against the specification's own library."""

from datetime import UTC, datetime

import pytest
from standardwebhooks import Webhook, WebhookVerificationError

from annotation_site.common.sealing import SealBroken
from annotation_site.webhooks.signing import BOX, new_secret, sign

BODY = '{"text": "Ein Hündchen läuft."}'.encode()


def signed(*secrets: str, timestamp: int | None = None) -> dict[str, str]:
    """The headers of a message of now: the specification believes none that is minutes old."""
    return sign(secrets=secrets, number="evt_1", timestamp=timestamp or now(), body=BODY)


def now() -> int:
    return int(datetime.now(UTC).timestamp())


def test_the_specification_s_library_believes_it() -> None:
    secret = new_secret()
    assert Webhook(secret).verify(BODY, signed(secret)) == {"text": "Ein Hündchen läuft."}


def test_it_says_what_the_specification_s_library_says() -> None:
    secret = new_secret()
    at = now()
    theirs = Webhook(secret).sign("evt_1", datetime.fromtimestamp(at, UTC), BODY.decode())
    assert signed(secret, timestamp=at)["webhook-signature"] == theirs


@pytest.mark.parametrize("header", ["webhook-id", "webhook-timestamp"])
def test_another_id_or_time_is_not_believed(header: str) -> None:
    secret = new_secret()
    others = {"webhook-id": "evt_2", "webhook-timestamp": str(now() - 1)}
    with pytest.raises(WebhookVerificationError):
        Webhook(secret).verify(BODY, {**signed(secret), header: others[header]})


def test_another_body_or_an_old_message_is_not_believed() -> None:
    secret = new_secret()
    with pytest.raises(WebhookVerificationError):
        Webhook(secret).verify(BODY + b" ", signed(secret))
    with pytest.raises(WebhookVerificationError):
        Webhook(secret).verify(BODY, signed(secret, timestamp=now() - 3600))


def test_either_of_two_secrets_will_do() -> None:
    secrets = [new_secret(), new_secret()]
    headers = signed(*secrets)
    for secret in secrets:
        Webhook(secret).verify(BODY, headers)
    with pytest.raises(WebhookVerificationError):
        Webhook(new_secret()).verify(BODY, headers)


def test_a_sealed_secret_cannot_be_read_and_opens_under_the_same_key_only(settings) -> None:
    secret = new_secret()
    sealed = BOX.seal(secret)
    assert secret not in sealed
    assert BOX.unseal(sealed) == secret
    settings.SECRET_KEY = "another key of Django's"
    with pytest.raises(SealBroken):
        BOX.unseal(sealed)
