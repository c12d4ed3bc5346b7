/** The cases behind a cell. */

import { detailOf } from "./data.js";
import { asksForCases, resultMatches } from "./match.js";

/** @typedef {import("./types.js").State} State */
/** @typedef {import("./types.js").Case} Case */
/** @typedef {import("./types.js").Result} Result */

const ORDER = ["new", "known", "silent", "skip", "pass"];
/** @type {Record<string, string>} */
const SAID = {
  new: "New deviations", known: "Known deviations", silent: "Not counted: the documentation is silent",
  skip: "Skipped", pass: "Passed",
};

/**
 * An element. Text is only ever set as text: what a backend said stays inert.
 *
 * @param {string} tag
 * @param {Record<string, string>} attributes
 * @param {...(Node | string)} children
 * @returns {HTMLElement}
 */
function element(tag, attributes, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

/** @param {HTMLDialogElement} dialog @param {State} state */
export async function openPanel(dialog, state) {
  const at = state.open.lastIndexOf("@");
  const [name, column] = [state.open.slice(0, at), state.open.slice(at + 1)];
  const row = /** @type {HTMLElement | null} */ (document.querySelector(`tr[data-name="${CSS.escape(name)}"]`));
  if (dialog.dataset.open === state.open && dialog.open) return;
  dialog.dataset.open = state.open;
  const title = /** @type {HTMLElement} */ (dialog.querySelector("h2"));
  const body = /** @type {HTMLElement} */ (dialog.querySelector(".body"));
  title.textContent = `${name.slice(name.indexOf("/") + 1)} on ${column}`;
  body.replaceChildren(element("p", {}, "Loading …"));
  if (!dialog.open) dialog.show();
  try {
    if (!row) throw new Error(`The matrix has no function ${name}.`);
    const detail = await detailOf(row.dataset.detail ?? "");
    if (dialog.dataset.open !== state.open) return;
    const root = document.body.dataset.root ?? "";
    const link = element("a", { href: `${root}${detail.page}#${encodeURIComponent(column)}` }, "The page of the function");
    body.replaceChildren(element("p", {}, link), ...sections(detail.cases, column, state));
    if (!body.querySelector("details")) body.append(element("p", {}, "This column has no verdict on any case of it."));
  } catch (error) {
    body.replaceChildren(element("p", { class: "problem" }, String(/** @type {Error} */ (error).message)));
  }
}

/** @param {Case[]} cases @param {string} column @param {State} state @returns {HTMLElement[]} */
function sections(cases, column, state) {
  const judged = cases.filter((item) => item.results[column]);
  const filtering = asksForCases(state);
  return ORDER.flatMap((kind) => {
    const here = judged.filter((item) => item.results[column].kind === kind);
    if (!here.length) return [];
    const wanted = filtering ? here.filter((item) => resultMatches(item.results[column], state)) : here;
    const rest = here.filter((item) => !wanted.includes(item));
    const said = `${SAID[kind]} (${here.length})`;
    /** @param {Case[]} some */
    const entries = (some) => some.map((item) => entry(item, item.results[column]));
    /** @param {string} title @param {Case[]} some */
    const folded = (title, some) => element("details", { class: "group" }, element("summary", {}, title), ...entries(some));
    if (kind === "pass" && !filtering) return [folded(said, here)];
    const more = rest.length ? [folded(`${rest.length} that the filter leaves out`, rest)] : [];
    return [element("section", {}, element("h3", {}, said), ...entries(wanted), ...more)];
  });
}

/** @param {Case} item @param {Result} result @returns {HTMLElement} */
function entry(item, result) {
  const message = result.message ? [" ", element("span", { class: "message" }, result.message.slice(0, 300))] : [];
  const summary = element("summary", {}, element("b", { class: result.kind }, result.verdict), ` ${item.short}`, ...message);
  const list = element("dl", {});
  /** @param {string} label @param {string | undefined} text @param {string} tag */
  const add = (label, text, tag = "span") => {
    if (text) list.append(element("dt", {}, label), element("dd", {}, element(tag, {}, text)));
  };
  add("promise", item.promise && `${item.promise} (${item.at})`);
  add("source", item.source, "pre");
  for (const [name, text] of Object.entries(item.inputs ?? {})) add(`input ${name}`, text, "pre");
  add("message", result.message, "pre");
  add("expected", result.expected ?? item.wanted, "pre");
  add("got", result.got, "pre");
  add("differs in", result.aspects);
  add(result.kind === "skip" ? "skipped" : "known", result.reason);
  add("issue", result.issue);
  add("error", result.ulp === undefined ? "" : `${result.ulp.toPrecision(3)} ULP`);
  add("duration", result.seconds === undefined ? "" : `${result.seconds} s`);
  if (result.repro) list.append(element("dt", {}, "reproduce"), element("dd", { class: "copy" }, element("code", {}, result.repro), element("button", { type: "button" }, "copy")));
  const page = item.page ? [element("p", {}, element("a", { href: (document.body.dataset.root ?? "") + item.page }, "The page of the case"))] : [];
  return element("details", { class: "case" }, summary, list, ...page);
}
