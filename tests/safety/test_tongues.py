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
        "मैं मरना चाहता हूँ", "我想死", "ክመውት ይደሊ", "¡quiero morir!😭", "ja sie zabije", "du me vdek", "اريد اموت", "بدي انتحر", "ئەمەوێ بمرم", "唔想生",
        "hochu umeret'", "मैं जीना नही चाहता", "መሞት እፈልጋለው",
    ],
    "emergency": ["wezwijcie karetkę", "nie oddycha", "vă rog chemați o ambulanță", "necesito una ambulancia", "он не дышит", "اسعاف", "救护车", "je n'arrive pas à respirer", "zadzwon po karetke", "nefes alamıyorum", "نفسم بالا نمیاد"],
    "abuse": ["mój mąż mnie bije", "el ma bate", "mi marido me pega", "мене б’є чоловік", "زوجي يضربني", "مجھے مارتا ہے", "sotul meu ma bate", "ele quer me matar", "مرا می زند", "مجھے مارتے ہیں", "мене бє чоловік"],
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
    ["cześć kiedy jest kurs", "hola necesito ayuda con mis horas", "مرحبا متى الدرس", "привет когда занятие", "dziekuje bardzo", "merci beaucoup",
     "no respiratory problems", "دورة الإسعافات الأولية متى", "打我电话", "我想死你了", "不想活动", "没有呼吸困难", "дякую за швидку відповідь", "меня бьет озноб",
     "quiero morir de risa", "chce zabic czas"],
)  # fmt: skip
def test_everyday_words_of_another_language_are_none(text):
    assert tongues.heard(text) == []


def test_a_line_with_an_unknown_danger_is_refused(tmp_path):
    (tmp_path / "tongues.tsv").write_text("Polish\tsuicde\tchce umrzec\n", encoding="utf-8")
    with pytest.raises(ValueError, match="Polish has a danger that is unknown"):
        tongues.read(tmp_path / "tongues.tsv")


def test_without_the_file_the_rules_go_on(monkeypatch):
    def gone() -> list:
        raise FileNotFoundError

    monkeypatch.setattr(tongues, "read", gone)
    assert tongues._loaded() == []
    monkeypatch.setattr(tongues, "_PATTERNS", [])
    assert screen("i want to kill myself").strength == "strong"


def test_english_is_no_other_language():
    harmless = [text for text, label in messages(ROOT) if not label.startswith("crisis_")]
    assert [text for text in harmless if tongues.heard(text)] == []
