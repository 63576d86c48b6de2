"""Sessions in the database with their owner, so that one can list and close them."""

from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore

from entremise.accounts.models import Session
from entremise.core.time import now


class SessionStore(DatabaseStore):
    """Django's database store, with the owner and the device beside the data."""

    @classmethod
    def get_model_class(cls) -> type[Session]:
        """The table of sessions."""
        return Session

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        """Fills the owner's columns from the session's content."""
        instance: Any = super().create_model_instance(data)
        instance.user_id = data.get(SESSION_KEY)
        instance.device = str(data.get("device", ""))[:80]
        instance.seen_at = now()
        return instance
