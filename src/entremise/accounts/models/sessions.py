"""Signed-in browsers."""

from typing import Any

from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models

from entremise.accounts.models.users import User
from entremise.core.time import now


class Session(AbstractBaseSession):
    """A signed-in browser, which its owner can list and close."""

    user = models.ForeignKey(User, verbose_name="compte", null=True, on_delete=models.CASCADE, related_name="sessions")
    device = models.CharField("appareil", max_length=80, blank=True)
    created_at = models.DateTimeField("ouverte à", default=now)
    seen_at = models.DateTimeField("vue à", default=now)

    personal = ("device", "session_data")

    class Meta(AbstractBaseSession.Meta):
        verbose_name = "session"
        verbose_name_plural = "sessions"

    @classmethod
    def get_session_store_class(cls) -> Any:
        """The store that fills these columns."""
        from entremise.accounts.sessions import SessionStore  # the store imports this model

        return SessionStore
