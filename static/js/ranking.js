// Beside the numbers of a ranking: two buttons for each thing. What has a place stands on top, in order; choosing a number that is
// taken moves the others. The numbers stay what is sent, so that nothing depends on this script.
for (const list of document.querySelectorAll(".ranks")) rank(list);

function rank(list) {
  const said = Object.assign(document.createElement("p"), { className: "vh" });
  const rows = [...list.children].map((row) => ({ row, select: row.querySelector("select"), words: row.querySelector("label").textContent }));

  said.setAttribute("role", "status");
  list.after(said);
  for (const one of rows) {
    one.row.append(button(one, "↑", -1, list.dataset.up), button(one, "↓", 1, list.dataset.down));
    one.select.addEventListener("change", () => put(one, Number(one.select.value || 0) - 1, one.select));
  }
  arrange(placed());

  function button(one, sign, by, words) {
    const made = Object.assign(document.createElement("button"), { type: "button", className: "button", textContent: sign });
    made.setAttribute("aria-label", words.replace("{}", one.words));
    made.addEventListener("click", () => {
      const at = placed().indexOf(one);
      put(one, at < 0 ? rows.length : Math.max(at + by, 0), made); // what has no place yet comes behind those that have one
    });
    return made;
  }

  function placed() {
    return rows.filter((one) => one.select.value).sort((one, other) => one.select.value - other.select.value);
  }

  function put(one, at, focused) {
    const order = placed().filter((other) => other !== one);
    if (at >= 0) order.splice(at, 0, one);
    for (const other of rows) other.select.value = order.includes(other) ? order.indexOf(other) + 1 : "";
    arrange(order);
    focused.focus();
    said.textContent = (at < 0 ? list.dataset.none : list.dataset.place.replace("#", one.select.value)).replace("{}", one.words);
    one.select.dispatchEvent(new Event("input", { bubbles: true })); // for what keeps it on the device
  }

  function arrange(order) {
    for (const one of [...order, ...rows.filter((other) => !order.includes(other))]) list.append(one.row);
  }
}
