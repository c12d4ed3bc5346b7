/** Which cases a state asks for. */

/** @typedef {import("./types.js").State} State */
/** @typedef {import("./types.js").Cases} Cases */
/** @typedef {import("./types.js").Column} Column */

/** The letter of a verdict. Of a deviation it is that of a known one; NEW and SILENT have the same order. */
const LETTERS = /** @type {const} */ ({
  pass: "p", skip: "s", fail: "f", error: "e", unsupported: "u", crash: "c", timeout: "t",
});
const KNOWN = "feuct";
const NEW = "FEUCT";
const SILENT = "12345";

/** @param {string} letter @returns {boolean} */
function deviates(letter) {
  return KNOWN.includes(letter) || NEW.includes(letter);
}

/**
 * The letters that a filter by verdict asks for; null for all.
 *
 * @param {string} verdict
 * @returns {string | null}
 */
function lettersOf(verdict) {
  if (!verdict) return null;
  if (verdict === "deviation") return KNOWN + NEW;
  if (verdict === "new") return NEW;
  if (verdict === "known") return KNOWN;
  if (verdict === "silent") return SILENT;
  const letter = Object.entries(LETTERS).find(([name]) => name === verdict)?.[1];
  if (!letter) return "";
  const place = KNOWN.indexOf(letter);
  return place < 0 ? letter : letter + NEW[place] + SILENT[place];
}

/** @param {State} state */
export function asksForCases(state) {
  return Boolean(state.verdict || state.aspect || state.spread);
}

/** @param {Cases} cases @param {number} row @param {string} spread */
function spreads(cases, row, spread) {
  let judged = 0;
  let deviating = 0;
  for (const { verdicts } of cases.columns) {
    const letter = verdicts[row];
    if (letter === "." || letter === "s") continue;
    judged += 1;
    deviating += Number(deviates(letter));
  }
  return judged > 1 && deviating === (spread === "one" ? 1 : judged);
}

/**
 * For every function the number of matching cases in each column, all columns together being the last.
 *
 * @param {Cases} cases
 * @param {State} state
 * @returns {Uint32Array[]}
 */
export function matches(cases, state) {
  const width = cases.columns.length;
  const found = cases.functions.map(() => new Uint32Array(width + 1));
  const words = state.q.toLowerCase().split(/\s+/).filter(Boolean);
  const wanted = lettersOf(state.verdict);
  const bit = state.aspect ? 1 << cases.aspects.indexOf(state.aspect) : 0;
  const shown = cases.columns.map((column, place) => ({ column, place }))
    .filter(({ column }) => !state.hide.includes(column.name));
  cases.ids.forEach((id, row) => {
    const lower = words.length ? id.toLowerCase() : "";
    if (!words.every((word) => lower.includes(word))) return;
    if (state.area && !cases.functions[cases.of[row]].startsWith(`${state.area}/`)) return;
    if (state.spread && !spreads(cases, row, state.spread)) return;
    const counts = found[cases.of[row]];
    let here = false;
    for (const { column, place } of shown) {
      const letter = column.verdicts[row];
      if (letter === "." || (wanted !== null && !wanted.includes(letter))) continue;
      if (state.spread && !deviates(letter)) continue;
      if (bit && !(parseInt(column.aspects.slice(2 * row, 2 * row + 2), 16) & bit)) continue;
      counts[place] += 1;
      here = true;
    }
    counts[width] += Number(here || !asksForCases(state));
  });
  return found;
}

/**
 * Whether a result behind a cell is one of those that the state asks for.
 *
 * @param {import("./types.js").Result} result
 * @param {State} state
 */
export function resultMatches(result, state) {
  const { verdict, aspect } = state;
  const counted = result.kind === "new" || result.kind === "known";
  if (verdict === "deviation" ? !counted : verdict && verdict !== result.verdict && verdict !== result.kind) return false;
  if (state.spread && !counted) return false;
  return !aspect || (result.aspects ?? "").split(", ").includes(aspect);
}
