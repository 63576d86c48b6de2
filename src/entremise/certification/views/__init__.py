"""The pages of the certification."""
