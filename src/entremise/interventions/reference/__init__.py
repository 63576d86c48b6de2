"""What is at hand in the street: numbers to call, reflex cards, the Charter and the requests it refuses."""
