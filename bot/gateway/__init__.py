"""The gateway: moves words between phones, the message table and Rasa. It decides nothing about the programme."""
