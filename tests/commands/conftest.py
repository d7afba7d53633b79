"""A var folder of one's own for each test of a command."""

from __future__ import annotations

import pytest

from bot import crypto, runtime
from tests.conftest import SECRET


@pytest.fixture
def home(tmp_path, monkeypatch):
    """The settings of an installation in `tmp_path`, in demo mode, on ports that nobody uses."""
    from bot import settings

    values = {
        "WELLBEING_VAR": str(tmp_path / "var"),
        "WELLBEING_SECRET_KEYS": SECRET,
        "WELLBEING_INTERNAL_SECRET": SECRET + " inside",
        "WELLBEING_DEMO": "1",
        # Linux lends no port above 60999 to whoever asks for any.
        "WELLBEING_GATEWAY_PORT": "61801",
        "WELLBEING_CONSOLE_PORT": "61802",
        "WELLBEING_RASA_PORT": "61803",
        "WELLBEING_ACTIONS_PORT": "61804",
    }
    for name in settings.VARIABLES:
        monkeypatch.delenv(name, raising=False)
    for name, value in values.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(settings, "ROOT", tmp_path)  # no .env of whoever runs the tests
    runtime.install(None)
    yield settings.load()
    runtime.install(None)
    crypto.use([SECRET])
