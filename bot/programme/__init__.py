"""What the programme offers and records: people, sessions, bookings, services, answers, feedback."""
