"""Rasa and TensorFlow say a great deal while they are imported; none of it is for the person who ran the command."""

from __future__ import annotations

import logging
import os
import sys
import warnings

import structlog
from sqlalchemy.util import deprecations


def hush() -> None:
    """Call before the first import of Rasa: no start-up chatter, nothing reported to anybody."""
    # putenv reaches TensorFlow's own getenv without being a setting of ours (those are read in `bot.settings` alone).
    os.putenv("TF_CPP_MIN_LOG_LEVEL", "3")
    os.putenv("TF_ENABLE_ONEDNN_OPTS", "0")
    # TensorFlow Lite would import it for a converter that nobody here calls: two seconds of every start.
    sys.modules.setdefault("jax", None)
    warnings.filterwarnings("ignore")
    deprecations.SILENCE_UBER_WARNING = True  # Rasa pins SQLAlchemy 1.4; being told about 2.0 helps nobody here
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    for name in ("tensorflow", "absl", "rasa", "apscheduler", "matplotlib", "h5py"):
        logging.getLogger(name).setLevel(logging.ERROR)
