"""Sessions in the database with their owner, so that one can list and close them."""

import datetime as dt
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore

from entremise.accounts.models import Session
from entremise.core.time import now

DEVICE_KEY = "device"
OPENED_KEY = "opened_at"


class SessionStore(DatabaseStore):
    """Django's database store, with the owner and the device beside the data."""

    seen_at: dt.datetime | None = None  # when the loaded row was last seen; spares a query

    @classmethod
    def get_model_class(cls) -> type[Session]:
        """The table of sessions."""
        return Session

    def _get_session_from_db(self) -> Any:
        row: Any = super()._get_session_from_db()  # type: ignore[misc]
        if row is not None:
            self.seen_at = row.seen_at
        return row

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        """Fills the owner's columns from the session's content (every save writes the whole row)."""
        instance: Any = super().create_model_instance(data)
        instance.user_id = data.get(SESSION_KEY)
        instance.device = str(data.get(DEVICE_KEY, ""))[:80]
        if OPENED_KEY in data:
            instance.created_at = dt.datetime.fromisoformat(data[OPENED_KEY])
        instance.seen_at = self.seen_at = now()
        return instance
