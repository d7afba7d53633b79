// A supervisor's marks through lost signal. What is tapped is kept in this browser at once (ids of rows, no names), shown
// as "not sent yet", and sent when the signal is back. The server keeps each mark once, however often it is sent, and
// never lets one overwrite what somebody else has said meanwhile. Kept for a day at most, and gone with "Sign out".
"use strict";

(function () {
  const KEY = "marks";
  const DAY = 24 * 60 * 60 * 1000;
  const EVERY = 10 * 1000;
  const WORDS = { came: "Was there", not_there: "Was not there" };
  const note = document.getElementById("unsent");

  const tell = function (sentence, link) {
    let place = note || document.getElementById("unsent-here");
    if (!place) {
      place = Object.assign(document.createElement("p"), { id: "unsent-here", className: "note note-problem" });
      place.setAttribute("role", "status");
      document.getElementById("main").prepend(place);
    }
    place.textContent = sentence;
    place.hidden = !sentence;
    if (link) place.append(" ", link);
  };
  const lines = (count) => (count === 1 ? "1 mark is not sent yet." : count + " marks are not sent yet.");

  // --- what is kept: { staff, marks: [{ row, outcome, seen, token, at, conflict }] } --------
  const load = function () {
    let kept = null;
    try {
      kept = JSON.parse(localStorage.getItem(KEY));
    } catch (broken) {
      kept = null;
    }
    if (!kept || !Array.isArray(kept.marks) || (note && kept.staff !== note.dataset.staff)) return [];
    return kept.marks.filter((mark) => Date.now() - mark.at < DAY);
  };
  const save = function (marks) {
    try {
      if (!marks.length) localStorage.removeItem(KEY);
      else localStorage.setItem(KEY, JSON.stringify({ staff: note.dataset.staff, marks: marks }));
      return true;
    } catch (full) {
      return false; // no room or not allowed: then the form itself is sent
    }
  };

  // --- signing out takes them along, but not without a word --------------------------------
  const out = document.querySelector("form.out");
  let warned = false;
  if (out) {
    out.addEventListener("submit", function (event) {
      const count = load().filter((mark) => !mark.conflict).length;
      if (count && !warned) {
        event.preventDefault();
        warned = true;
        tell(lines(count) + " Press “Sign out” once more to lose " + (count === 1 ? "it." : "them."));
        return;
      }
      try {
        localStorage.removeItem(KEY);
      } catch (refused) {
        // nothing could be kept here in the first place
      }
    });
  }
  if (!note) return;

  const rowOf = (mark) => document.querySelector('.mark[data-row="' + Number(mark.row) + '"]');
  const fresh = () => Array.from(crypto.getRandomValues(new Uint8Array(12)), (n) => n.toString(16).padStart(2, "0")).join("");

  // --- how a row looks ----------------------------------------------------------------------
  const pressed = function (row, outcome) {
    for (const button of row.querySelectorAll("form.row:not(.choice) button")) {
      if (button.value === outcome) button.setAttribute("aria-current", "true");
      else button.removeAttribute("aria-current");
    }
  };
  const show = function (row, sentence, unsent) {
    const state = row.querySelector(".state");
    state.textContent = sentence;
    state.classList.toggle("unsent", unsent);
    row.querySelector("form").hidden = false;
    for (const old of row.querySelectorAll(".choice")) old.remove();
  };
  const ask = function (row, mark) {
    show(row, mark.said + " You marked “" + WORDS[mark.outcome] + "”.", true);
    const choice = document.createElement("div");
    choice.className = "row choice";
    const button = function (words, act) {
      const made = document.createElement("button");
      made.type = "button";
      made.className = "second";
      made.textContent = words;
      made.addEventListener("click", act);
      choice.append(made);
    };
    button("Leave it as it is", function () {
      save(load().filter((other) => other.token !== mark.token));
      show(row, mark.now, false);
      pressed(row, mark.now === WORDS.came ? "came" : "not_there");
      row.dataset.seen = mark.seen;
    });
    button("Change it to “" + WORDS[mark.outcome].toLowerCase() + "”", function () {
      keep(row, mark.outcome, mark.seen);
    });
    row.querySelector("form").hidden = true; // one question at a time
    row.append(choice);
  };

  // --- keeping and sending ------------------------------------------------------------------
  const keep = function (row, outcome, seen) {
    const mark = { row: row.dataset.row, outcome: outcome, seen: seen, token: fresh(), at: Date.now() };
    if (!save([...load().filter((other) => other.row !== mark.row), mark])) return false;
    show(row, WORDS[outcome] + " (not sent yet)", true);
    pressed(row, outcome);
    send();
    return true;
  };

  const post = async function (mark) {
    const body = new URLSearchParams({
      csrf_token: document.querySelector("[name=csrf_token]").value,
      booking: mark.row, outcome: mark.outcome, seen: mark.seen, token: mark.token,
    });
    return fetch(note.dataset.url, {
      method: "POST", credentials: "same-origin", headers: { Accept: "application/json" }, body: body,
    });
  };

  const settle = function (mark, answer) {
    const newest = load();
    const mine = newest.find((other) => other.token === mark.token);
    const row = rowOf(mark);
    if (answer.result === "conflict" && mine) {
      Object.assign(mine, { conflict: true, said: answer.said, seen: answer.seen, now: answer.now });
      save(newest);
      if (row) ask(row, mine);
      return;
    }
    save(newest.filter((other) => other.token !== mark.token));
    if (!row || !mine) return; // tapped again meanwhile: that mark is on its way too
    row.dataset.seen = answer.seen;
    row.querySelector('[name="seen"]').value = answer.seen;
    if (answer.result === "kept" || answer.result === "same") show(row, WORDS[mark.outcome], false);
    else show(row, answer.said, true);
  };

  let sending = false;
  const send = async function () {
    if (sending) return;
    sending = true;
    let link = null;
    try {
      let mark;
      while ((mark = load().find((one) => !one.conflict))) {
        const response = await post(mark);
        if (response.status === 401 || response.status === 400) {
          link = document.createElement("a");
          link.href = window.location.pathname;
          link.textContent = "Sign in again to send.";
          break;
        }
        if (!response.ok) break;
        settle(mark, await response.json());
      }
    } catch (offline) {
      // kept here; tried again in a while and when the browser says that it is online
    }
    sending = false;
    const count = load().filter((mark) => !mark.conflict).length;
    tell(count ? lines(count) + (link ? "" : " They are kept on this phone and sent when the signal is back.") : "", link);
  };

  for (const row of document.querySelectorAll(".mark")) {
    row.querySelector("form").addEventListener("submit", function (event) {
      const outcome = event.submitter && event.submitter.value;
      if (outcome in WORDS && keep(row, outcome, row.dataset.seen)) event.preventDefault();
    });
  }

  // --- what an earlier visit has left -------------------------------------------------------
  save(load()); // drops what is too old or another's
  for (const mark of load()) {
    const row = rowOf(mark);
    if (!row) continue;
    if (mark.conflict) {
      ask(row, mark);
    } else {
      show(row, WORDS[mark.outcome] + " (not sent yet)", true);
      pressed(row, mark.outcome);
    }
  }
  send();
  window.addEventListener("online", send);
  document.addEventListener("visibilitychange", () => document.hidden || send());
  setInterval(() => load().some((mark) => !mark.conflict) && send(), EVERY);
})();
