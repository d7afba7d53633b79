"""Every setting of the system, read once from the environment (and `.env`), with a sentence for each mistake.

The only module that touches `os.environ`.
"""

from __future__ import annotations

import math
import os
import secrets
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
#: Long enough that it cannot be guessed: 32 bytes.
MIN_SECRET = 32


class SettingsError(Exception):
    """One or more settings are wrong; the message has a sentence for each."""


@dataclass(frozen=True)
class Settings:
    """What the four processes need to know. Build it with `load()`."""

    var: Path = ROOT / "var"
    database_url: str = ""
    tracker_url: str = ""
    secret_keys: tuple[str, ...] = field(default=(), repr=False)
    #: Shared by gateway, Rasa and actions, which listen on loopback only.
    internal_secret: str = field(default="", repr=False)
    demo: bool = False
    show_drafts: bool = False
    host: str = "127.0.0.1"
    gateway_port: int = 8000
    console_port: int = 8001
    rasa_port: int = 5005
    actions_port: int = 5055
    public_url: str = ""
    telegram_token: str = field(default="", repr=False)
    telegram_api_url: str = "https://api.telegram.org"
    telegram_webhook_secret: str = field(default="", repr=False)
    twilio_account_sid: str = ""
    twilio_auth_token: str = field(default="", repr=False)
    twilio_api_url: str = ""
    sms_from: str = ""
    #: Whose line texts go by: "twilio" or "kannel".
    sms_provider: str = "twilio"
    #: Whether words are taken out of the provider's records once they have arrived, ours and theirs.
    sms_redact: bool = False
    kannel_url: str = ""
    kannel_username: str = ""
    kannel_password: str = field(default="", repr=False)
    kannel_secret: str = field(default="", repr=False)
    #: How a text is handed to the gateway: "headers" (a POST as Kannel has it), "form" or "get".
    kannel_style: str = "headers"
    #: Seconds that one turn may take in Rasa before the person is told that it takes longer.
    turn_budget: float = 8.0
    #: Minutes without a word from the worker who took a conversation before the assistant answers again.
    staff_quiet_minutes: int = 30
    #: Minutes that staff on duty have to answer an alarm before the next on the ladder is alarmed.
    alarm_minutes: float = 5.0
    #: Whether staff need a second factor to sign in; None: except in the demo. One that is set up always counts.
    second_factor: bool | None = None
    #: Office hours in which staff read hand-offs, London time, "Mon-Fri 09:00-17:00".
    office_hours: str = "Mon-Fri 09:00-17:00"
    #: London time in which nobody is texted unless they wrote first. Crisis words and answers know no quiet hours.
    quiet_hours: str = "20:00-09:00"
    #: Texts a day that we begin (reminders, notices); the others wait for the next day.
    texts_a_day: int = 1000
    #: What one segment of a text costs, in pence. 0: nobody has said, so only segments are shown, and no money.
    pence_a_segment: float = 0.0

    @property
    def rasa_url(self) -> str:
        return f"http://127.0.0.1:{self.rasa_port}"

    @property
    def actions_url(self) -> str:
        return f"http://127.0.0.1:{self.actions_port}"

    @property
    def telegram_on(self) -> bool:
        return bool(self.telegram_token)

    @property
    def sms_on(self) -> bool:
        return bool(self.kannel_url if self.sms_provider == "kannel" else self.twilio_account_sid)

    @property
    def asks_second_factor(self) -> bool:
        """Whether an account without a second factor has to set one up before it gets in."""
        return not self.demo if self.second_factor is None else self.second_factor

    @property
    def drafts(self) -> bool:
        """Whether answers that nobody has approved yet may be shown."""
        return self.demo or self.show_drafts


#: Environment variable → (field, what it is for). `README.md` lists them; a test keeps the two together.
VARIABLES: dict[str, tuple[str, str]] = {
    "WELLBEING_VAR": ("var", "folder for database, models, spool and backups"),
    "WELLBEING_DATABASE_URL": ("database_url", "programme database; SQLite in the var folder by default"),
    "WELLBEING_TRACKER_URL": ("tracker_url", "Rasa's tracker store; its own SQLite file by default"),
    "WELLBEING_SECRET_KEYS": ("secret_keys", "comma-separated secrets of 32 characters or more, newest first"),
    "WELLBEING_INTERNAL_SECRET": ("internal_secret", "shared by gateway, Rasa and actions"),
    "WELLBEING_DEMO": ("demo", "1: simulator page and sample data; refused together with real channels"),
    "WELLBEING_SHOW_DRAFTS": ("show_drafts", "1: show answers that nobody has approved yet, outside demo mode too"),
    "WELLBEING_HOST": ("host", "address that gateway and console listen on"),
    "WELLBEING_GATEWAY_PORT": ("gateway_port", "port of the gateway"),
    "WELLBEING_CONSOLE_PORT": ("console_port", "port of the staff console"),
    "WELLBEING_RASA_PORT": ("rasa_port", "port of Rasa, loopback only"),
    "WELLBEING_ACTIONS_PORT": ("actions_port", "port of the action server, loopback only"),
    "WELLBEING_PUBLIC_URL": ("public_url", "https address under which providers reach the gateway"),
    "WELLBEING_TURN_BUDGET": ("turn_budget", "seconds that one turn may take in Rasa"),
    "WELLBEING_STAFF_QUIET_MINUTES": ("staff_quiet_minutes", "minutes until a quiet worker gives a conversation back"),
    "WELLBEING_ALARM_MINUTES": ("alarm_minutes", "minutes until the next on duty is alarmed of danger nobody answered"),
    "WELLBEING_OFFICE_HOURS": ("office_hours", 'when staff read, "Mon-Fri 09:00-17:00", until set in the console'),
    "WELLBEING_QUIET_HOURS": ("quiet_hours", 'when nobody is texted first, "20:00-09:00", until set in the console'),
    "WELLBEING_TEXTS_A_DAY": ("texts_a_day", "reminders and notices sent in a day at most; answers are not counted"),
    "WELLBEING_PENCE_A_SEGMENT": ("pence_a_segment", "what one text segment costs, in pence, as it is billed"),
    "WELLBEING_SECOND_FACTOR": ("second_factor", "1 or 0: whether staff need a code from an app to sign in"),
    "TELEGRAM_TOKEN": ("telegram_token", "token of the Telegram bot"),
    "TELEGRAM_API_URL": ("telegram_api_url", "another Bot API server"),
    "TELEGRAM_WEBHOOK_SECRET": ("telegram_webhook_secret", "secret token of the Telegram webhook"),
    "TWILIO_ACCOUNT_SID": ("twilio_account_sid", "Twilio account"),
    "TWILIO_AUTH_TOKEN": ("twilio_auth_token", "Twilio token, also used to check signatures"),
    "TWILIO_API_URL": ("twilio_api_url", "another Twilio API server"),
    "SMS_FROM": ("sms_from", "number, short code or messaging service that texts are sent from"),
    "SMS_PROVIDER": ("sms_provider", "whose line texts go by: twilio or kannel"),
    "SMS_REDACT": ("sms_redact", "1: words are taken out of Twilio's records once a text has arrived"),
    "KANNEL_URL": ("kannel_url", "sendsms address of a Kannel-style SMS gateway"),
    "KANNEL_USERNAME": ("kannel_username", "our name at that gateway"),
    "KANNEL_PASSWORD": ("kannel_password", "our password there"),
    "KANNEL_SECRET": ("kannel_secret", "secret of 32 characters or more that guards its calls to us"),
    "KANNEL_STYLE": ("kannel_style", "how texts are handed to it: headers, form or get"),
}

_TRUE, _FALSE = {"1", "true", "yes", "on"}, {"", "0", "false", "no", "off"}


def load(env_file: Path | None = None, environ: dict[str, str] | None = None) -> Settings:
    """Settings from `environ` (the process's by default) over `env_file` (`.env` beside the code by default).

    Raises SettingsError with one sentence for each mistake.
    """
    file = read_env_file(env_file if env_file is not None else ROOT / ".env")
    values = {**file, **(dict(os.environ) if environ is None else environ)}
    mistakes: list[str] = []
    found: dict[str, object] = {}
    for variable, (name, _) in VARIABLES.items():
        raw = values.get(variable)
        if raw is None or raw == "":
            continue
        try:
            found[name] = _parse(name, raw.strip())
        except ValueError as error:
            mistakes.append(f"{variable} {error}.")
    settings = Settings(**found)  # type: ignore[arg-type]
    var = Path(settings.var)
    defaults = {"var": var}
    if not settings.database_url:
        defaults["database_url"] = f"sqlite:///{var / 'wellbeing.db'}"
    if not settings.tracker_url:
        defaults["tracker_url"] = f"sqlite:///{var / 'tracker.db'}"
    settings = Settings(**{**found, **defaults})  # type: ignore[arg-type]
    mistakes += _mistakes(settings)
    if mistakes:
        raise SettingsError("\n".join(mistakes))
    return settings


def _parse(name: str, raw: str) -> object:
    default = Settings.__dataclass_fields__[name].default
    if name == "secret_keys":
        return tuple(key.strip() for key in raw.split(",") if key.strip())
    if name == "var":
        return Path(raw).expanduser()
    if isinstance(default, bool) or name == "second_factor":
        if raw.lower() not in _TRUE | _FALSE:
            raise ValueError("must be 1 or 0")
        return raw.lower() in _TRUE
    if isinstance(default, (int, float)):
        try:
            number = type(default)(raw)
        except ValueError:
            raise ValueError("must be a number") from None
        if not 0 < number < math.inf or (name.endswith("_port") and number > 65535):
            raise ValueError("is out of range")
        return number
    return raw


def _mistakes(s: Settings) -> list[str]:
    found = []
    if not s.secret_keys:
        found.append("WELLBEING_SECRET_KEYS is missing; `make run` writes one into .env, or set your own.")
    if any(len(key) < MIN_SECRET for key in s.secret_keys):
        found.append(f"WELLBEING_SECRET_KEYS must each have {MIN_SECRET} characters or more.")
    if len(s.internal_secret) < MIN_SECRET:
        found.append(f"WELLBEING_INTERNAL_SECRET must have {MIN_SECRET} characters or more.")
    if s.demo and (s.telegram_on or s.sms_on):
        found.append(
            "WELLBEING_DEMO cannot be on together with TELEGRAM_TOKEN, TWILIO_ACCOUNT_SID or KANNEL_URL: "
            "anyone could text as anyone."
        )
    found += _kannel_mistakes(s) if s.sms_provider == "kannel" else _twilio_mistakes(s)
    if s.telegram_on and s.public_url and len(s.telegram_webhook_secret) < MIN_SECRET:
        found.append(
            f"TELEGRAM_WEBHOOK_SECRET must have {MIN_SECRET} characters or more when there is a WELLBEING_PUBLIC_URL."
        )
    return found


def _twilio_mistakes(s: Settings) -> list[str]:
    if s.sms_provider != "twilio":
        return ["SMS_PROVIDER must be twilio or kannel."]
    if s.sms_on and not (s.twilio_auth_token and s.sms_from and s.public_url):
        return ["SMS needs TWILIO_AUTH_TOKEN, SMS_FROM and WELLBEING_PUBLIC_URL beside TWILIO_ACCOUNT_SID."]
    return []


def _kannel_mistakes(s: Settings) -> list[str]:
    found = []
    if s.sms_redact:
        found.append("SMS_REDACT is for Twilio: a Kannel-style gateway has no way to take words back.")
    if not (s.kannel_url and s.kannel_username and s.kannel_password and s.sms_from and s.public_url):
        found.append(
            "SMS by Kannel needs KANNEL_URL, KANNEL_USERNAME, KANNEL_PASSWORD, SMS_FROM and WELLBEING_PUBLIC_URL."
        )
    if len(s.kannel_secret) < MIN_SECRET:
        found.append(f"KANNEL_SECRET must have {MIN_SECRET} characters or more.")
    if s.kannel_style not in ("headers", "form", "get"):
        found.append("KANNEL_STYLE must be headers, form or get.")
    return found


def read_env_file(path: Path) -> dict[str, str]:
    """NAME=value lines of a file; comments and blank lines are skipped; no file is an empty one."""
    if not path.exists():
        return {}
    lines = (line.strip() for line in path.read_text(encoding="utf-8").splitlines())
    pairs = (line.split("=", 1) for line in lines if line and not line.startswith("#") and "=" in line)
    return {name.strip(): value.strip().strip('"').strip("'") for name, value in pairs}


def ensure_env_file(path: Path | None = None) -> bool:
    """Write a `.env` with fresh secrets (0600) if there is none. True if one was written.

    Demo mode is on in it: real channels are set up by hand.
    """
    path = path or ROOT / ".env"
    if path.exists():
        return False
    text = (
        "# Written at the first start. Keep it: the secrets here are the only key to what is stored.\n"
        f"WELLBEING_SECRET_KEYS={secrets.token_urlsafe(48)}\n"
        f"WELLBEING_INTERNAL_SECRET={secrets.token_urlsafe(48)}\n"
        "# Sample data and a page with a phone to text from. Remove it before setting up real channels.\n"
        "WELLBEING_DEMO=1\n"
    )
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
    return True


def environment() -> dict[str, str]:
    """A copy of the process environment, for starting child processes."""
    return dict(os.environ)


def publish(values: dict[str, str]) -> None:
    """Put `values` into the process environment, for libraries that are configured in no other way."""
    os.environ.update(values)
