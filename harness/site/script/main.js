/** Puts the parts together. Without this script the pages say the same, and nothing is filtered. */

import { allCases } from "./data.js";
import { listen } from "./keys.js";
import { openPanel } from "./panel.js";
import { changed, readState, writeState } from "./state.js";
import { show } from "./table.js";

/** @typedef {import("./types.js").State} State */

const form = /** @type {HTMLFormElement | null} */ (document.querySelector("form.filters"));
const matrix = /** @type {HTMLTableElement | null} */ (document.querySelector("table.matrix"));
const dialog = /** @type {HTMLDialogElement | null} */ (document.querySelector("dialog.panel"));

/** @param {State} state */
function go(state) {
  history.replaceState(null, "", writeState(state));
  void update();
}

async function update() {
  const state = readState(location.hash);
  if (!form || !dialog) return;
  fill(form, state);
  if (state.open) void openPanel(dialog, state);
  else if (dialog.open) dialog.close();
  try {
    show(await allCases(), state);
  } catch (error) {
    const place = document.querySelector("#found");
    if (place) place.textContent = /** @type {Error} */ (error).message;
  }
  document.body.dataset.ready = "yes";
}

/** @param {HTMLFormElement} form @param {State} state */
function fill(form, state) {
  for (const name of /** @type {const} */ (["q", "area", "verdict", "aspect", "spread"])) {
    const field = /** @type {HTMLInputElement} */ (form.elements.namedItem(name));
    if (field.value !== state[name]) field.value = state[name];
  }
  for (const box of /** @type {NodeListOf<HTMLInputElement>} */ (form.querySelectorAll("input[name=column]"))) {
    box.checked = !state.hide.includes(box.value);
  }
}

/** @param {HTMLFormElement} form */
function read(form) {
  const told = new FormData(form);
  const boxes = /** @type {HTMLInputElement[]} */ ([...form.querySelectorAll("input[name=column]")]);
  /** @param {string} name */
  const value = (name) => String(told.get(name) ?? "");
  return changed({
    q: value("q"), area: value("area"), verdict: value("verdict"), aspect: value("aspect"),
    spread: value("spread"), hide: boxes.filter((box) => !box.checked).map((box) => box.value),
  });
}

function close() {
  const { open } = readState(location.hash);
  if (!open) return false;
  go(changed({ open: "" }));
  const [name, column] = open.split("@");
  const heading = document.querySelector(`th[data-column="${CSS.escape(column)}"]`);
  const row = /** @type {HTMLTableRowElement | null} */ (document.querySelector(`tr[data-name="${CSS.escape(name)}"]`));
  const cell = row?.cells[/** @type {HTMLTableCellElement | null} */ (heading)?.cellIndex ?? -1];
  /** @type {HTMLElement | null | undefined} */ (cell?.querySelector("a"))?.focus();
  return true;
}

/** @param {MouseEvent} event */
function clicked(event) {
  const target = /** @type {HTMLElement} */ (event.target);
  const link = target.closest("table.matrix td a");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const row = /** @type {HTMLElement} */ (link.closest("tr"));
  const place = /** @type {HTMLTableCellElement} */ (link.closest("td")).cellIndex;
  const heading = /** @type {HTMLElement | undefined} */ (matrix?.tHead?.rows[0].cells[place]);
  event.preventDefault();
  go(changed({ open: `${row.dataset.name}@${heading?.dataset.column}` }));
  /** @type {HTMLElement | null | undefined} */ (dialog?.querySelector("button"))?.focus();
}

if (form && matrix && dialog) {
  form.hidden = false;
  form.addEventListener("input", () => go(read(form)));
  form.addEventListener("submit", (event) => event.preventDefault());
  form.querySelector("button.clear")?.addEventListener("click", () => go(readState("")));
  matrix.addEventListener("click", clicked);
  matrix.tHead?.addEventListener("click", (event) => {
    const button = /** @type {HTMLElement} */ (event.target).closest("button.sort");
    const column = /** @type {HTMLElement | null | undefined} */ (button?.closest("th"))?.dataset.column;
    if (column) go(changed({ sort: readState(location.hash).sort === column ? "" : column }));
  });
  dialog.querySelector("button.close")?.addEventListener("click", close);
  addEventListener("hashchange", () => void update());
  listen(matrix, close);
  void update();
}
document.addEventListener("click", async (event) => {
  const button = /** @type {HTMLElement} */ (event.target).closest(".copy button");
  const code = button?.parentElement?.querySelector("code");
  if (!button || !code) return;
  try {
    await navigator.clipboard.writeText(code.textContent ?? "");
    button.textContent = "copied";
  } catch {
    getSelection()?.selectAllChildren(code); // a browser that refuses leaves the rest to the reader's keys
  }
});
