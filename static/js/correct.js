// Corrections without leaving the list: the form of a comment is sent in the background, and that comment alone is drawn anew.
// Without this file the form leads back to the comment, which is the same a little slower.

async function send(form, body, comment) {
  const answer = await fetch(form.action, { method: "POST", body });
  if (!answer.ok) return location.reload();
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const again = page.getElementById(comment.id);
  const next = comment.nextElementSibling;
  if (again) comment.replaceWith(again); // else it is judged whole and stands in this list no more
  else comment.remove();
  (again ?? next)?.querySelector(".correct button, .said-of button")?.focus({ preventScroll: true });
}

document.addEventListener("submit", (event) => {
  const form = event.target, pressed = event.submitter, comment = form.closest(".verbatim[id]");
  if (!comment || !pressed) return;
  event.preventDefault();
  const body = new URLSearchParams(new FormData(form, pressed)); // before: what is disabled is not in it
  pressed.disabled = true;
  send(form, body, comment).catch(() => { pressed.disabled = false; });
});
