"""The sub-commands of `wellbeing`, a module each: `register(commands)` declares it, and the rest does it."""
