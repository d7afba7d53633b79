"""What is said between a person and the assistant or staff: messages, choices, hand-offs, and the door to all of it."""
