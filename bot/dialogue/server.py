"""The Rasa process: `python -m bot.dialogue.server`. Loopback only, no HTTP API, our channel, and a model we vouch for.

Rasa's own `rasa run` serves any model it finds, goes on without one ("no agent to handle it", HTTP 200), keeps trackers
in memory when the database fails, and reports to its makers. So the pieces are Rasa's and the order is ours.
"""

from __future__ import annotations

import logging
import os
import sys
from functools import partial
from pathlib import Path
from typing import Any

from bot import crypto, logs, settings
from bot.settings import ROOT, Settings

logger = logging.getLogger("bot.dialogue.server")
#: The gateway sends 1,600 characters at most; four bytes each, and the names around them.
LARGEST_BODY = 16_384
#: One thread each: the pipeline needs none of TensorFlow, and onnxruntime is told its own number.
QUIET = {
    "RASA_TELEMETRY_ENABLED": "false",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "TF_ENABLE_ONEDNN_OPTS": "0",
    "TF_NUM_INTRAOP_THREADS": "1",
    "TF_NUM_INTEROP_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "CUDA_VISIBLE_DEVICES": "-1",
}


def main() -> int:
    """Serve until told to stop; 2 for a mistake in the settings, 3 for a model that is not the trained one."""
    os.umask(0o077)
    try:
        loaded = settings.load()
    except settings.SettingsError as error:
        print(error, file=sys.stderr)
        return 2
    from bot.dialogue import trainless
    from bot.nlu import training

    trainless.stand_in()
    try:
        training.verify()
    except training.ModelError as error:
        print(error, file=sys.stderr)
        return 3
    logs.configure()
    serve(loaded, training.MODEL)
    return 0


def serve(loaded: Settings, model: Path) -> None:
    """Run the server on loopback with `model`, until it is stopped."""
    application = build(loaded, model)
    logger.info("serving on 127.0.0.1:%s", loaded.rasa_port)
    application.run(host="127.0.0.1", port=loaded.rasa_port, workers=1, access_log=False, motd=False)


def build(loaded: Settings, model: Path, folder: Path = ROOT) -> Any:
    """The Sanic application with what `credentials.yml` and `endpoints.yml` in `folder` name."""
    crypto.use(loaded.secret_keys)
    settings.publish(
        QUIET | {"WELLBEING_ACTIONS_URL": loaded.actions_url, "WELLBEING_INTERNAL_SECRET": loaded.internal_secret}
    )
    import structlog
    from rasa.core.run import configure_app, create_http_input_channels
    from rasa.core.utils import AvailableEndpoints

    logs.configure()  # again: what was imported has set up its own
    structlog.configure(processors=[_drop], cache_logger_on_first_use=False)
    channels = create_http_input_channels(None, str(folder / "credentials.yml"))
    endpoints = AvailableEndpoints.read_endpoints(str(folder / "endpoints.yml"))
    application = configure_app(channels, enable_api=False, port=loaded.rasa_port, endpoints=endpoints)
    logs.configure()
    application.config.REQUEST_MAX_SIZE = LARGEST_BODY
    application.config.FALLBACK_ERROR_FORMAT = "json"
    application.config.GRACEFUL_SHUTDOWN_TIMEOUT = 3.0
    application.register_listener(partial(_load, model, endpoints), "before_server_start")
    return application


async def _load(model: Path, endpoints: Any, application: Any, _loop: Any) -> None:
    """Load the model; the process ends when it cannot be loaded, since Rasa would serve without one."""
    from rasa.core.agent import load_agent

    from bot.dialogue import validating
    from bot.dialogue.watch import WatchedEndpoint

    if endpoints.action is not None:
        endpoints.action = WatchedEndpoint.of(endpoints.action)
    validating.check_once()
    agent = await load_agent(model_path=str(model), endpoints=endpoints)
    if not agent.is_ready():
        raise RuntimeError("the model could not be loaded")
    # Rasa wraps the store in one that goes on in memory when the database fails: the turn would be answered, and
    # forgotten. A turn that cannot be stored is to break instead, so that it is asked again.
    store = getattr(agent.tracker_store, "_tracker_store", agent.tracker_store)
    agent.tracker_store = agent.processor.tracker_store = store
    # The first sentence is slow (caches, threads): it is ours, not somebody's.
    await agent.parse_message("what is a unit of alcohol")
    application.ctx.agent = agent
    logs.configure()
    logger.info("the model is loaded")


def _drop(_logger: Any, _name: str, _event: dict[str, Any]) -> dict[str, Any]:
    """Rasa's structured records carry messages, slots and trackers: none of them is kept."""
    import structlog

    raise structlog.DropEvent


if __name__ == "__main__":
    sys.exit(main())
