"""The public tasks are measured with the assistant's own classifier, by the names that it has now."""

from __future__ import annotations

from benchmarks import public

ROWS = [
    ("where is my card", "card"), ("card has not come", "card"), ("my card is lost", "card"), ("a new card", "card"),
    ("change the pin", "pin"), ("forgot my pin", "pin"), ("pin is blocked", "pin"), ("set a new pin", "pin"),
]  # fmt: skip


def test_what_was_learnt_is_measured():
    settings, _ = public.learning()
    model = public.fit(ROWS, None, settings)
    assert public.accuracy(model, None, ROWS) == 1.0
    labels, shares = public.predictions(model, None, ["card card card"])
    assert labels == ["card"] and 0.5 < float(shares.max()) <= 1.0
