"""What stands on the wires of devices, translated to readings: our own form, LoRaWAN by ChirpStack, OneNET, CTWing.

Nothing here asks a database or a clock. What cannot be read raises PayloadUnreadable, whose words name no value.
"""
