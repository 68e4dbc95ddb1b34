// What belongs to a claim, marked in the text: each part underlined, with its name above it.

import { contextSpans } from "./segments.js";

const LABELS = { cue: "says", of: "share of", evidence: "currency" };
// Underlined, but with no name above them: the verb stands close to its subject, and the names would crowd.
const NAMELESS = new Set(["sentence", "predicate"]);
const GAP = 6;
const canvas = document.createElement("canvas").getContext("2d");

/** Marks the context of the claim on these pieces of the text: {node, start, end}. */
export function mark(pieces, claim) {
  const labelled = new Set();
  for (const [role, span] of contextSpans(claim)) {
    piecesOf(pieces, span).forEach(({ node }, at) => {
      node.classList.add("marked", `is-${role}`);
      if (at > 0 || NAMELESS.has(role)) return;
      node.dataset.label = joined(node.dataset.label, LABELS[role] ?? role);
      labelled.add(node);
    });
  }
  setApart(pieces.filter(({ node }) => labelled.has(node) && !node.closest("a.claim")).map(({ node }) => node));
}

/** Takes all marks off the text. */
export function unmark(prose) {
  for (const node of prose.querySelectorAll(".marked, .flash")) {
    node.className = "";
    delete node.dataset.label;
  }
  for (const link of prose.querySelectorAll(".chosen")) link.classList.remove("chosen");
}

/** Frames these spans, and no others, and scrolls to the first. */
export function flash(pieces, spans) {
  for (const { node } of pieces) node.classList.remove("flash");
  const found = spans.flatMap((span) => piecesOf(pieces, span));
  for (const { node } of found) node.classList.add("flash");
  bringIntoView(found[0]?.node);
}

export function bringIntoView(node) {
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  node?.scrollIntoView({ block: "center", behavior: calm ? "auto" : "smooth" });
}

function piecesOf(pieces, span) {
  return pieces.filter(({ start, end }) => start >= span.start && end <= span.end);
}

/** Names that would run into each other stand together above the first word, and none leaves the column. */
function setApart(nodes) {
  let before = null;
  for (const node of nodes) {
    const { left, top } = node.getClientRects()[0] ?? {};
    if (left === undefined) continue;
    if (before && Math.abs(before.top - top) < 4 && before.left + widthOf(before.node) + GAP > left) {
      before.node.dataset.label = joined(before.node.dataset.label, node.dataset.label);
      delete node.dataset.label;
    } else {
      before = { node, left, top };
    }
  }
  for (const node of nodes.filter((each) => each.dataset.label)) {
    const [{ left } = {}, nextLine] = node.getClientRects();
    const { right } = node.closest("p").getBoundingClientRect();
    node.classList.toggle("label-end", !nextLine && left + widthOf(node) > right);
  }
}

function widthOf(node) {
  canvas.font = getComputedStyle(node, "::before").font;
  return canvas.measureText(node.dataset.label).width;
}

function joined(one, other) {
  return [...new Set([...(one?.split(" · ") ?? []), ...other.split(" · ")])].join(" · ");
}
