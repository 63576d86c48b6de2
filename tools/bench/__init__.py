"""Speed at 200,000 and 1,000,000 acts: ``python -m tools.bench`` (see ``make bench``)."""
