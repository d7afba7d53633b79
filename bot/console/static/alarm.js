// The alarm of an open page: a count in the title, a line across the page and a sound while nobody has said that they
// are on it. Without a script the line and the count are there as well, made by the server. Nothing is kept here.
"use strict";

(function () {
  const bar = document.getElementById("alarm");
  if (!bar) return;
  const sound = document.getElementById("sound");
  const EVERY = 2000;
  const Context = window.AudioContext || window.webkitAudioContext;
  const audio = Context ? new Context() : null;

  const beep = function () {
    if (!audio || audio.state !== "running") return;
    [0, 0.35, 0.7].forEach(function (later, place) {
      const tone = audio.createOscillator();
      const gain = audio.createGain();
      tone.frequency.value = place === 1 ? 660 : 880;
      gain.gain.value = 0.25;
      tone.connect(gain).connect(audio.destination);
      tone.start(audio.currentTime + later);
      tone.stop(audio.currentTime + later + 0.25);
    });
  };

  // Browsers keep a page quiet until somebody has pressed something on it: say so, and offer what to press.
  const offer = function () {
    sound.hidden = !audio || audio.state === "running";
  };
  sound.addEventListener("click", async function () {
    await audio.resume();
    offer();
    beep();
  });
  if (audio) audio.addEventListener("statechange", offer);
  offer();

  const show = function (ringing) {
    const plain = document.title.replace(/^\(\d+ danger\) /, "");
    document.title = (ringing ? "(" + ringing + " danger) " : "") + plain;
    if (bar.hidden === !ringing && bar.dataset.ringing === String(ringing)) return;
    bar.dataset.ringing = ringing;
    bar.querySelector("strong").textContent = ringing === 1 ? "1 alarm" : ringing + " alarms";
    bar.hidden = !ringing;
    const badge = document.querySelector(".ringing"); // what the folded menu says of it
    badge.textContent = bar.querySelector("strong").textContent;
    badge.hidden = !ringing;
  };

  const look = async function () {
    try {
      const response = await fetch(bar.dataset.url, { credentials: "same-origin", headers: { Accept: "application/json" } });
      if (response.status === 401) {
        document.title = "Signed out: no alarms here";
        bar.hidden = false;
        bar.textContent = "You are signed out, so no alarm shows or sounds here. Copy what you have typed and sign in again.";
        return;
      }
      if (response.ok) show((await response.json()).ringing);
    } catch (offline) {
      // the next look may do better
    }
    if (Number(bar.dataset.ringing)) beep();
    setTimeout(look, EVERY);
  };
  setTimeout(look, EVERY);
})();
