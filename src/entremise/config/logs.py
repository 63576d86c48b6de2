"""What the logs may say of an address: its route, since the address itself may hold a secret link."""

import logging


class RouteOnly(logging.Filter):
    """Django's own lines quote the path of a refused request: an invitation's or a password's link, perhaps."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Keeps every record, with the route's name instead of the path."""
        request = getattr(record, "request", None)
        path = getattr(request, "path", None)
        if path and isinstance(record.args, tuple):
            match = getattr(request, "resolver_match", None)
            route = match.view_name if match else "(inconnue)"
            record.args = tuple(route if arg == path else arg for arg in record.args)
        return True
