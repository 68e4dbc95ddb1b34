// The card of a claim: what it says in words and digits, and everything that is known of its context.

import { button, element } from "./dom.js";
import { family } from "./kinds.js";
import { digits } from "./numerals.js";
import {
  basisInWords, changeInWords, currencyName, inDigits, modalityInWords, reading, shapeName, speakerName,
} from "./words.js";

/**
 * The nodes of the card. `jump(span)` shows a span in the text; `other` is the claim at the other end of a change;
 * `steps` holds the buttons that lead on.
 */
export function claimCard(claim, { jump, other, hrefOf, steps }) {
  const quote = (span) => button({ class: "quote", click: () => jump(span) }, span.text);
  return element(
    "section",
    { class: `card ${family(claim.kind)}`, "aria-labelledby": "card-title" },
    element(
      "header",
      {},
      element("p", { class: `kind ${family(claim.kind)}` }, claim.kind),
      element("div", { class: "steps" }, steps),
      element("h2", { id: "card-title", tabindex: "-1" }, claim.text),
    ),
    element("p", { class: "figure" }, inDigits(claim)),
    spoken(claim),
    element("dl", {}, rows(claim, quote, other, hrefOf).map(([name, ...values]) => row(name, values))),
    saying(claim, quote),
    trace(claim),
  );
}

function spoken(claim) {
  const words = reading(claim);
  return words && element("p", { class: "reading" }, words);
}

function rows(claim, quote, other, hrefOf) {
  const found = [["Bound", boundWords(claim), ...spaced(claim.qualifiers.map(quote))]];
  if (claim.value !== null) found.push(["Value", number(claim.value)]);
  if (claim.value === null) found.push(["From – to", ends(claim)]);
  found.push(["Unit", unit(claim)]);
  if (claim.currency) found.push(["Currency", ...currency(claim.currency, quote)]);
  if (claim.change) found.push(["Change", changeInWords(claim)]);
  if (other) found.push(["Other end", element("a", { href: hrefOf(other) }, other.text)]);
  for (const [name, span] of [
    ["Subject", claim.subject], ["Measure", claim.measure], ["Share of", claim.of], ["Verb", claim.predicate],
  ]) {
    if (span) found.push([name, quote(span), meant(span)]);
  }
  if (claim.time) found.push(["Time", quote(claim.time), claim.time.iso ? `: ${claim.time.iso}` : ""]);
  const modality = claim.negated ? `${modalityInWords(claim)}, negated` : modalityInWords(claim);
  found.push(["Stated as", modality, ...spaced(claim.hedges.map(quote))]);
  return found;
}

/** The name that the words stand for: "she (Jacinda Ardern)". */
function meant({ text, resolved }) {
  return resolved && resolved !== text ? ` (${resolved})` : "";
}

function row(name, values) {
  return element("div", {}, element("dt", {}, name), element("dd", {}, values));
}

function boundWords(claim) {
  return claim.shape === "exact" && !claim.qualifiers.length ? "none, the number itself" : shapeName(claim);
}

function number(decimal) {
  return element("data", { class: "numbers", value: decimal }, digits(decimal));
}

function ends(claim) {
  const [low, high] = [claim.low, claim.high].map((bound) => (bound === null ? "no limit" : digits(bound)));
  return element("span", { class: "numbers" }, `${low} – ${high}`);
}

function unit(claim) {
  if (!claim.unit) return "none found";
  const name = claim.currency ? `${claim.unit}, ${currencyName(claim.unit)}` : claim.unit.replaceAll("_", " ");
  const written = claim.unit_text && claim.unit_text !== claim.unit ? `, written “${claim.unit_text}”` : "";
  const per = claim.per ? `, per ${claim.per.unit.replaceAll("_", " ")} (“${claim.per.text}”)` : "";
  return name + written + per;
}

function currency({ code, basis, evidence, alternatives }, quote) {
  const others = alternatives.length ? ` Could also be ${alternatives.join(", ")}.` : "";
  const words = `${code}: ${basisInWords({ basis })}.${others}`;
  if (!evidence.length) return [words];
  return [words, element("span", { class: "evidence-list" }, "Evidence:", spaced(evidence.map(quote)))];
}

function saying(claim, quote) {
  const name = speakerName(claim);
  if (!claim.attribution) {
    return element("p", { class: "soft" }, "Nobody is quoted: the article says so itself.");
  }
  const { speaker, cue, type } = claim.attribution;
  return element(
    "figure",
    { class: "saying" },
    element("blockquote", {}, claim.sentence.text),
    element(
      "figcaption",
      {},
      element("strong", {}, name === null ? "Somebody" : speaker.text === name ? quote(speaker) : name),
      speaker && speaker.text !== name ? [" (", quote(speaker), ")"] : null,
      type === "direct" ? ", in their own words" : ", reported",
      cue ? [", ", quote(cue)] : null,
    ),
  );
}

function trace(claim) {
  return element(
    "details",
    { class: "trace" },
    element("summary", {}, "How it was found"),
    element("ul", { class: "rules" }, claim.rules.map((rule) => element("li", {}, element("code", {}, rule)))),
    element("p", { class: "soft" }, `${claim.pipeline}, characters ${place(claim.start)} to ${place(claim.end)}`),
    element("p", { class: "soft" }, "Claim ", element("code", {}, claim.id)),
  );
}

function place(offset) {
  return digits(String(offset));
}

function spaced(nodes) {
  return nodes.flatMap((node) => [" ", node]);
}
