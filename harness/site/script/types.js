/**
 * What the other modules hand around.
 *
 * @typedef {object} State What the reader has asked for; all of it stands in the address.
 * @property {string} q Words that the id of a case must have.
 * @property {string} area Only functions of this area.
 * @property {string} verdict Only cases that ended so: a verdict, or one of deviation, new, known, silent.
 * @property {string} aspect Only cases that deviate in this aspect.
 * @property {string} spread `one`: deviates on one backend only; `all`: on every backend that judged it.
 * @property {string[]} hide Columns that are not shown.
 * @property {string} sort The column that rows are sorted by; empty for names.
 * @property {string} open The cell whose cases are shown, `area/function@column`.
 *
 * @typedef {object} Column
 * @property {string} name
 * @property {string} verdicts A letter for each case (see match.js); `.` where there is no verdict.
 * @property {string} aspects Two hexadecimal digits for each case: the aspects that depart, as bits.
 *
 * @typedef {object} Cases The verdicts of all cases of an API.
 * @property {string[]} functions `area/function`.
 * @property {number[]} of For each case the index of its function.
 * @property {string[]} ids
 * @property {string[]} aspects The names of the bits, the lowest first.
 * @property {Column[]} columns
 *
 * @typedef {object} Result The verdict of a column on a case.
 * @property {string} verdict
 * @property {string} kind pass, skip, new, known or silent.
 * @property {number} [seconds]
 * @property {number} [ulp]
 * @property {string} [message]
 * @property {string} [expected]
 * @property {string} [got]
 * @property {string} [aspects]
 * @property {string} [reason]
 * @property {string} [issue]
 * @property {string} [repro]
 *
 * @typedef {object} Case
 * @property {string} id
 * @property {string} short The id without area and function.
 * @property {string} [page] The address of its page.
 * @property {string} [promise]
 * @property {string} [at]
 * @property {string} [source]
 * @property {Record<string, string>} [inputs]
 * @property {string} [wanted]
 * @property {Record<string, Result>} results By column.
 *
 * @typedef {object} Detail What stands behind the cells of a function.
 * @property {string} page The address of its page.
 * @property {Case[]} cases
 */
export {};
