// The inbox by keyboard: j and k go from comment to comment, other keys press what stands on the one that has the focus. Each key does
// what a link or button on the page does as well; none is heard while something is typed or chosen.

const cards = () => [...document.querySelectorAll(".cards > .verbatim")];
const here = () => document.activeElement?.closest(".cards > .verbatim");

function go(step) {
  const all = cards(), at = all.indexOf(here());
  const card = all[at < 0 ? (step > 0 ? 0 : all.length - 1) : Math.min(Math.max(at + step, 0), all.length - 1)];
  if (!card) return;
  card.tabIndex = -1;
  card.focus({ preventScroll: true });
  card.scrollIntoView({ block: "nearest" });
}

function tag(card) {
  const details = card.querySelector(".correct details");
  if (!details) return;
  details.open = true;
  details.querySelector("button")?.focus();
}

function keys() {
  const details = document.querySelector(".keys");
  details.open = !details.open;
  if (details.open) details.querySelector("summary").focus();
}

const press = (card, key) => card.querySelector(`[data-key="${key}"]`)?.click();
const open = (card) => card.querySelector(".meta a[href*='/responses/']")?.click();

const KEYS = {
  j: () => go(1),
  k: () => go(-1),
  "?": keys,
  o: () => here() && open(here()),
  Enter: () => document.activeElement === here() && open(here()),
  t: () => here() && tag(here()),
  r: () => here() && press(here(), "r"),
  p: () => here() && press(here(), "p"),
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select, [contenteditable]")) return;
  const act = KEYS[event.key];
  if (!act) return;
  if (event.key === "Enter" && document.activeElement !== here()) return; // a link or button that has the focus
  event.preventDefault();
  act();
});
