"use strict";
/* The phone: sends what is typed, and shows what the thread on the server says has arrived. Text is set as text only. */

const byId = (id) => document.getElementById(id);
const phone = byId("phone"), log = byId("log"), words = byId("words"), from = byId("from");
const START = { sms: "+447700900123", telegram: "1001" };
const MEDIA = { voice: "Voice note", photo: "Photo" };
const numbers = { ...START };
let channel = "sms", last = 0, pending = 0, round = 0, parts = 0, pence = 0;

function element(tag, className, text) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}

function atEnd() { return log.scrollHeight - log.scrollTop - log.clientHeight < 60; }
function toEnd() { log.scrollTop = log.scrollHeight; }

function show(message) {
  byId("empty").hidden = true;
  const said = element("div", "said " + (message.author === "person" ? "person" : ""));
  if (message.author === "staff") said.append(element("p", "label", "A worker"));
  const sender = element("span", "sr", message.author === "person" ? "You: " : "Wellbeing: ");
  const bubble = element("div", "bubble", bodyOf(message));
  bubble.prepend(sender);
  said.append(bubble);
  if (message.segments !== undefined) said.append(sizeOf(message));
  if (message.buttons && message.buttons.length) said.append(keysOf(message));
  log.append(said);
  return said;
}

function bodyOf(message) {
  const media = message.author === "person" && !["text", "choice", undefined].includes(message.kind);
  if (!media) return message.text || "(empty)";
  return "[" + (MEDIA[message.kind] || message.kind) + "]" + (message.text ? " " + message.text : "");
}

function sizeOf(message) {
  parts += message.segments;
  pence += message.pence;
  const line = element("p", "size");
  const count = element("span", message.segments > 2 ? "many" : "", message.segments === 1 ? "1 part" : message.segments + " parts");
  line.append(count, ` · ${message.units} characters · ${message.encoding} · about ${message.pence}p`);
  return line;
}

function keysOf(message) {
  const keys = element("div", "keys");
  keys.setAttribute("role", "group");
  keys.setAttribute("aria-label", "Choices");
  for (const button of message.buttons) {
    const key = element("button", "", button.label);
    key.type = "button";
    key.disabled = !button.open;
    key.addEventListener("click", () => {
      for (const other of keys.children) other.disabled = true;
      post({ choice: button.id, text: button.label });
    });
    keys.append(key);
  }
  return keys;
}

async function refresh() {
  const now = round;
  const query = new URLSearchParams({ channel, from: numbers[channel], after: String(last), own: "1" });
  const response = await fetch("/simulator/thread?" + query);
  if (now !== round) return;
  const found = await response.json();
  if (!response.ok) { complain(found.error, true); return; }
  byId("staff").hidden = !found.with_staff;
  const follow = atEnd();
  for (const message of found.messages) {
    if (message.id <= last) continue;
    if (message.author === "person") document.querySelector(".waiting")?.remove();
    else if (message.buttons?.length) for (const old of log.querySelectorAll(".keys button")) old.disabled = true;
    show(message);
    last = message.id;
  }
  if (found.messages.length && follow) toEnd();
  tally();
  typing();
}

function typing() {
  let dots = log.querySelector(".typing");
  if (!pending) { dots?.remove(); return; }
  if (!dots) {
    dots = element("div", "typing");
    dots.append(element("i"), element("i"), element("i"), element("span", "sr", "Writing"));
  }
  log.append(dots);
  toEnd();
}

function tally() {
  byId("tally").textContent = channel === "sms" && parts
    ? `This conversation so far: ${parts} ${parts === 1 ? "part" : "parts"}, about ${pence}p at ${phone.dataset.pence}p a part (an estimate)`
    : "";
}

function complain(sentence, aboutNumber) {
  const problem = byId("problem");
  problem.textContent = sentence || "";
  problem.hidden = !sentence;
  from.setAttribute("aria-invalid", String(Boolean(sentence && aboutNumber)));
}

async function post(fields) {
  const now = round;
  const body = { channel, from: numbers[channel], text: "", ...fields };
  complain("");
  show({ author: "person", text: body.text, kind: body.kind }).classList.add("waiting");
  pending += 1;
  typing();
  toEnd();
  let problem = "";
  const watch = setInterval(() => refresh().catch(() => {}), 700);
  try {
    const response = await fetch("/simulator/messages", {
      method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body),
    });
    const answer = await response.json();
    if (!response.ok) problem = answer.error;
    else if (answer.waiting && now === round) for (const reply of answer.replies) show({ author: "assistant", text: reply.text });
  } catch {
    problem = "The gateway cannot be reached. Is it still running?";
  }
  clearInterval(watch);
  pending = Math.max(0, pending - 1);
  if (now !== round) return;
  await refresh().catch(() => {});
  typing();
  toEnd();
  if (problem) {
    document.querySelector(".waiting")?.remove();
    complain(problem, problem.startsWith("from"));
  }
}

function begin() {
  round += 1;
  last = parts = pence = pending = 0;
  for (const child of [...log.children]) if (child.id !== "empty") child.remove();
  byId("empty").hidden = false;
  phone.dataset.channel = channel;
  byId("via").textContent = channel === "sms" ? "Text message" : "bot";
  byId("from-label").textContent = channel === "sms" ? "Your number" : "Your Telegram id";
  from.value = numbers[channel];
  complain("");
  refresh().catch(() => {}).then(toEnd);
}

for (const radio of document.querySelectorAll("[name=channel]")) {
  radio.addEventListener("change", () => { channel = radio.value; begin(); });
}
from.addEventListener("change", () => { numbers[channel] = from.value.trim(); begin(); });
byId("setup").addEventListener("submit", (event) => { event.preventDefault(); from.blur(); });
byId("somebody").addEventListener("click", () => {
  const digits = String(Math.floor(Math.random() * 1000)).padStart(3, "0"); // 07700 900000-900999 belong to nobody
  numbers[channel] = channel === "sms" ? "+447700900" + digits : String(1000 + Math.floor(Math.random() * 9000));
  begin();
});
for (const chip of document.querySelectorAll(".chip")) {
  chip.addEventListener("click", () => {
    phone.scrollIntoView({ block: "nearest" }); // on a small screen the phone is above
    post({ text: chip.dataset.say });
  });
}
for (const button of document.querySelectorAll("[data-kind]")) {
  button.addEventListener("click", () => { post({ kind: button.dataset.kind }); });
}
function send() {
  const text = words.value;
  if (!text.trim()) return;
  words.value = "";
  fit();
  post({ text });
}
function fit() {
  words.rows = Math.min(5, Math.max(1, words.value.split("\n").length, Math.ceil(words.value.length / 28)));
}
byId("composer").addEventListener("submit", (event) => { event.preventDefault(); send(); });
words.addEventListener("input", fit);
words.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); send(); }
});

// A link may choose the phone: #telegram, #sms=+447700900456
const [wanted, number] = decodeURIComponent(location.hash.slice(1)).split("=");
if (wanted in START) {
  channel = wanted;
  if (number) numbers[channel] = number;
  document.querySelector(`[name=channel][value=${channel}]`).checked = true;
}
begin();
setInterval(() => { if (!pending && !document.hidden) refresh().catch(() => {}); }, 3000);
