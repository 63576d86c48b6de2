"""Pages of the team's safety."""
