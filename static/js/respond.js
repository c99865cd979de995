// What is typed into a survey is kept in this tab, survives a reload or a lost connection, and is sent once when the network
// is back. The form's token is kept along: whatever is sent twice is the same answer. Gone when the tab is closed or all is sent.
const KEPT = "hearback";
const PATIENCE = 4000; // ms for the server to answer before we take it that there is no connection
const PAUSE = 5000; // ms between two looks whether it is back
const form = document.getElementById("answers");

if (form) keep(form);
else sessionStorage.removeItem(KEPT); // the thank-you page: all is sent

function keep(form) {
  const waiting = document.getElementById("waiting");
  let isLeaving = false;

  restore(form);
  form.addEventListener("input", () => save(form));
  form.addEventListener("submit", async (event) => {
    if (isLeaving) return;
    event.preventDefault();
    isLeaving = true;
    save(form);
    while (!(await isServerThere())) {
      waiting.hidden = false;
      await comeBack();
    }
    waiting.hidden = true;
    sendBy(form, event.submitter);
  });
  addEventListener("pageshow", (event) => {
    if (event.persisted) isLeaving = false; // somebody went back to this page
  });
}

function save(form) {
  const fields = [...new FormData(form)].filter(([name]) => name !== "form.go");
  sessionStorage.setItem(KEPT, JSON.stringify({ place: placeOf(form), fields }));
}

function restore(form) {
  const kept = JSON.parse(sessionStorage.getItem(KEPT) ?? "null");
  if (kept?.place !== placeOf(form) || document.querySelector(".error-summary")) return;
  for (const input of form.elements) {
    const values = kept.fields.filter(([name]) => name === input.name).map(([, value]) => value);
    if (input.type === "checkbox" || input.type === "radio") input.checked = values.includes(input.value);
    else if (input.name && input.type !== "submit" && values.length) input.value = values[0];
  }
}

function placeOf(form) {
  const value = (name) => form.elements[name]?.value ?? "";
  return `${location.pathname} ${value("form.version")} ${value("form.page")}`;
}

async function isServerThere() {
  if (!navigator.onLine) return false;
  try {
    return (await fetch("/healthz", { cache: "no-store", signal: AbortSignal.timeout(PATIENCE) })).ok;
  } catch {
    return false;
  }
}

function comeBack() {
  return new Promise((resolve) => {
    setTimeout(resolve, PAUSE);
    addEventListener("online", resolve, { once: true });
  });
}

function sendBy(form, button) {
  if (button?.name) {
    const pressed = Object.assign(document.createElement("input"), { type: "hidden", name: button.name, value: button.value });
    form.append(pressed);
  }
  form.submit();
}
