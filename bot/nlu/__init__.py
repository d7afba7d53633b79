"""Language understanding: what a message means, which answer it asks for, which place, topic and day it names."""
