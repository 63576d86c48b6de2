/* Hours as the phone reads them: local, with their offset, so that "18 h" stays 18 h. */

/** The offset of an instant, as ``+02:00``.
 *  @param {Date} moment */
function offset(moment) {
  const minutes = -moment.getTimezoneOffset();
  const size = Math.abs(minutes);
  const pad = (/** @type {number} */ number) => String(Math.floor(number)).padStart(2, "0");
  return `${minutes < 0 ? "-" : "+"}${pad(size / 60)}:${pad(size % 60)}`;
}

/** Local time without offset, to the millisecond.
 *  @param {Date} moment */
const local = (moment) => new Date(moment.getTime() - moment.getTimezoneOffset() * 60_000).toISOString().slice(0, -1);

/** What an operation says of its hour.
 *  @param {Date} moment @returns {string} */
export const withOffset = (moment) => `${local(moment)}${offset(moment)}`;

/** What a field of date and hour shows.
 *  @param {Date} moment @returns {string} */
export const forField = (moment) => local(moment).slice(0, 16);

/** What was typed in such a field, with the offset of that moment.
 *  @param {string} typed @returns {string} */
export const fromField = (typed) => `${typed.length === 16 ? `${typed}:00` : typed}${offset(new Date(typed))}`;
