"""What was confided to one person alone stays shut after a way in that an administrator could have opened.

Whoever runs the mailbox, the identity provider or the server can make themselves a way into an account. It opens the
ordinary pages; vaults and notebooks wait, long enough for the owner to notice that their password was changed.
"""

import datetime as dt
from typing import Any

from django.db import transaction

from entremise.accounts.enums import NewWayIn
from entremise.accounts.events import ConfidencesClosed
from entremise.accounts.models import User
from entremise.core.actor import Actor, system_actor
from entremise.core.time import now
from entremise.journal.services import publish

SHUT_FOR = dt.timedelta(hours=72)


@transaction.atomic
def close_confidences(*, actor: Actor, user: User, by: NewWayIn) -> None:
    """Shut what was confided to this person for 72 hours from now; nobody can shorten it, the owner included."""
    user.confidences_closed_until = now() + SHUT_FOR
    User.objects.filter(pk=user.pk).update(confidences_closed_until=user.confidences_closed_until)
    publish(ConfidencesClosed(actor=actor, target_id=user.pk, codes={"by": by.value}))


def shut_after_password_from_outside(sender: type[User], instance: User, created: bool, **_: Any) -> None:
    """A password set on the server proves nothing of its owner: Django's own ``changepassword``, a shell.

    To an account that never signed in, nothing was confided yet.
    """
    if not created and instance.last_login is not None and instance.password_from_outside:
        close_confidences(actor=system_actor(origin="command"), user=instance, by=NewWayIn.COMMAND)
