/** Data that is loaded when it is asked for: a script each, because a page on a disk may not fetch files. */

/** @typedef {import("./types.js").Cases} Cases */
/** @typedef {import("./types.js").Detail} Detail */

/** @type {Map<string, (value: any) => void>} */
const waiting = new Map();
/** @type {Map<string, Promise<any>>} */
const asked = new Map();

/** What the data files call, with their own address. */
Object.assign(window, {
  /** @param {string} address @param {unknown} value */
  conform: (address, value) => waiting.get(address)?.(value),
});

/** @param {string} address @returns {Promise<any>} */
function load(address) {
  let promise = asked.get(address);
  if (!promise) {
    promise = new Promise((resolve, reject) => {
      waiting.set(address, resolve);
      const script = document.createElement("script");
      script.src = (document.body.dataset.root ?? "") + address;
      script.onerror = () => {
        asked.delete(address);
        script.remove();
        reject(new Error(`${address} cannot be loaded: is the whole folder of the site there?`));
      };
      document.head.append(script);
    });
    asked.set(address, promise);
  }
  return promise;
}

/** @type {() => Promise<Cases>} */
export const allCases = () => load(document.body.dataset.cases ?? "");

/** @type {(address: string) => Promise<Detail>} */
export const detailOf = load;
