// A page of long work drawn anew while it goes on: only the part that says how far it is. Where the work is done, the whole page.
// Without this file the page loads itself again.

const PAUSE = 1500; // ms
const part = () => document.querySelector("[data-fresh]");

async function look() {
  const answer = await fetch(location.href);
  const next = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-fresh]");
  if (!answer.ok || !next) return location.reload();
  if (next.innerHTML !== part().innerHTML) part().replaceChildren(...next.childNodes);
  setTimeout(again, PAUSE);
}

const again = () => look().catch(() => setTimeout(again, 4 * PAUSE));
if (part()) setTimeout(again, PAUSE);
