"""Forms of the certification."""
