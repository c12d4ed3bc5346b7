/** The matrix on the page: which rows and columns are shown, in which order. */

import { asksForCases, matches } from "./match.js";

/** @typedef {import("./types.js").State} State */
/** @typedef {import("./types.js").Cases} Cases */

/** @param {string} selector */
const all = (selector) => /** @type {HTMLElement[]} */ ([...document.querySelectorAll(selector)]);

const table = /** @type {HTMLTableElement | null} */ (document.querySelector("table.matrix"));
const areas = all("table.matrix tbody[data-area]");
/** @type {HTMLElement[]} */
const namesInOrder = all("table.matrix thead th[data-column]");

/** @param {Cases} cases @param {State} state */
export function show(cases, state) {
  if (!table) return;
  const found = matches(cases, state);
  const cells = asksForCases(state);
  let functions = 0;
  let count = 0;
  for (const body of areas) {
    let rows = 0;
    for (const row of all(`tbody[data-area="${CSS.escape(body.dataset.area ?? "")}"] tr[data-function]`)) {
      const counts = found[Number(row.dataset.function)];
      const here = counts[counts.length - 1];
      row.hidden = !here;
      rows += Number(here > 0);
      count += here;
      [...row.children].slice(1).forEach((cell, place) => {
        cell.classList.toggle("hit", cells && counts[place] > 0);
      });
    }
    body.hidden = !rows;
    functions += rows;
  }
  table.classList.toggle("filtered", cells);
  hideColumns(state);
  sortBy(state.sort);
  say(state, functions, count, cases);
}

/** @param {State} state */
function hideColumns(state) {
  const hidden = namesInOrder.map((heading) => state.hide.includes(heading.dataset.column ?? ""));
  const signature = hidden.map(Number).join("");
  if (!table || table.dataset.hidden === signature) return;
  table.dataset.hidden = signature;
  for (const row of /** @type {HTMLTableRowElement[]} */ (all("table.matrix tr"))) {
    [...row.cells].slice(1).forEach((cell, place) => { cell.hidden = hidden[place]; });
  }
}

/** @param {string} column */
function sortBy(column) {
  if (!table || table.dataset.sorted === column) return;
  table.dataset.sorted = column;
  const place = namesInOrder.findIndex((heading) => heading.dataset.column === column);
  namesInOrder.forEach((heading, index) => {
    if (index === place) heading.setAttribute("aria-sort", "ascending");
    else heading.removeAttribute("aria-sort");
  });
  /** @param {Element} row */
  const share = (row) => {
    const text = /** @type {HTMLElement} */ (row.children[place + 1]).dataset.share;
    return text ? Number(text) : 2; // what was not judged comes last
  };
  /** @param {HTMLElement[]} rows @param {(row: HTMLElement) => Element} of */
  const ordered = (rows, of) => {
    const first = [...rows].sort((a, b) => Number(a.dataset.order) - Number(b.dataset.order));
    return place < 0 ? first : first.sort((a, b) => share(of(a)) - share(of(b)));
  };
  for (const body of ordered(areas, (item) => /** @type {Element} */ (item.querySelector("tr.area")))) {
    const rows = /** @type {HTMLElement[]} */ ([...body.querySelectorAll("tr[data-function]")]);
    body.append(...ordered(rows, (row) => row));
    table.append(body);
  }
}

/** @param {State} state @param {number} functions @param {number} count @param {Cases} cases */
function say(state, functions, count, cases) {
  const place = document.querySelector("#found");
  if (!place) return;
  /** @param {number} n @param {string} word */
  const number = (n, word) => `${n.toLocaleString("en")} ${word}${n === 1 ? "" : "s"}`;
  const of = `${number(functions, "function")} of ${cases.functions.length.toLocaleString("en")}`;
  const why = asksForCases(state) ? ` with ${number(count, "matching case")}: their cells are outlined` : `, ${number(count, "case")}`;
  place.textContent = functions ? of + why : "No case matches: remove a filter.";
}
