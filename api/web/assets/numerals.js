// Decimal strings as readers write them: in groups of digits, and in words. Never through floating point.

const ONES = (
  "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen " +
  "eighteen nineteen"
).split(" ");
const TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split(" ");
const MAGNITUDES = ["", " thousand", " million", " billion", " trillion", " quadrillion"];
const MAX_DECIMALS = 6;

/** "-1234.5" as "−1,234.5". */
export function digits(decimal) {
  const { sign, whole, decimals } = parts(decimal);
  return sign + whole.replace(/\B(?=(\d{3})+$)/g, ",") + (decimals && `.${decimals}`);
}

/** "41600000" as "forty-one million six hundred thousand"; null where words would help nobody. */
export function inWords(decimal) {
  const { sign, whole, decimals } = parts(decimal);
  if (whole.length > 3 * MAGNITUDES.length || decimals.length > MAX_DECIMALS) return null;
  const point = decimals ? ` point ${[...decimals].map((digit) => ONES[digit]).join(" ")}` : "";
  return (sign && "minus ") + wholeInWords(whole) + point;
}

function parts(decimal) {
  const [whole, decimals = ""] = decimal.replace("-", "").split(".");
  return { sign: decimal.startsWith("-") ? "−" : "", whole, decimals };
}

function wholeInWords(whole) {
  const groups = whole.padStart(Math.ceil(whole.length / 3) * 3, "0").match(/\d{3}/g).map(Number);
  const words = groups
    .map((group, index) => group && groupInWords(group) + MAGNITUDES[groups.length - 1 - index])
    .filter(Boolean);
  const last = groups.at(-1);
  // British style, as in "one thousand and five".
  if (words.length > 1 && last > 0 && last < 100) words.splice(-1, 0, "and");
  return words.join(" ") || ONES[0];
}

function groupInWords(group) {
  const hundreds = Math.floor(group / 100);
  const rest = group % 100;
  const words = hundreds ? [`${ONES[hundreds]} hundred`] : [];
  if (rest) words.push((hundreds ? "and " : "") + smallInWords(rest));
  return words.join(" ");
}

function smallInWords(number) {
  if (number < 20) return ONES[number];
  const ones = number % 10;
  return TENS[Math.floor(number / 10) - 2] + (ones ? `-${ONES[ones]}` : "");
}
