// One article: its text with the claims in it, and the card of the claim that is chosen.

import { Problem, read, readAll } from "./api.js";
import { claimCard } from "./card.js";
import { checksSection, markChecked, readChecks } from "./checks.js";
import { announce, byId, button, element, showProblem } from "./dom.js";
import { erase, head } from "./heading.js";
import { countKinds, family } from "./kinds.js";
import { forgetKnown, knownNotice } from "./known.js";
import { bringIntoView, flash, mark, unmark } from "./marks.js";
import { endedJob, failureOf } from "./running.js";
import { paragraphs } from "./segments.js";
import { about, counted, inDigits, reading } from "./words.js";

let shown = null;

/** Shows the article, and the card of the claim where one is named. */
export async function showArticle(id, claimId) {
  if (shown?.id !== id) {
    shown?.abort.abort();
    await open(id);
  }
  if (shown?.id !== id || !shown.claims) return;
  const index = shown.claims.findIndex((claim) => claim.id === claimId);
  if (index >= 0) choose(index);
  else close();
}

/** Forgets the article, so that it is read anew when it is shown again. */
export function leaveArticle() {
  shown?.abort.abort();
  shown = null;
  forgetKnown();
}

async function open(id) {
  const place = byId("article");
  const abort = new AbortController();
  shown = { id, abort, claims: null };
  place.replaceChildren(element("p", { class: "soft" }, "Reading …"));
  try {
    const article = await read(`/v1/articles/${encodeURIComponent(id)}`, { signal: abort.signal });
    place.replaceChildren(head(article, null), proseOf(article, [], []));
    const job = await endedJob(id, place.firstElementChild, abort.signal);
    const [claims, findings] = await Promise.all([
      readAll(`/v1/articles/${id}/claims`, { signal: abort.signal }), readChecks(id, abort.signal),
    ]);
    if (shown?.id !== id) return;
    const failure = failureOf(job, article, () => open(id));
    if (claims.length || !failure) lay(place, article, claims, findings);
    const known = knownNotice(article, (again) => erase(id, () => erased(again)));
    place.firstElementChild.after(...[failure, known].filter(Boolean));
  } catch (error) {
    if (abort.signal.aborted) return;
    if (!(error instanceof Problem)) throw error;
    const notice = element("div", { class: "problem", role: "alert" });
    showProblem(notice, error);
    place.replaceChildren(element("h1", { tabindex: "-1" }, "This article cannot be shown"), notice);
  }
}

function lay(place, article, claims, findings) {
  const pieces = [];
  const prose = proseOf(article, claims, pieces);
  const side = element("aside", { id: "side", "aria-label": "Claims of this article" });
  Object.assign(shown, { claims, pieces, prose, side, chosen: null, off: new Set() });
  place.replaceChildren(
    head(article, claims, () => erased()),
    legend(claims),
    checksSection(findings, (spans) => flash(pieces, spans)),
    element("div", { class: "desk" }, prose, side),
  );
  markChecked(findings, (claimId) => linkOf(claims.findIndex((claim) => claim.id === claimId)));
  prose.addEventListener("keydown", walk);
  place.onkeydown = leaveOnEscape;
  rove(0);
  list();
  const checks = findings?.length ? `, ${counted(findings.length, "number check")}` : "";
  announce(counted(claims.length, "claim") + checks);
}

/** The text in paragraphs; every piece of it that a claim or its context begins or ends at is added to `pieces`. */
function proseOf(article, claims, pieces) {
  const nodes = paragraphs(article.text, claims).map((segments) => paragraph(segments, pieces, claims));
  return element("div", { class: "prose", id: "prose" }, nodes);
}

function legend(claims) {
  const buttons = countKinds(claims).map(([kind, count]) =>
    button(
      { class: `tag ${family(kind)}`, "aria-pressed": "true", click: (event) => toggle(event.currentTarget, kind) },
      element("span", { class: "tag-name" }, kind),
      element("span", { class: "numbers" }, ` ${count}`),
    ),
  );
  if (!buttons.length) return element("p", { class: "notice" }, "No numeric claim was found in this article.");
  return element(
    "div",
    { class: "legend" },
    element("div", { role: "group", "aria-label": "Kinds of claims to mark" }, buttons),
    element(
      "p",
      { class: "soft keys" },
      ...[key("Tab"), " to a number, ", key("←"), " ", key("→"), " to the next, "],
      ...[key("Enter"), " for its card, ", key("Esc"), " back"],
    ),
  );
}

function key(name) {
  return element("kbd", {}, name);
}

function toggle(tag, kind) {
  const on = tag.getAttribute("aria-pressed") !== "true";
  tag.setAttribute("aria-pressed", String(on));
  if (on) shown.off.delete(kind);
  else shown.off.add(kind);
  for (const link of links()) link.classList.toggle("off", shown.off.has(shown.claims[link.dataset.index].kind));
  rove(Number(walkable()[0]?.dataset.index ?? 0));
}

function paragraph(segments, pieces, claims) {
  const nodes = [];
  let link = null;
  for (const { text, start, end, claim } of segments) {
    const node = element("span", {}, text);
    pieces.push({ node, start, end });
    if (claim === null) {
      link = null;
      nodes.push(node);
    } else if (link?.dataset.index === String(claim)) {
      link.append(node);
    } else {
      link = claimLink(claims[claim], claim, node);
      nodes.push(link);
    }
  }
  return element("p", {}, nodes);
}

function claimLink(claim, index, node) {
  return element(
    "a",
    {
      class: `claim ${family(claim.kind)}`,
      href: hrefOf(claim),
      tabindex: "-1",
      "data-index": index,
      "aria-description": `${claim.kind}: ${reading(claim) ?? inDigits(claim)}`,
    },
    node,
  );
}

function hrefOf(claim) {
  return `#/articles/${shown.id}/${claim.id}`;
}

function links() {
  return [...shown.prose.querySelectorAll("a.claim")];
}

function walkable() {
  return links().filter((link) => !link.classList.contains("off"));
}

function linkOf(index) {
  return shown.prose.querySelector(`a.claim[data-index="${index}"]`);
}

/** Makes this claim the one that Tab leads to. */
function rove(index) {
  for (const link of links()) link.tabIndex = Number(link.dataset.index) === index ? 0 : -1;
}

function walk(event) {
  const current = event.target.closest("a.claim");
  const found = walkable();
  const at = found.indexOf(current);
  if (at < 0 || event.altKey || event.ctrlKey || event.metaKey) return;
  const next = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: found.length - 1 }[event.key];
  if (next === undefined) return;
  event.preventDefault();
  const link = found[Math.min(Math.max(next, 0), found.length - 1)];
  const index = Number(link.dataset.index);
  rove(index);
  link.focus();
  if (shown.chosen !== null) step(index);
}

function leaveOnEscape(event) {
  if (event.key !== "Escape" || shown?.chosen === null || shown?.chosen === undefined) return;
  const index = shown.chosen;
  event.preventDefault();
  location.hash = `#/articles/${shown.id}`;
  close();
  linkOf(index)?.focus();
}

/** Shows the card of another claim while the reader's focus stays where it is. */
function step(index) {
  history.replaceState(null, "", hrefOf(shown.claims[index]));
  choose(index, { focus: false });
}

function choose(index, { focus = true } = {}) {
  const claim = shown.claims[index];
  const last = shown.claims.length - 1;
  unmark(shown.prose);
  shown.chosen = index;
  rove(index);
  mark(shown.pieces, claim);
  linkOf(index)?.classList.add("chosen");
  shown.side.classList.add("open");
  const go = (to, name, sign) => {
    const click = () => {
      step(to);
      byId("card-title").focus();
    };
    return button({ "aria-label": name, disabled: to < 0 || to > last, click }, sign);
  };
  const card = claimCard(claim, {
    jump: (span) => flash(shown.pieces, [span]),
    hrefOf,
    other: shown.claims.find(({ id }) => id === claim.counterpart),
    steps: [
      go(index - 1, "Previous claim", "←"),
      go(index + 1, "Next claim", "→"),
      element("a", { href: `#/articles/${shown.id}`, "aria-label": "Close the card", class: "close" }, "×"),
    ],
  });
  shown.side.replaceChildren(card);
  bringIntoView(linkOf(index));
  if (focus) byId("card-title").focus({ preventScroll: true });
  else announce(`${claim.kind}: ${reading(claim) ?? claim.text}`);
}

/** Back to the list; a reader who was in the card is led back to the number in the text. */
function close() {
  if (shown.chosen === null) return;
  const left = shown.side.contains(document.activeElement) ? linkOf(shown.chosen) : null;
  unmark(shown.prose);
  shown.chosen = null;
  shown.side.classList.remove("open");
  list();
  left?.focus({ preventScroll: true });
}

/** The list of all claims, which stands beside the text while no card is open. */
function list() {
  const items = shown.claims.map((claim) =>
    element(
      "li",
      {},
      element(
        "a",
        { href: hrefOf(claim), class: `entry ${family(claim.kind)}` },
        element("span", { class: "entry-figure numbers" }, inDigits(claim)),
        element("span", { class: "entry-about" }, about(claim) || claim.kind),
      ),
    ),
  );
  const heading = element("h2", {}, counted(items.length, "claim"));
  shown.side.replaceChildren(heading, element("ol", { class: "entries" }, items));
}

function erased(next) {
  leaveArticle();
  location.hash = "#/";
  next?.();
}
