"""What plugs into the Rasa server: our channel, our tracker store, and the process that runs them."""
