// The task that keeps robots out: find a number from which PBKDF2 makes a key that begins with given digits. It is done while
// somebody reads, off the main thread. Whoever sends before it is done waits for it. Where a browser cannot do it (the maths
// is lent to https pages alone), the form is sent without, and the server says what to do.
const AT_ONCE = 8;
const form = document.getElementById("answers");
const [task, proof] = form ? [form.elements["form.task"], form.elements["form.proof"]] : [];

if (task?.value) prove();

function prove() {
  const waiting = document.getElementById("proving");
  let isDone = Boolean(proof.value); // kept from before a reload
  const done = isDone ? null : solve(JSON.parse(atob(task.value)).parameters).then((found) => { proof.value = found; }, console.warn).finally(() => { isDone = true; });

  // Before anybody else who listens: they see a form that is complete.
  document.addEventListener("submit", async (event) => {
    if (event.target !== form || isDone || event.submitter?.formNoValidate) return; // those buttons send nothing in
    event.preventDefault();
    event.stopImmediatePropagation();
    if (!waiting.hidden) return; // pressed twice
    waiting.hidden = false;
    await done;
    waiting.hidden = true;
    form.requestSubmit(event.submitter);
  }, true);
}

async function solve({ nonce, salt, cost, keyLength, keyPrefix }) {
  const derive = async (number) => {
    const password = new Uint8Array([...bytes(nonce), ...bytes(number.toString(16).padStart(8, "0"))]);
    const key = await crypto.subtle.importKey("raw", password, "PBKDF2", false, ["deriveBits"]);
    return hex(await crypto.subtle.deriveBits({ name: "PBKDF2", hash: "SHA-256", salt: bytes(salt), iterations: cost }, key, 8 * keyLength));
  };
  for (let first = 0; ; first += AT_ONCE) {
    const keys = await Promise.all(Array.from({ length: AT_ONCE }, (_, n) => derive(first + n)));
    const found = keys.findIndex((key) => key.startsWith(keyPrefix));
    if (found >= 0) return `${first + found}.${keys[found]}`;
  }
}

function bytes(digits) {
  return Uint8Array.from(digits.match(/../g), (pair) => parseInt(pair, 16));
}

function hex(buffer) {
  return [...new Uint8Array(buffer)].map((one) => one.toString(16).padStart(2, "0")).join("");
}
