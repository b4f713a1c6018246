"""感知设备: sensors of other people's platforms: who they are, what they say, what they do not say, and what follows.

Readings come in batches (`taking.take`); alarms of a device or of a place are folded, and each fold becomes one order.
Owns Sensor, SensorState, SensorWatch, UnknownSensor, SensorAlarm, AlarmFold, AlarmReading, SensorDay.
"""
