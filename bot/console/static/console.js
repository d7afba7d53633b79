// Comforts on top of pages that work without any script: a list that refreshes in place, new messages that appear by
// themselves, and a counter that says how many texts a reply will be. Nothing is kept in the browser.
"use strict";

(function () {
  // --- tables on a narrow screen: cards, whose cells say the heading of their column --------
  const cards = function (root) {
    for (const table of root.querySelectorAll(".scroll > table:not(.ruled)")) {
      const columns = Array.from(table.querySelectorAll("thead th"), (one) => one.textContent.trim());
      for (const row of table.querySelectorAll("tbody tr")) {
        Array.from(row.cells).forEach((cell, at) => cell.setAttribute("data-column", columns[at] || ""));
      }
      table.parentElement.classList.add("cards");
    }
  };
  cards(document);

  // --- tables that are wider than the screen: the keyboard can scroll them ------------------
  const fits = new ResizeObserver(function (entries) {
    for (const { target } of entries) {
      const caption = target.querySelector("caption");
      if (target.scrollWidth > target.clientWidth) {
        target.tabIndex = 0;
        target.setAttribute("role", "region");
        const section = target.closest("section[aria-labelledby]");
        const named = section ? [document.getElementById(section.getAttribute("aria-labelledby")), caption] : [caption];
        const words = named.filter(Boolean).map((one) => one.textContent.trim());
        if (words.length) target.setAttribute("aria-label", words.join(": ")); // two of them are never called the same
      } else {
        for (const name of ["tabindex", "role", "aria-label"]) target.removeAttribute(name);
      }
    }
  });
  for (const table of document.querySelectorAll(".scroll")) fits.observe(table);

  // --- the list of hand-offs --------------------------------------------------------------
  const live = document.getElementById("live");
  if (live && live.dataset.refresh) {
    const announce = document.getElementById("announce");
    let refreshed = Date.now();
    const ask = async function (url) {
      let response;
      try {
        response = await fetch(url, { credentials: "same-origin", headers: { Accept: "text/html, application/json" } });
      } catch (offline) {
        return null; // the next try may do better
      }
      if (response.status === 401) window.location.reload();
      return response.ok ? response : null;
    };
    const refresh = async function () {
      const focused = document.activeElement && document.activeElement.getAttribute("href");
      const response = await ask(live.dataset.url);
      if (!response) return;
      refreshed = Date.now();
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      const fresh = page.getElementById("live");
      if (!fresh) return;
      cards(fresh);
      live.dataset.stamp = fresh.dataset.stamp;
      if (fresh.innerHTML === live.innerHTML) return; // a ticking clock makes them differ, and that does no harm
      live.replaceChildren(...fresh.childNodes);
      if (document.title !== page.title) {
        document.title = page.title;
        announce.textContent = live.querySelector("h1").textContent;
      }
      const again = Array.from(live.querySelectorAll("a")).find((a) => focused && a.getAttribute("href") === focused);
      if (again) again.focus();
    };
    // A look costs little, so danger is on the page within seconds; "5 minutes ago" is put right more rarely.
    const look = async function () {
      if (Date.now() - refreshed >= Number(live.dataset.refresh) * 1000) {
        await refresh();
      } else {
        const response = await ask(live.dataset.news);
        if (response && (await response.json()).stamp !== live.dataset.stamp) await refresh();
      }
      setTimeout(look, Number(live.dataset.look) * 1000);
    };
    setTimeout(look, Number(live.dataset.look) * 1000);
  }

  // --- how long danger has waited: a clock, to the second -----------------------------------
  setInterval(function () {
    for (const clock of document.querySelectorAll("[data-since]")) {
      const seconds = Math.max(0, Math.floor(Date.now() / 1000 - Number(clock.dataset.since)));
      if (seconds >= 7200) continue; // the server's own words do for hours and days
      clock.textContent = Math.floor(seconds / 60) + " min " + String(seconds % 60).padStart(2, "0") + " s";
    }
  }, 1000);

  // --- how long a reply is ----------------------------------------------------------------
  const box = document.getElementById("text");
  const words = document.getElementById("length");
  let typed = false;
  if (box && words) {
    const basic = new Set(box.dataset.basic);
    const extended = new Set(box.dataset.extended);
    const replaced = JSON.parse(box.dataset.replaced);
    const plain = (text) => Array.from(text, (c) => (c in replaced ? replaced[c] : c)).join("").trim();
    // 3GPP TS 23.040: 160 or 153 a part in GSM-7, 70 or 67 in UCS-2; no character is cut in half.
    const segments = function (characters) {
      const gsm = characters.every((c) => basic.has(c) || extended.has(c));
      const widths = characters.map((c) => (gsm ? (extended.has(c) ? 2 : 1) : c.length));
      const total = widths.reduce((a, b) => a + b, 0);
      const single = gsm ? 160 : 70;
      const part = gsm ? 153 : 67;
      if (total <= single) return { gsm: gsm, parts: total ? 1 : 0 };
      let parts = 1;
      let room = part;
      for (const width of widths) {
        if (width > room) {
          parts += 1;
          room = part;
        }
        room -= width;
      }
      return { gsm: gsm, parts: parts };
    };
    const count = function () {
      const characters = Array.from(plain(box.value));
      let sentence = characters.length + " characters";
      let over = false;
      if (box.dataset.channel === "sms") {
        const size = segments(characters);
        over = size.parts > Number(box.dataset.segments);
        sentence += ", " + size.parts + (size.parts === 1 ? " text" : " texts");
        if (!size.gsm) sentence += ". An emoji or unusual letter makes it count double";
        if (over) sentence += ". Too long: shorten it to " + box.dataset.segments + " texts";
      } else {
        over = characters.length > Number(box.dataset.telegram);
        if (over) sentence += ". Too long: shorten it to " + box.dataset.telegram;
      }
      words.textContent = characters.length ? sentence : "";
      words.classList.toggle("over", over);
    };
    box.addEventListener("input", function () {
      typed = true;
      count();
    });
    const ready = document.getElementById("ready");
    if (ready) {
      // The button beside it does the same with a round trip; here what is typed stays where it is.
      const button = ready.form.querySelector('button[value="ready"]');
      button.addEventListener("click", function (event) {
        const chosen = ready.selectedOptions[0];
        event.preventDefault();
        if (!chosen || !chosen.dataset.text) return;
        box.value = (box.value.trim() ? box.value.trim() + "\n" : "") + chosen.dataset.text;
        ready.selectedIndex = 0;
        typed = true;
        count();
        box.focus();
      });
    }
    count();
  }

  // --- new messages in an open conversation -------------------------------------------------
  const thread = document.getElementById("thread");
  if (thread) {
    const announce = document.getElementById("announce");
    const after = document.getElementById("after");
    setInterval(async function () {
      // Typing counts as being there; looking at an open page does not.
      const url = thread.dataset.url + "?after=" + thread.dataset.last + (typed ? "" : "&auto=1");
      let response;
      try {
        response = await fetch(url, { credentials: "same-origin", headers: { Accept: "application/json" } });
      } catch (offline) {
        return;
      }
      if (response.status === 401) {
        announce.classList.remove("away");
        announce.classList.add("note", "note-problem");
        announce.textContent = "Your session is over. Copy what you have typed, then sign in again.";
        return;
      }
      if (!response.ok) return;
      typed = false;
      const news = await response.json();
      if (!news.html) return;
      thread.insertAdjacentHTML("beforeend", news.html); // made and escaped by the server's own template
      thread.dataset.last = news.last;
      if (after) after.value = news.last;
      announce.textContent = "There is something new in the conversation.";
    }, 3000);
  }
})();
