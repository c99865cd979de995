// A form that saves itself: the editor of surveys and of their languages. Without this file every button saves all of it.
//
// One save is under way at a time. What is typed meanwhile stays in its inputs and goes with the next one; what the server
// sends back is put in place around it. Where there is no connection, what was typed is kept on this device and sent later.

const WAIT = 900, RETRY = 5000;
const state = { dirty: false, busy: false, isFailing: false, timer: 0, sent: new Map() };
const kept = `unsaved ${location.pathname}`;

const byId = (id) => (id ? document.getElementById(id) : null);
const form = () => document.querySelector("form[data-autosave]");
const parsed = (text) => new DOMParser().parseFromString(text, "text/html");
const isBox = (one) => one.type === "checkbox" || one.type === "radio";
const controls = (root) => [...root.querySelectorAll("input, textarea, select")].filter((one) => one.name && one.type !== "hidden");
const key = (one) => (one.type === "radio" ? `${one.name}=${one.value}` : one.name);
const value = (one) => (isBox(one) ? String(one.checked) : one.value);
const put = (one, now) => { if (isBox(one)) one.checked = now === "true"; else one.value = now; };
const byKey = (root) => new Map(controls(root).map((one) => [key(one), one]));
const snapshot = () => new Map(controls(form()).map((one) => [key(one), value(one)]));
const isLate = (one) => value(one) !== state.sent.get(key(one)); // typed after it was sent
const isSame = (one, other) => one.trim().replace(/\s+/g, " ") === other.trim().replace(/\s+/g, " ");
const isAboutMore = (one) => /\.\+\w+$/.test(one.name); // an input for one more thing
const place = (one) => one.closest("[data-place]")?.dataset.place;

function say(words, isWrong = false) {
  const status = byId("saved");
  if (status.textContent !== words) status.textContent = words;
  status.classList.toggle("worse", isWrong);
}

// ---- saving -------------------------------------------------------------------------------------------------------------

function changed(wait = WAIT) {
  state.dirty = true;
  form().dataset.state = "waiting";
  clearTimeout(state.timer);
  state.timer = setTimeout(save, wait);
}

function send(button, headers) {
  const body = new URLSearchParams(new FormData(form()));
  body.set("do", button ? button.value : "save");
  state.sent = snapshot();
  state.dirty = false;
  return fetch(form().action, { method: "POST", body, headers, signal: AbortSignal.timeout(20000) });
}

async function alone(work) {
  while (state.busy) await new Promise((done) => { setTimeout(done, 50); });
  clearTimeout(state.timer);
  state.busy = true;
  try {
    await work();
  } catch {
    failed(form().dataset.offline);
  } finally {
    state.busy = false;
    if (state.dirty) changed(state.isFailing ? RETRY : WAIT);
    else form().dataset.state = "saved";
  }
}

const save = () => alone(async () => {
  if (!state.dirty) return;
  const answer = await withToken(() => send(null, { "X-Autosave": "yes" }));
  if (answer) await settle(answer);
});

// A page that was open over night has the token of a session that is over: take that of the present one and try once more.
async function withToken(attempt) {
  let answer = await attempt();
  if (answer.status === 400 || answer.status === 403) {
    const page = await fetch(location.href);
    const token = page.redirected ? null : parsed(await page.text()).querySelector("[name=csrf_token]");
    if (!token) return failed(form().dataset.signedOut);
    for (const one of document.querySelectorAll("[name=csrf_token]")) one.value = token.value;
    answer = await attempt();
  }
  return [200, 409, 422].includes(answer.status) ? answer : failed(form().dataset.broken);
}

function failed(words) {
  Object.assign(state, { dirty: true, isFailing: true });
  localStorage.setItem(kept, JSON.stringify([byId("seen").value, byId("shown").value, [...snapshot()]]));
  say(words, true);
  return null;
}

function succeeded() {
  state.isFailing = false;
  localStorage.removeItem(kept);
}

// ---- what comes back after a save by itself: some parts -------------------------------------------------------------------

async function settle(answer) {
  const fresh = parsed(await answer.text()).getElementById("saved-part");
  if (!fresh) return failed(form().dataset.broken);
  succeeded();
  const clashes = fresh.dataset.clashes.split(" ").filter(Boolean);
  const asked = [...document.querySelectorAll(".clash")].map((one) => one.id.replace("whose-", ""));
  if (clashes.some((one) => !asked.includes(one))) return swap(await send(null, {}));
  if ("rearranged" in fresh.dataset || asked.length > clashes.length) return swap(await fetch(location.href));
  for (const one of fresh.querySelectorAll(":scope > [id]")) {
    const old = byId(one.id);
    if (one.id === "saved") say(one.textContent.trim(), answer.status !== 200);
    else if (old && one.classList.contains("body")) renew(old, one);
    else old?.replaceWith(one);
  }
  for (const one of fresh.querySelectorAll("[data-kept]")) {
    const here = byId(one.dataset.kept), isTheirs = here && !isLate(here) && !clashes.includes(here.name);
    if (isTheirs && answer.status !== 422 && !isSame(one.textContent, here.value)) here.value = one.textContent;
  }
  showErrors(fresh);
  return showPreview();
}

// The inputs of one question. Where they are the same ones, only what others changed is put in; else all are drawn anew.
function renew(old, fresh) {
  const [before, after] = [byKey(old), byKey(fresh)];
  if ([...before.keys()].join() !== [...after.keys()].join()) return redraw(old, fresh, before, after);
  for (const [name, one] of after) {
    const here = before.get(name);
    if (!isLate(here) && !name.endsWith(".pipe") && !isSame(value(one), value(here))) put(here, value(one));
  }
  return old.querySelector(".said-about").replaceWith(fresh.querySelector(".said-about"));
}

// What was typed since, and the focus, find their inputs again. An input for one more thing has become an input of that
// thing: it is known by its words.
function redraw(old, fresh, before, after) {
  const twin = (one) => {
    const words = isAboutMore(one) ? state.sent.get(key(one))?.trim() : "";
    const grown = words && [...after].find(([name, other]) => !before.has(name) && other.value.trim() === words);
    return grown ? grown[1] : after.get(key(one));
  };
  for (const one of before.values()) if (isLate(one) && twin(one)) put(twin(one), value(one));
  if ([...before.values()].some(isLate)) state.dirty = true;
  const focus = old.contains(document.activeElement) ? document.activeElement : null;
  const [summary, caret] = [[...old.querySelectorAll("summary")].indexOf(focus), focus?.selectionStart];
  const open = [...old.querySelectorAll("details")].map((one) => one.open);
  const target = focus?.name ? twin(focus) : null;
  old.replaceWith(fresh);
  [...fresh.querySelectorAll("details")].forEach((one, n) => { one.open ||= open[n] ?? false; });
  if (!focus) return;
  const next = target || byId(focus.id) || fresh.querySelectorAll("summary")[summary];
  next?.focus({ preventScroll: true });
  if (typeof caret === "number" && next?.type !== "number") next?.setSelectionRange?.(caret, caret);
}

function showErrors(fresh) {
  for (const one of form().querySelectorAll(".error")) one.remove();
  for (const one of form().querySelectorAll("[aria-invalid]")) one.removeAttribute("aria-invalid");
  for (const error of fresh.querySelectorAll("[data-input]")) {
    const input = byId(error.dataset.input);
    input?.closest(".field")?.querySelector("label, legend").after(error);
    if (!input?.name) continue;
    input.setAttribute("aria-invalid", "true");
    input.setAttribute("aria-describedby", `${input.getAttribute("aria-describedby") ?? ""} ${error.id}`.trim());
  }
}

// ---- what comes back after a button: the page -----------------------------------------------------------------------------

const press = (button) => alone(async () => {
  const answer = await withToken(() => send(button, {}));
  if (answer) await swap(answer, button);
});

// Where to look after a button, where its own place is gone.
const NEXT = {
  add: ".asked > li > [open] textarea", copy: ".asked > li > [open] textarea", below: "#add .kind", remove: "#undo", "remove-ending": "#undo",
  "add-ending": "#endings li:last-child textarea", undo: ".asked > li > [open] summary",
};

async function swap(answer, button = { id: document.activeElement?.id, value: "" }) {
  const page = parsed(await answer.text()), fresh = page.getElementById("main"), old = byId("main");
  if (!fresh?.querySelector("form[data-autosave]")) return failed(form().dataset.broken);
  succeeded();
  const wanted = new URL(answer.url, location.href).searchParams.get("open");
  const typed = state.sent;
  state.sent = new Map(controls(fresh).map((one) => [key(one), value(one)]));
  carryOver(old, fresh, typed);
  keepOpen(old, fresh, wanted);
  old.replaceWith(fresh);
  document.title = page.title;
  enhance();
  const next = NEXT[button.value.split(":")[0]];
  lookAt([".clash", ".error-summary"].map((one) => document.querySelector(one)).concat(byId(button.id), next && document.querySelector(next), byId("questions")));
  return showPreview();
}

function carryOver(old, fresh, sent) {
  const after = byKey(fresh);
  for (const one of controls(old)) {
    const other = after.get(key(one)), isKept = value(one) !== sent.get(key(one)) || one.getAttribute("aria-invalid");
    if (!other || !isKept || value(one) === value(other)) continue;
    put(other, value(one));
    state.dirty = true;
  }
}

function keepOpen(old, fresh, wanted) {
  const all = (root, where) => [...root.querySelectorAll("[data-place]")].filter((one) => one.dataset.place === where).flatMap((one) => [...one.querySelectorAll("details")]);
  for (const where of new Set([...fresh.querySelectorAll("[data-place]")].map((one) => one.dataset.place))) {
    all(old, where).forEach((one, n) => {
      const other = all(fresh, where)[n];
      if (other && one.open && (where === wanted || !wanted || !one.name)) other.open = true;
    });
  }
}

function lookAt(wanted) {
  const found = wanted.find((one) => one && !one.disabled && one.checkVisibility());
  found?.focus({ preventScroll: true });
  found?.scrollIntoView({ block: "nearest" });
}

// ---- the preview ----------------------------------------------------------------------------------------------------------

function showPreview() {
  const frame = byId("preview");
  if (!frame?.checkVisibility()) return;
  const open = document.querySelector("#questions [data-place] > details[open]");
  const url = new URL(frame.dataset.src, location.href);
  if (open) url.searchParams.set("question", place(open));
  frame.onload = () => {
    const asked = open && frame.contentDocument?.getElementById(place(open))?.closest(".question");
    if (asked) frame.contentWindow.scrollTo(0, asked.getBoundingClientRect().top - 40);
  };
  frame.contentWindow.location.replace(url);
}

// ---- what is listened to --------------------------------------------------------------------------------------------------

function enhance() {
  for (const one of document.querySelectorAll(".with-script")) one.hidden = false;
  for (const one of form().querySelectorAll("[data-insert]")) one.type = "button";
}

function insert(button) {
  const [words, pipe] = [byId(`${button.dataset.insert}.words`), byId(`${button.dataset.insert}.pipe`)];
  words.setRangeText(`{${pipe.value}}`, words.selectionStart, words.selectionEnd, "end");
  words.focus();
  changed();
}

// The focus stays on what it was on, and the page says where the question is now.
async function move(button, focus, where) {
  await press({ value: button.value, id: focus.id });
  const item = byId(`q-${where}`);
  (byId(focus.id) || item?.querySelector("summary"))?.focus();
  if (item) say(item.querySelector(".line").textContent.replace(/\s+/g, " ").trim());
}

async function leave(event, link) {
  event.preventDefault();
  await save();
  location.assign(link.href);
}

const isOurs = (one) => one.name && form()?.contains(one) && !one.name.endsWith(".pipe");

document.addEventListener("input", ({ target }) => {
  if (!isOurs(target)) return;
  if (isAboutMore(target)) state.dirty = true; // saved once it is left
  else if (!target.name.startsWith("whose-")) changed();
});
document.addEventListener("change", ({ target }) => {
  if (!isOurs(target) || !isLate(target)) return; // navigating the preview, a browser says that what has the focus changed
  if (target.name.startsWith("whose-")) press({ value: "save", id: "" });
  else changed(isAboutMore(target) || "shapes" in target.dataset ? 0 : WAIT);
});
document.addEventListener("submit", (event) => {
  if (event.target !== form()) return;
  event.preventDefault();
  if (!event.submitter || event.submitter.value === "save") changed(0);
  else press(event.submitter);
});
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-insert]"), link = event.target.closest("a[href]");
  if (button) insert(button);
  else if (link && state.dirty && !link.target && !link.hash && !event.ctrlKey && !event.metaKey) leave(event, link);
});
document.addEventListener("keydown", (event) => {
  const item = event.altKey && { ArrowUp: "up", ArrowDown: "down" }[event.key] && event.target.closest?.("#questions li[data-place]");
  if (!item) return;
  event.preventDefault();
  const button = item.querySelector(`[id^="${event.key === "ArrowUp" ? "up" : "down"}-"]`);
  if (!button.disabled) move(button, event.target, item.dataset.place);
});
document.addEventListener("toggle", ({ target }) => {
  if (!target.matches?.("#questions [data-place] > details")) return;
  const open = document.querySelector("#questions [data-place] > details[open]");
  history.replaceState(null, "", open ? `?open=${place(open)}` : location.pathname);
  if (target.open) showPreview();
}, true);
addEventListener("beforeunload", (event) => { if (form() && (state.dirty || state.busy)) event.preventDefault(); });
addEventListener("online", () => { if (state.dirty) changed(0); });

// What was typed without a connection, on a page that was closed then; the server sees what it was made from.
function restore() {
  const waiting = JSON.parse(localStorage.getItem(kept) || "null");
  if (!waiting) return;
  const [seen, shown, values] = waiting, here = byKey(form());
  for (const [name, now] of values) if (here.has(name)) put(here.get(name), now);
  byId("seen").value = seen;
  byId("shown").value = shown;
  say(form().dataset.restored);
  changed(0);
}

if (form()) {
  state.sent = snapshot();
  enhance();
  restore();
}
