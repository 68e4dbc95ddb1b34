// What a claim says, in the words of a reader.

import { digits, inWords } from "./numerals.js";

const SHAPES = {
  exact: { sign: "", words: "", name: "exactly this" },
  approximate: { sign: "≈ ", words: "about ", name: "approximately" },
  at_least: { sign: "≥ ", words: "at least ", name: "at least" },
  more_than: { sign: "> ", words: "more than ", name: "more than" },
  at_most: { sign: "≤ ", words: "up to ", name: "at most" },
  less_than: { sign: "< ", words: "less than ", name: "less than" },
  range: { sign: "", words: "", name: "between two numbers" },
  vague: { sign: "", words: "", name: "a magnitude, no number" },
};
const BASES = {
  explicit: "the text names it",
  country: "from the country of the article or its publisher",
  context: "from the rest of the article",
  default: "assumed, the article says nothing",
};
const DIRECTIONS = { up: "a rise", down: "a fall" };
const ROLES = { by: "of this much", to: "to this", from: "from this" };
const MODALITIES = {
  asserted: "asserted as a fact",
  estimated: "an estimate",
  projected: "planned, expected or forecast",
  hypothetical: "hypothetical",
  alleged: "alleged",
};
const PLURALS = {
  percent: "per cent", percentage_point: "percentage points", basis_point: "basis points", person: "people",
  foot: "feet", inch: "inches", hertz: "hertz", century: "centuries", child: "children", man: "men", woman: "women",
  degree_Celsius: "degrees Celsius", degree_Fahrenheit: "degrees Fahrenheit",
};
const INVARIANT = /(s|x|hertz|kelvin)$/;

/** "≤ 8,000,000 NZD": the claim in digits. */
export function inDigits(claim) {
  const unit = unitInDigits(claim);
  const space = claim.unit === "percent" ? "" : " ";
  return (number(claim, digits) + (unit && space + unit) + (claim.per ? ` per ${plain(claim.per.unit)}` : "")).trim();
}

/** "up to eight million New Zealand dollars": the claim in words; null where there are none. */
export function reading(claim) {
  const said = number(claim, inWords, true);
  if (said === null) return null;
  const unit = unitInWords(claim);
  const per = claim.per ? ` per ${plain(claim.per.unit)}` : "";
  const change = claim.change ? `, ${changeInWords(claim)}` : "";
  return `${said}${unit && ` ${unit}`}${per}${change}`;
}

export function shapeName(claim) {
  return SHAPES[claim.shape].name;
}

/** "a rise of this much": what a change did, and which end of it the claim is. */
export function changeInWords(claim) {
  const { direction, role } = claim.change;
  return `${DIRECTIONS[direction]} ${ROLES[role]}`;
}

export function basisInWords(currency) {
  return BASES[currency.basis];
}

export function modalityInWords(claim) {
  return MODALITIES[claim.modality];
}

/** "New Zealand dollar" for NZD; the code itself where the browser has no name for it. */
export function currencyName(code) {
  return new Intl.DisplayNames("en", { type: "currency", fallback: "code" }).of(code);
}

/** Who is quoted: the full name where the article has it. */
export function speakerName(claim) {
  const speaker = claim.attribution?.speaker;
  return speaker ? (speaker.resolved ?? speaker.text) : null;
}

/** Whose number it is: the full name where the article has it. */
function subjectName({ subject }) {
  return subject ? (subject.resolved ?? subject.text) : null;
}

/** What the claim is about, in a few words of the article. */
export function about(claim) {
  const counted = claim.kind === "count" ? claim.unit_text : null;
  const parts = [counted, claim.measure?.text, claim.of && `of ${claim.of.text}`, subjectName(claim)];
  return [...new Set(parts.filter(Boolean))].join(" · ");
}

/** A day as "22 April 2022". */
export function day(time) {
  const parts = { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" };
  return new Date(time).toLocaleDateString("en-GB", parts);
}

/** "1 claim", "9 claims". */
export function counted(count, noun) {
  return `${count.toLocaleString("en")} ${noun}${count === 1 ? "" : "s"}`;
}

function number(claim, write, withWords = false) {
  const { sign, words } = SHAPES[claim.shape];
  if (claim.value !== null) {
    const written = write(claim.value);
    return written === null ? null : (withWords ? words : sign) + written;
  }
  const [low, high] = [claim.low, claim.high].map((bound) => (bound === null ? null : write(bound)));
  if (low === null || high === null) return low ?? high;
  return withWords ? `between ${low} and ${high}` : `${low} – ${high}`;
}

/** What is counted stands beside the figure, in the words of the article. */
function unitInDigits(claim) {
  if (claim.unit === "percent") return "%";
  if (claim.currency) return claim.currency.code;
  return claim.kind === "count" ? "" : unitInWords(claim);
}

function unitInWords(claim) {
  const { unit } = claim;
  const one = claim.value === "1";
  if (!unit) return "";
  if (claim.kind === "count" && claim.unit_text) return claim.unit_text;
  if (claim.currency) return currencyInWords(claim.currency.code, claim.value ?? claim.high ?? claim.low);
  if (one && unit !== "percent") return plain(unit);
  return PLURALS[unit] ?? (INVARIANT.test(unit) ? plain(unit) : `${plain(unit)}s`);
}

function currencyInWords(code, value) {
  try {
    const format = new Intl.NumberFormat("en", { style: "currency", currency: code, currencyDisplay: "name" });
    const name = format.formatToParts(Number(value)).find((part) => part.type === "currency");
    return name?.value ?? code;
  } catch {
    return code;
  }
}

function plain(unit) {
  return unit.replaceAll("_", " ");
}
