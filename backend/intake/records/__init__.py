"""来件: the life of what came in: received once, filed as an order or folded into one, decided, mended or turned away.

Owns IntakeRecord, IntakeMessage, ReceivedWebhook, RecordReading.
"""
