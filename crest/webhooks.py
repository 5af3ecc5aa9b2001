"""Webhooks: whom the site tells of what happens, and what became of each message."""

from collections.abc import Iterator
from typing import Unpack

from crest import schema
from crest.part import Part


class Webhooks(Part):
    def list(self) -> Iterator[schema.WebhookOut]:
        return self._pages("webhooks")

    def get(self, webhook: int) -> schema.WebhookOut:
        return self._get(f"webhooks/{webhook}")

    def make(self, **wish: Unpack[schema.WebhookInRequest]) -> schema.WebhookWithSecret:
        """Make one. Its secret is shown now, and never again."""
        return self._post("webhooks", wish)

    def change(
        self, webhook: int, **changes: Unpack[schema.PatchedWebhookChangeRequest]
    ) -> schema.WebhookOut:
        return self._patch(f"webhooks/{webhook}", changes)

    def renew_secret(self, webhook: int) -> schema.WebhookWithSecret:
        return self._post(f"webhooks/{webhook}/secret")

    def remove(self, webhook: int) -> None:
        self._delete(f"webhooks/{webhook}")

    def ping(self, webhook: int) -> schema.DeliveryWhole:
        return self._post(f"webhooks/{webhook}/ping")

    def deliveries(
        self, webhook: int, *, state: str | None = None, type: str | None = None
    ) -> Iterator[schema.DeliveryOut]:
        return self._pages(f"webhooks/{webhook}/deliveries", state=state, type=type)

    def delivery(self, webhook: int, delivery: int) -> schema.DeliveryWhole:
        return self._get(f"webhooks/{webhook}/deliveries/{delivery}")

    def redeliver(self, webhook: int, delivery: int) -> schema.DeliveryWhole:
        return self._post(f"webhooks/{webhook}/deliveries/{delivery}/redeliver")
