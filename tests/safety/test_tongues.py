"""Danger in another language brings a person; everyday words of it, and English, do not."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.nlu.bank import messages
from bot.safety import screen, tongues

ROOT = Path(__file__).resolve().parents[2]
SAID = {
    "suicide": [
        "chcę umrzeć", "nie chce juz zyc", "vreau să mor", "quiero morir no english", "je veux mourir", "quero morrer", "dua te vdes",
        "main marna chahta hoon", "toi muốn chết", "я хочу умереть", "Не хочу жити", "انا عايز أموت", "می‌خواهم بمیرم", "میخوام بمیرم", "میں مرنا چاہتا ہوں",
        "मैं मरना चाहता हूँ", "我想死", "ክመውት ይደሊ",
    ],
    "emergency": ["wezwijcie karetkę", "nie oddycha", "vă rog chemați o ambulanță", "necesito una ambulancia", "он не дышит", "اسعاف", "救护车"],
    "abuse": ["mój mąż mnie bije", "el ma bate", "mi marido me pega", "мене б’є чоловік", "زوجي يضربني", "مجھے مارتا ہے"],
}  # fmt: skip


@pytest.mark.parametrize("text, safety", [(text, safety) for safety, texts in SAID.items() for text in texts])
def test_it_alarms(text, safety):
    seen = screen(text)
    assert (seen.safety, seen.strength) == (safety, "strong")


@pytest.mark.parametrize("text", ["خودکشی", "kurs o samobójstwie kiedy", "информация о суициде"])
def test_what_is_only_named_is_asked_about(text):
    assert screen(text).strength == "weak"


@pytest.mark.parametrize(
    "text",
    ["cześć kiedy jest kurs", "hola necesito ayuda con mis horas", "مرحبا متى الدرس", "привет когда занятие", "dziekuje bardzo", "merci beaucoup"],
)  # fmt: skip
def test_everyday_words_of_another_language_are_none(text):
    assert tongues.heard(text) == []


def test_english_is_no_other_language():
    harmless = [text for text, label in messages(ROOT) if not label.startswith("crisis_")]
    assert [text for text in harmless if tongues.heard(text)] == []
