"""What can be wrong with the way in from Telegram, in words for those who run this: log, /health, the doctor."""

from __future__ import annotations

#: Code of a problem → what is wrong and what to do, for those who run this.
PROBLEMS = {
    "starting": "Telegram has not been asked yet how messages get here.",
    "409": "Another program fetches this bot's messages too (409 Conflict), so some or all of them do not get here. "
           "Stop the other one, or give this one a bot and a TELEGRAM_TOKEN of its own.",
    "409_webhook": "A webhook was set for this bot after this program had started (409 Conflict), so its messages go "
                   "elsewhere. Stop whatever set it, then start this again: it takes the webhook away.",
    "webhook_was_set": "A webhook was set for this bot when this program started, and was taken away: messages are "
                       "fetched. If another installation uses the same token, give each a bot of its own.",
    "webhook_set": "A webhook is set for this bot, but WELLBEING_PUBLIC_URL is not. This program takes it away when it "
                   "starts; if another installation has set it, give each a bot of its own.",
    "webhook_missing": "Telegram has no webhook for this bot, though WELLBEING_PUBLIC_URL is set: it is set again.",
    "webhook_elsewhere": "Telegram sends this bot's messages to another address than WELLBEING_PUBLIC_URL. Stop the "
                         "other installation, or give this one a bot of its own, then start this again.",
    "webhook_failing": "Telegram could not deliver to our webhook lately: WELLBEING_PUBLIC_URL must lead here over "
                       "https, with a certificate that Telegram accepts.",
    "token": "Telegram does not know this bot: TELEGRAM_TOKEN is wrong, or was revoked.",
    "not_stored": "Messages cannot be written down, so they are left at Telegram until they can.",
    "fault": "Fetching messages breaks down again and again: see the gateway's log.",
}  # fmt: skip
#: Noticed, but messages get here all the same.
HARMLESS = frozenset({"webhook_was_set"})


def sentence(code: str) -> str:
    """What a problem means; for a code of the network or of Telegram, that it cannot be reached."""
    return PROBLEMS.get(code, f"Telegram cannot be reached ({code}): messages wait there.")
