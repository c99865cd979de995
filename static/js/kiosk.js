// A device that many people use: a form that nobody goes on with is emptied. Any touch, key or movement starts the time anew;
// half a minute before the end it asks. A page that the browser shows again from its memory is somebody else's: it is emptied.
// The way back leads to an empty form as well, not to a question of the browser whether to send again what the last person sent.
const WARNING = 30;
const idle = document.getElementById("idle");

history.replaceState(null, "", location.href);
if (idle) watch(Number(idle.dataset.seconds) - WARNING);

function watch(seconds) {
  const empty = () => location.replace(idle.dataset.anew);
  let timers = [];
  const start = () => {
    timers.forEach(clearTimeout);
    idle.hidden = true;
    timers = [setTimeout(() => { idle.hidden = false; }, seconds * 1000), setTimeout(empty, (seconds + WARNING) * 1000)];
  };

  for (const sign of ["input", "keydown", "pointerdown", "scroll"]) addEventListener(sign, start, { passive: true });
  addEventListener("pageshow", (event) => { if (event.persisted) empty(); });
  start();
}
