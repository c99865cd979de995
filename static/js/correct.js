// What is said of a comment or done with it, without leaving the list: its form is sent in the background, and that comment alone is
// drawn anew. Without this file the form leads back to the comment, which is the same a little slower.

async function send(form, body, comment, focusOf) {
  const answer = await fetch(form.action, { method: "POST", body });
  if (!answer.ok) return location.reload();
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const again = page.getElementById(comment.id);
  const next = comment.nextElementSibling;
  if (again) comment.replaceWith(again); // else it is judged whole and stands in this list no more
  else comment.remove();
  const stays = again ?? next;
  if (stays) focusOf(stays)?.focus({ preventScroll: true });
}

function whole(comment) {
  comment.tabIndex = -1;
  return comment;
}

document.addEventListener("submit", (event) => {
  const form = event.target, pressed = event.submitter, comment = form.closest(".verbatim[id]");
  if (!comment || !pressed || "leaves" in pressed.dataset) return;
  event.preventDefault();
  const first = form.classList.contains("handle") ? ".handle button" : ".correct button, .said-of button";
  const focusOf = document.activeElement === comment ? whole : (again) => again.querySelector(first);
  const body = new URLSearchParams(new FormData(form, pressed)); // first: what is disabled is not sent
  pressed.disabled = true;
  send(form, body, comment, focusOf).catch(() => { pressed.disabled = false; });
});
