"""Messages to our own people and to group robots, what goes out of them, and every delivery as a fact."""

from firstline.notify.models.messages import Message, Preference, Receipt
from firstline.notify.models.outgoing import Channel, Delivery, Endpoint, Held, Parcel, Result
from firstline.notify.models.robots import Robot, RobotDetails, RobotKind

__all__ = [
    "Channel",
    "Delivery",
    "Endpoint",
    "Held",
    "Message",
    "Parcel",
    "Preference",
    "Receipt",
    "Result",
    "Robot",
    "RobotDetails",
    "RobotKind",
]
