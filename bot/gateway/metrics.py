"""Numbers for Prometheus: counts and times, never words, numbers or names. One registry a process."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

REGISTRY = CollectorRegistry()

TAKEN = Counter("wellbeing_inbound_total", "Inbound messages", ["channel", "how"], registry=REGISTRY)
SENT = Counter("wellbeing_outbound_total", "Outbound messages", ["channel", "purpose", "outcome"], registry=REGISTRY)
RECONCILED = Counter("wellbeing_reconciled_total", "Missed messages that were fetched", ["channel"], registry=REGISTRY)
TURNS = Counter("wellbeing_turns_total", "Turns by what came of them", ["outcome"], registry=REGISTRY)
REFUSED = Counter("wellbeing_refused_total", "Webhook calls turned away", ["path", "status"], registry=REGISTRY)
UNREADABLE = Counter("wellbeing_unreadable_total", "Updates that made no sense", ["channel"], registry=REGISTRY)
INTAKE_SECONDS = Histogram(
    "wellbeing_intake_seconds", "Until an inbound message is written down",
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2), registry=REGISTRY,
)  # fmt: skip
WAITING = Gauge("wellbeing_waiting", "Messages waiting", ["where"], registry=REGISTRY)
OLDEST = Gauge("wellbeing_oldest_seconds", "Age of the oldest waiting message", ["where"], registry=REGISTRY)


def text() -> bytes:
    """Everything in Prometheus's text format."""
    return generate_latest(REGISTRY)
