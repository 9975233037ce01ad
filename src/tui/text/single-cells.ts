/** Text that needs no measuring. */

/**
 * Latin letters, dashes and quotes, arrows, lines and blocks: one cell each, whatever stands beside them. Measuring
 * those one by one would take most of a frame's time, and loading what measures most of a start's.
 */
export const singleCells =
  /^[\x20-\x7e\u00a1-\u00ac\u00ae-\u02ff\u2010-\u2027\u2190-\u21ff\u22ef\u23ce\u2500-\u25fc\u2713-\u2718]*$/;
