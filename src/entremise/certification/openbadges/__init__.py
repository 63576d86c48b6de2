"""Open Badges 3.0, without a network nor a database: made, signed, read, verified. Pure."""
