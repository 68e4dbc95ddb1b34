// The service counts Unicode code points, JavaScript counts UTF-16 units: a character such as an emoji is one of the
// first and two of the second.

const PAIR = /[\uD800-\uDBFF][\uDC00-\uDFFF]/;

/** A function from code point offsets of the text to offsets of the JavaScript string. */
export function unitOffsets(text) {
  if (!PAIR.test(text)) return (offset) => offset;
  const units = new Uint32Array(text.length + 1);
  let points = 0;
  for (let unit = 0; unit < text.length; points += 1) {
    units[points] = unit;
    unit += text.codePointAt(unit) > 0xffff ? 2 : 1;
  }
  units[points] = text.length;
  return (offset) => units[Math.min(offset, points)];
}

/** How many code points the text has. */
export function codePoints(text) {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}
