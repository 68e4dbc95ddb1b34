// All stored claims: filters, small charts, the largest amounts, who is quoted most, and the list to download.

import { Problem, query, read } from "./api.js";
import { announce, byId, element, showProblem } from "./dom.js";
import { downloads } from "./downloads.js";
import { family } from "./kinds.js";
import { unitOffsets } from "./offsets.js";
import { figures } from "./panels.js";
import { about, inDigits, speakerName } from "./words.js";

const PAGE = 50;
const UPPER = ["currency"];
const NUMBERS = ["min_value", "max_value"];
// What the page itself sets around the list stands in no address.
const OWN = ["limit", "cursor", "format"];
// Digits in threes, or in twos before the last three: "10,000", "1,50,000", "750 000 000.5"; not "1,5".
const GROUPED = /^[-−]?\d{1,3}([,\s]\d{2,3})*[,\s]\d{3}(\.\d+)?$/;
// Where the figures stand above the list and not beside each other, a search leads past them.
const NARROW = "(max-width: 48rem)";
let state = { conditions: {}, cursor: null, run: 0 };
let searching = false;

/** Wires the form: its fields go into the address, and the address says what is shown. */
export function setUpOverview() {
  const form = byId("filters");
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    searching = true;
    const wanted = `#/claims?${query(conditionsOf(new FormData(form)))}`;
    // Searching for the same once more is a wish to look again.
    if (location.hash === wanted) show(state.conditions);
    else location.hash = wanted;
  });
  form.addEventListener("reset", () => {
    location.hash = "#/claims";
  });
  byId("more").addEventListener("click", () => load(state.run));
}

/** Shows the claims that meet the conditions of the address. */
export function showOverview(parameters) {
  const form = byId("filters");
  // A value that no field can take, or a name that no field has, is for the service to refuse in its own words.
  const conditions = conditionsOf([...parameters].filter(([name]) => !OWN.includes(name)));
  for (const field of form.querySelectorAll("[name]")) field.value = conditions[field.name] ?? "";
  const more = [...form.querySelectorAll(".more-filters [name]")];
  if (more.some((field) => field.value)) form.querySelector("details").open = true;
  return show(conditions);
}

function conditionsOf(fields) {
  const given = [...fields].map(([name, value]) => [name, value.trim()]).filter(([, value]) => value);
  return Object.fromEntries(given.map(([name, value]) => [name, asSent(name, value)]));
}

/** A value as the service takes it: numbers may be typed as the page prints them. */
function asSent(name, value) {
  if (UPPER.includes(name)) return value.toUpperCase();
  if (!NUMBERS.includes(name)) return value;
  return (GROUPED.test(value) ? value.replace(/[,\s]/g, "") : value).replace("−", "-");
}

async function show(conditions) {
  const run = state.run + 1;
  state = { conditions, cursor: null, run };
  byId("results").replaceChildren();
  showProblem(byId("claims-error"), null);
  for (const field of byId("filters").querySelectorAll("[aria-invalid]")) field.removeAttribute("aria-invalid");
  await Promise.all([load(run), summarise(run)]);
  if (run !== state.run) return;
  if (searching && matchMedia(NARROW).matches) whatWasFound().scrollIntoView();
  searching = false;
}

function whatWasFound() {
  return byId("claims-error").hidden ? byId("results-title") : byId("claims-error");
}

/** The figures above the list. What is wrong with a condition stands beside the list already. */
async function summarise(run) {
  let found = { headline: "Claims", panels: [] };
  try {
    found = await figures(state.conditions);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
  }
  if (run !== state.run) return;
  byId("results-title").textContent = found.headline;
  byId("panels").replaceChildren(...found.panels);
  byId("panels").hidden = found.panels.length === 0;
}

/** Says what is wrong, by the names that the form has for its fields, and marks these. */
function refuse(problem) {
  byId("results-title").textContent = "Claims";
  byId("downloads").replaceChildren();
  for (const error of problem.errors) {
    const field = byId("filters").elements.namedItem(error.pointer.slice(1));
    if (!field) continue;
    field.setAttribute("aria-invalid", "true");
    error.name = field.labels[0].textContent;
  }
  showProblem(byId("claims-error"), problem);
}

/** The next page of claims, unless another search has begun in the meantime. */
async function load(run) {
  const more = byId("more");
  more.disabled = true;
  try {
    const page = await read(`/v1/claims?${query({ ...state.conditions, limit: PAGE, cursor: state.cursor })}`);
    if (run !== state.run) return;
    append(page.items, Boolean(state.cursor));
    state.cursor = page.next;
    more.hidden = !page.next;
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    if (run === state.run) refuse(error);
    more.hidden = true;
  } finally {
    more.disabled = false;
  }
}

function append(claims, goesOn) {
  const place = byId("results");
  if (!goesOn) byId("downloads").replaceChildren(...(claims.length ? downloads("/v1/claims", state.conditions, "claims") : []));
  if (!goesOn && claims.length === 0) {
    place.replaceChildren(nothing());
    announce(place.textContent);
    return;
  }
  const rows = claims.map(row);
  if (goesOn) {
    place.querySelector("tbody").append(...rows);
    rows[0]?.querySelector("a").focus();
  } else {
    place.replaceChildren(table(rows));
  }
  const count = place.querySelectorAll("tbody tr").length;
  announce(`${count} claims shown`);
}

function nothing() {
  const conditions = Object.keys(state.conditions).filter((name) => name !== "sort");
  const words = conditions.length
    ? ["No claim meets these conditions. ", element("a", { href: "#/claims" }, "Show all claims")]
    : ["No claims yet. ", element("a", { href: "#/" }, "Read an article"), " first."];
  return element("p", { class: "empty" }, words);
}

function table(rows) {
  const heads = ["Value", "Kind", "About", "Said by", "Sentence"].map((name) => element("th", { scope: "col" }, name));
  const head = element("thead", {}, element("tr", {}, heads));
  return element("table", { class: "results" }, head, element("tbody", {}, rows));
}

function row(claim) {
  const sentence = element("a", { href: hrefOf(claim) }, ...marked(claim));
  return element(
    "tr",
    { class: family(claim.kind) },
    element("td", { class: "figure-cell numbers" }, inDigits(claim)),
    element("td", { class: "kind-cell" }, element("span", { class: "kind" }, claim.kind)),
    element("td", { class: "name-cell" }, about(claim)),
    element("td", { class: "name-cell" }, speakerName(claim) ?? ""),
    element("td", { class: "sentence-cell" }, sentence),
  );
}

/** The sentence with the claim marked in it. */
function marked(claim) {
  const { text, start } = claim.sentence;
  const units = unitOffsets(text);
  const [from, to] = [units(claim.start - start), units(claim.end - start)];
  return [text.slice(0, from), element("mark", {}, text.slice(from, to)), text.slice(to)];
}

function hrefOf(claim) {
  return `#/articles/${claim.article_id}/${claim.id}`;
}
