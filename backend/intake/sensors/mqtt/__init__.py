"""Readings by MQTT: one lasting session with a broker, batches of messages committed together and then acknowledged."""
