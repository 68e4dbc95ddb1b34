// The article's text cut at every edge of a claim or of its context, so that marking one moves no text.

import { unitOffsets } from "./offsets.js";

/** The spans of a claim that the text shows while its card is open, as [role, span]. */
export function contextSpans(claim) {
  const speaker = claim.attribution?.speaker;
  const single = [
    ["subject", claim.subject], ["measure", claim.measure], ["of", claim.of], ["predicate", claim.predicate],
    ["speaker", speaker], ["cue", claim.attribution?.cue], ["time", claim.time], ["sentence", claim.sentence],
  ];
  const many = [
    ["bound", claim.qualifiers], ["evidence", claim.currency?.evidence ?? []], ["hedge", claim.hedges],
  ];
  return [
    ...single.filter(([, span]) => span),
    ...many.flatMap(([role, spans]) => spans.map((span) => [role, span])),
  ];
}

/**
 * The paragraphs of the text, each a list of segments {text, start, end, claim}; offsets count code points, `claim` is
 * the index of the claim that the segment belongs to (the shorter one where two overlap) or null.
 */
export function paragraphs(text, claims) {
  const units = unitOffsets(text);
  const owners = ownersByStart(claims);
  const edges = edgesOf(text, claims);
  const found = [];
  let segments = [];
  for (let index = 0; index + 1 < edges.length; index += 1) {
    const [start, end] = [edges[index], edges[index + 1]];
    const words = text.slice(units(start), units(end));
    if (words === "\n" || words === "\r") {
      if (segments.length) found.push(segments);
      segments = [];
    } else {
      segments.push({ text: words, start, end, claim: owners(start, end) });
    }
  }
  if (segments.length) found.push(segments);
  return found.filter((each) => each.some((segment) => segment.text.trim()));
}

function edgesOf(text, claims) {
  const edges = new Set([0]);
  for (const claim of claims) {
    for (const { start, end } of [claim, ...contextSpans(claim).map(([, span]) => span)]) edges.add(start).add(end);
  }
  let point = 0;
  for (const character of text) {
    if (character === "\n" || character === "\r") edges.add(point).add(point + 1);
    point += 1;
  }
  edges.add(point);
  return [...edges].filter((edge) => edge <= point).sort((one, other) => one - other);
}

// How many claims before a place are looked at for one that still covers it: claims are short and seldom overlap.
const REACH = 8;

/** A function from the edges of a segment to the index of the shortest claim that covers it, or null. */
function ownersByStart(claims) {
  const sorted = claims.map(({ start, end }, index) => ({ start, end, index }));
  sorted.sort((one, other) => one.start - other.start);
  return (start, end) => {
    let low = 0;
    let high = sorted.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (sorted[middle].start <= start) low = middle + 1;
      else high = middle;
    }
    const covering = sorted.slice(Math.max(0, low - REACH), low).filter((claim) => claim.end >= end);
    covering.sort((one, other) => one.end - one.start - (other.end - other.start));
    return covering[0]?.index ?? null;
  };
}
