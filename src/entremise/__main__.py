"""Command line: `entremise <command>` is Django's command line with our settings."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "entremise.config.settings.production")
    from django.core.management import execute_from_command_line  # settings must be chosen first

    from entremise.config.env import ConfigurationError

    try:
        execute_from_command_line(sys.argv)
    except ConfigurationError as error:
        sys.exit(str(error))  # a setting to mend, not a fault of the program: no trace


if __name__ == "__main__":
    main()
