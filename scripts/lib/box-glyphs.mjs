/**
 * Lines, corners and blocks as shapes. Fonts leave gaps between such characters when they are stacked, shapes do not.
 * Pure: a character and its cell in, SVG out.
 */

/** The arms of line characters: up, right, down, left; 0 none, 1 light, 2 heavy. */
const ARMS = {
  '─': [0, 1, 0, 1],
  '│': [1, 0, 1, 0],
  '┌': [0, 1, 1, 0],
  '┐': [0, 0, 1, 1],
  '└': [1, 1, 0, 0],
  '┘': [1, 0, 0, 1],
  '├': [1, 1, 1, 0],
  '┤': [1, 0, 1, 1],
  '┬': [0, 1, 1, 1],
  '┴': [1, 1, 0, 1],
  '┼': [1, 1, 1, 1],
  '╭': [0, 1, 1, 0],
  '╮': [0, 0, 1, 1],
  '╰': [1, 1, 0, 0],
  '╯': [1, 0, 0, 1],
  '━': [0, 2, 0, 2],
  '┃': [2, 0, 2, 0],
  '┭': [0, 1, 1, 2],
  '┮': [0, 2, 1, 1],
  '┵': [1, 1, 0, 2],
  '┶': [1, 2, 0, 1],
  '╷': [0, 0, 1, 0],
  '╵': [1, 0, 0, 0],
  '╴': [0, 0, 0, 1],
  '╶': [0, 1, 0, 0],
};

/** Block characters as parts of a cell: left, top, width, height, each 0..1, and how strongly they cover. */
const BLOCKS = {
  '█': [0, 0, 1, 1, 1],
  '▀': [0, 0, 1, 0.5, 1],
  '▌': [0, 0, 0.5, 1, 1],
  '▐': [0.5, 0, 0.5, 1, 1],
  '▎': [0, 0, 0.25, 1, 1],
  '▏': [0, 0, 0.125, 1, 1],
  '▔': [0, 0, 1, 0.125, 1],
  '░': [0, 0, 1, 1, 0.25],
  '▒': [0, 0, 1, 1, 0.5],
  '▓': [0, 0, 1, 1, 0.75],
};

/**
 * The shape for a character; null where a font does it well.
 * @param char one character.
 * @param cell its place in pixels: `x`, `y`, `width`, `height`.
 * @param attributes what else to put on the element, e.g. a class.
 */
export function boxGlyph(char, cell, attributes) {
  const block = BLOCKS[char] ?? lowerBlock(char);
  if (block) return rectangle(block, cell, attributes);
  const arms = ARMS[char];
  return arms ? [1, 2].map((weight) => lines(arms, weight, cell, attributes)).join('') : null;
}

/**
 * True when several of this character in a row are one longer shape: drawn as one, they show no seams.
 * @param char one character.
 */
export function tiles(char) {
  const block = BLOCKS[char] ?? lowerBlock(char);
  return block ? block[0] === 0 && block[2] === 1 : '─━'.includes(char);
}

/** ▁ to ▇ fill an eighth to seven eighths from below. */
function lowerBlock(char) {
  const eighths = char.codePointAt(0) - 0x2580;
  return eighths >= 1 && eighths <= 7 ? [0, 1 - eighths / 8, 1, eighths / 8, 1] : null;
}

function rectangle([left, top, width, height, cover], cell, attributes) {
  const opacity = cover === 1 ? '' : ` fill-opacity="${cover}"`;
  return `<rect x="${round(cell.x + left * cell.width)}" y="${round(cell.y + top * cell.height)}" width="${round(width * cell.width)}" height="${round(height * cell.height)}"${opacity}${attributes}/>`;
}

function lines([up, right, down, left], weight, { x, y, width, height }, attributes) {
  // On half a pixel, so that a line one pixel wide is sharp.
  const [middle, centre] = [Math.floor(x + width / 2) + 0.5, y + Math.floor(height / 2) + 0.5];
  const path = [
    up === weight && `M${middle} ${round(y)}V${centre}`,
    down === weight && `M${middle} ${centre}V${round(y + height)}`,
    left === weight && `M${round(x)} ${centre}H${middle}`,
    right === weight && `M${middle} ${centre}H${round(x + width)}`,
  ].filter(Boolean);
  if (path.length === 0) return '';
  return `<path d="${path.join('')}" stroke-width="${weight}"${attributes.replace('class="', 'class="line ')}/>`;
}

function round(value) {
  return Math.round(value * 100) / 100;
}
