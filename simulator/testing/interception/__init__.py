"""The client's own process, in which its requests reach a simulator without a socket: how, and who called."""

from simulator.testing.interception.active import EgressRefused, intercepting
from simulator.testing.interception.messages import Answered, Sent

__all__ = ["Answered", "EgressRefused", "Sent", "intercepting"]
