"""Cameras: which there are, what each has seen, and when that becomes a message to staff or an order.

Owns Camera, CameraEvent, CameraDetection, ViidRegistration. A picture becomes a photo through the gate of `media`
alone, and nothing about faces is taken.
"""
