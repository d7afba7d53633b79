"""Booking a session: find it, read it back, book it or join the line. And seeing what is booked."""

from __future__ import annotations

from rasa_sdk.events import EventType, SlotSet

from actions.forms import Form, open_task
from actions.sessions import SHOWN, Search, choices, closest, day_and_time, find, where
from actions.turn import Pair, Speech, Turn, TurnAction, back_to_form, conversation_of, database, forget_forms, option
from bot import clock
from bot.programme import bookings, people, sessions
from bot.programme.refusals import Refused

CONFIRM, WAIT, OTHERS, NONE = option("confirm"), option("wait"), option("others"), option("none")
#: Intents that, inside a booking, may speak of another session than the one read back.
_ABOUT_SESSIONS = frozenset({"book_session", "change_booking", "correction", "list_sessions", "deny", "affirm"})


def pick_session(turn: Turn, offered: list[int], search: Search) -> dict[str, object] | None:
    """Which session a message means, given those on offer. Shared by booking and changing.

    Returns slots: `session` (an id) when one is meant, else a new `search`; {} for something else, None to leave.
    """
    picked = turn.option()
    if picked[:1] == ["session"]:
        return {"session": int(picked[1])}
    if picked[:1] == ["others"]:
        return {"search": None, "remark": "others"}
    if picked[:1] == ["none"]:
        return None
    said = Search.of(turn)
    if not said.is_empty() and (turn.intent in _ABOUT_SESSIONS or turn.confidence < 0.5 or _is_only_a_wish(turn)):
        if said.is_past():
            return {"remark": "date_past"}
        among = [s for s in find(said) if s.id in offered]
        if len(among) == 1:
            return {"session": among[0].id}
        wish = said.over(search)
        found = find(wish, limit=SHOWN + 1)
        return {"session": found[0].id} if len(found) == 1 else {"search": wish.as_slot(), "remark": None}
    if turn.means_yes() and len(offered) == 1:
        return {"session": offered[0]}
    if turn.means_yes():
        return {"remark": "which_one"}
    if turn.means_no():
        return None
    return {}


def _is_only_a_wish(turn: Turn) -> bool:
    """Whether a message is so short that a day or a place in it is all it says ("the Tuesday wan", "govan")."""
    return len(turn.typed.split()) <= 4 and not turn.typed.rstrip().endswith("?")


class BookingForm(Form):
    """Reads answers to "which session?" and "book it?"."""

    action_name = "validate_booking_form"
    slots = ("booking_session", "booking_confirm")

    def begin(self, turn: Turn) -> dict[str, object]:
        if turn.slots.get("booking_session") and turn.option()[:1] == ["session"]:
            return {}
        search = Search.of(turn)
        if search.is_past():
            return {"search": None, "remark": "date_past"}
        offered = turn.slots.get("offered") or []
        if offered and (search.is_empty() and len(offered) == 1):  # "book me on that"
            return {"booking_session": offered[0]}
        among = [s.id for s in find(search) if s.id in offered] if not search.is_empty() else []
        if len(among) == 1:
            return {"booking_session": among[0]}
        if search.is_empty() and turn.slots.get("topic") and not offered and find(Search(topic=turn.slots["topic"])):
            search = Search(topic=turn.slots["topic"])  # they were just talking about it
        found = find(search, limit=2)
        start = {"search": search.as_slot(), "remark": None}
        return {**start, "booking_session": found[0].id} if len(found) == 1 else start

    def read(self, turn: Turn, requested: str) -> dict[str, object] | None:
        offered = turn.slots.get("offered") or []
        search = Search.kept(turn.slots.get("search"))
        if requested == "booking_confirm":
            chosen = turn.slots.get("booking_session")
            if turn.option() == ["confirm"] or (turn.means_yes() and Search.of(turn).is_empty()):
                full = _is_full(chosen)
                return {"booking_confirm": "wait" if full else "book"}
            if turn.option() == ["wait"]:
                return {"booking_confirm": "wait"}
            if turn.means_no() and Search.of(turn).is_empty():
                return {"booking_session": None, "remark": "others"}
        found = pick_session(turn, offered, search)
        if not found:
            return found
        if "session" in found:
            return {"booking_session": found["session"], "remark": None}
        return {"booking_session": None, **found}


def _is_full(session_id: object) -> bool:
    with database().read() as db:
        view = sessions.session(db, int(session_id)) if session_id else None
    return view is not None and view.left <= 0


class AskBookingSession(TurnAction):
    """Shows sessions to choose from."""

    action_name = "action_ask_booking_session"

    def turn(self, turn: Turn, speech: Speech) -> list[EventType]:
        return show_sessions(turn, speech, "booking", skip=())


def show_sessions(turn: Turn, speech: Speech, task: str, skip: tuple[int, ...]) -> list[EventType]:
    """The list a booking (or a change) is chosen from. Says what was not found before showing what is near."""
    remark = turn.slots.get("remark")
    search = Search.kept(turn.slots.get("search"))
    if remark == "others":
        seen = tuple(turn.slots.get("offered") or ()) + skip
        found, fits = find(Search(topic=search.topic), limit=SHOWN, skip=seen) or find(Search(), limit=SHOWN), True
    else:
        found, fits = closest(search)
    found = [s for s in found if s.id not in skip]
    if not found:
        speech.say("no_sessions")
        return [SlotSet("remark", "empty")]
    heading = {"date_past": "date_past", "which_one": "which_session"}.get(remark or "", "")
    heading = heading or ("which_session" if fits else "sessions_near")
    speech.say(heading, [*choices(found), ("None of these", NONE)])
    open_task(turn, task)
    return [SlotSet("offered", [s.id for s in found]), SlotSet("remark", None)]


class AskBookingConfirm(TurnAction):
    """Reads the session back: place, day, time and how to get there."""

    action_name = "action_ask_booking_confirm"

    def turn(self, turn: Turn, speech: Speech) -> list[EventType]:
        with database().read() as db:
            view = sessions.session(db, int(turn.slots["booking_session"]))
        if view is None:
            speech.say("refused_gone", [("Other sessions", OTHERS)])
            return [SlotSet("booking_session", None)]
        read_back(speech, view, [("Book it", CONFIRM)] if view.left > 0 else [("Join the waiting list", WAIT)])
        open_task(turn, "booking")
        return [SlotSet("remark", None)]


def read_back(speech: Speech, view: sessions.SessionView, actions: list[Pair]) -> None:
    """A session as it stands, with what can be done about it."""
    name = "read_back_full" if view.left <= 0 else "read_back"
    audience = {"women": " This group is for women.", "men": " This group is for men."}.get(view.audience, "")
    sample = " (Sample session, not real.)" if view.sample else ""
    speech.say(
        name, [*actions, ("Show me others", OTHERS), ("Leave it", NONE)],
        title=view.title, when=day_and_time(view), where=where(view), audience=audience, sample=sample,
    )  # fmt: skip


class BookSession(TurnAction):
    """Books, then says so. The one place of the assistant where a booking is written."""

    action_name = "action_book_session"

    def turn(self, turn: Turn, speech: Speech) -> list[EventType]:
        wanted, decision = turn.slots.get("booking_session"), turn.slots.get("booking_confirm")
        done = [*forget_forms(), SlotSet("offered", None)]
        if not wanted or not decision:
            open_task(turn, None)
            speech.say("nothing_booked" if turn.slots.get("remark") == "left" else "no_sessions_now")
            return done
        try:
            with database().write() as db:
                conversation = conversation_of(db, turn)
                conversation.task = None
                person = people.person_of(db, turn.conversation_id)
                act = bookings.join_waiting_list if decision == "wait" else bookings.book
                booking = act(db, person, int(wanted), conversation_id=conversation.id, asked_by=turn.message_id)
                view, status = sessions.session(db, booking.session_id), booking.status
        except Refused as refusal:
            open_task(turn, None)
            refuse(speech, refusal.code, int(wanted))
            return done
        say_booked(speech, view, status)
        return [*done, SlotSet("topic", view.topic)]


def say_booked(speech: Speech, view: sessions.SessionView, status: str) -> None:
    """The booking as its row has it."""
    facts = {"title": view.title, "when": day_and_time(view), "where": where(view)}
    speech.say("waiting" if status == "waiting" else "booked", **facts)


def refuse(speech: Speech, code: str, session_id: int | None = None) -> None:
    """Why not, with a way on where there is one."""
    ways: dict[str, list[Pair]] = {
        "full": [("Join the waiting list", option("join", session_id)), ("Show me others", option("browse"))],
        "already_booked": [("My bookings", "/my_bookings"), ("Show me others", option("browse"))],
        "clash": [("My bookings", "/my_bookings"), ("Show me others", option("browse"))],
        "limit": [("My bookings", "/my_bookings")],
    }
    speech.say(f"refused_{code}", ways.get(code, [("What's on", "/list_sessions")]))


class MyBookings(TurnAction):
    """What the person has booked or waits for, each to look at or change."""

    action_name = "action_my_bookings"

    def turn(self, turn: Turn, speech: Speech) -> list[EventType]:
        with database().read() as db:
            held = bookings.bookings_of(db, people.person_of(db, turn.conversation_id))
        if not held:
            speech.say("no_bookings", [("What's on", "/list_sessions")])
            return back_to_form(turn)
        lines = [f"{day_and_time(b.session)}: {b.session.title}, {where_short(b.session)}{_state(b)}" for b in held[:SHOWN]]
        speech.say(
            "my_bookings", [("Change one", "/change_booking"), ("Can't come to one", "/cancel_booking")],
            list="\n".join(lines),
        )  # fmt: skip
        return back_to_form(turn)


def where_short(view: sessions.SessionView) -> str:
    return view.place if view.area.lower() in view.place.lower() else f"{view.place}, {view.area}"


def _state(booking: bookings.BookingView) -> str:
    if booking.status == "waiting":
        return " (waiting list)"
    if booking.status == "offered":
        return f" (place held for you until {clock.time_words(booking.offer_expires_at)})"
    return ""
