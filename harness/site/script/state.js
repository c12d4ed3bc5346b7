/** What the reader has asked for, in the part of the address behind the #, so that every view has a link. */

/** @typedef {import("./types.js").State} State */

/** @param {string} hash @returns {State} */
export function readState(hash) {
  const told = new URLSearchParams(hash.replace(/^#/, ""));
  /** @param {string} name */
  const value = (name) => told.get(name) ?? "";
  return {
    q: value("q"), area: value("area"), verdict: value("verdict"), aspect: value("aspect"), spread: value("spread"),
    hide: value("hide").split(",").filter(Boolean), sort: value("sort"), open: value("open"),
  };
}

/**
 * The address of a state; what is not asked for does not stand in it.
 *
 * @param {State} state
 * @returns {string}
 */
export function writeState(state) {
  const told = new URLSearchParams();
  for (const [name, value] of Object.entries(state)) {
    if (value.length) told.set(name, Array.isArray(value) ? value.join(",") : value);
  }
  // These characters stand for themselves in an address, and ids are full of them.
  const text = told.toString().replace(/%2F/g, "/").replace(/%40/g, "@").replace(/%2C/g, ",");
  return text ? `#${text}` : "#";
}

/** @param {Partial<State>} [changes] @returns {State} */
export function changed(changes = {}) {
  return { ...readState(location.hash), ...changes };
}
