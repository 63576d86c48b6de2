"""Command line: `entremise <command>` is Django's command line with our settings."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "entremise.config.settings.production")
    from django.core.management import execute_from_command_line  # settings must be chosen first

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
