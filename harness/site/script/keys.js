/** The keyboard: arrows go from cell to cell, / to the search, Escape closes what is open. */

/** @param {HTMLTableElement} table @param {() => boolean} close Closes what is open; whether anything was. */
export function listen(table, close) {
  const links = () => /** @type {HTMLElement[]} */ ([...table.querySelectorAll("td a")]);
  // One of the cells is reached by Tab, the others from there: a thousand stops help nobody.
  links().forEach((link, place) => { link.tabIndex = place ? -1 : 0; });
  table.addEventListener("focusin", (event) => {
    const link = /** @type {HTMLElement} */ (event.target);
    if (!link.closest("td")) return;
    table.querySelector('td a[tabindex="0"]')?.setAttribute("tabindex", "-1");
    link.tabIndex = 0;
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const target = /** @type {HTMLElement} */ (event.target);
    const typing = target.matches("input, select, textarea");
    if (event.key === "Escape") {
      event.preventDefault(); // a search field would empty itself without telling
      if (!close() && typing) target.blur();
    } else if (typing) {
      return;
    } else if (event.key === "/") {
      event.preventDefault();
      /** @type {HTMLElement | null} */ (document.querySelector("#q"))?.focus();
    } else if (target.closest("table.matrix td")) {
      const next = neighbour(/** @type {HTMLTableCellElement} */ (target.closest("td")), event.key);
      if (!next) return;
      event.preventDefault();
      next.focus();
      next.scrollIntoView({ block: "nearest", inline: "nearest" });
    }
  });
}

/** @type {(cell: HTMLTableCellElement, key: string) => HTMLElement | null} */
const neighbour = (cell, key) => {
  const row = /** @type {HTMLTableRowElement} */ (cell.parentElement);
  const shown = [...row.cells].slice(1).filter((item) => !item.hidden);
  const place = shown.indexOf(cell);
  /** @param {HTMLTableCellElement | undefined} item */
  const link = (item) => /** @type {HTMLElement | null} */ (item?.querySelector("a") ?? null);
  if (key === "ArrowRight") return link(shown[place + 1]);
  if (key === "ArrowLeft") return link(shown[place - 1]);
  if (key === "Home") return link(shown[0]);
  if (key === "End") return link(shown[shown.length - 1]);
  if (key !== "ArrowDown" && key !== "ArrowUp") return null;
  const rows = /** @type {HTMLTableRowElement[]} */ ([...document.querySelectorAll("tr[data-function]")])
    .filter((item) => !item.hidden);
  const next = rows[rows.indexOf(row) + (key === "ArrowDown" ? 1 : -1)];
  return link(next?.cells[cell.cellIndex]);
};
