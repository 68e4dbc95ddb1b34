// The number checks of an article: sums that the article's own claims do not bear out.

import { Problem, read } from "./api.js";
import { button, element } from "./dom.js";
import { counted } from "./words.js";

const TYPES = {
  change: "A change", percentage_points: "Per cent or percentage points", total: "A total", share: "Shares of a whole",
  magnitude: "Million or billion", headline: "The headline",
};
const SEVERITIES = { error: "contradiction", warning: "worth a look" };

/** What the checks found; null where they cannot be had, for which nobody should miss the article. */
export async function readChecks(id, signal) {
  try {
    return (await read(`/v1/articles/${id}/checks`, { signal })).items;
  } catch (error) {
    if (error instanceof Problem) return null;
    throw error;
  }
}

/**
 * The section that lists the findings, each with its sum written out. `show(spans)` frames spans in the text and
 * scrolls to the first. Where nothing was found it is one line that says so.
 */
export function checksSection(findings, show) {
  if (!findings?.length) {
    const words = findings ? "nothing in this article contradicts itself." : "they cannot be had just now.";
    return element("p", { class: "soft no-checks" }, `Number checks: ${words}`);
  }
  return element(
    "section",
    { class: "checks", "aria-labelledby": "checks-title" },
    element("h2", { id: "checks-title" }, counted(findings.length, "number check")),
    element("ol", {}, findings.map((finding, index) => entry(finding, index + 1, show))),
  );
}

/** Writes the number of each finding behind its claims in the text; `linkOf(id)` is the link of a claim. */
export function markChecked(findings, linkOf) {
  findings?.forEach(({ severity, claims }, index) => {
    for (const { claim_id: id } of claims) {
      const link = linkOf(id);
      if (!link) continue;
      link.classList.add("checked", severity);
      link.dataset.checks = [link.dataset.checks, index + 1].filter(Boolean).join(", ");
      const described = link.getAttribute("aria-description").split("; see ")[0];
      link.setAttribute("aria-description", `${described}; see number check ${link.dataset.checks}`);
    }
  });
}

function entry({ type, severity, message, claims }, number, show) {
  const quotes = claims.map((span) => button({ class: "quote", click: () => show([span]) }, span.text));
  const all = button({ class: "quiet", click: () => show(claims) }, "Show in the text");
  return element(
    "li",
    { class: severity },
    element("span", { class: "check-number", "aria-hidden": "true" }, String(number)),
    element(
      "div",
      {},
      element(
        "p",
        {},
        element("strong", {}, TYPES[type] ?? type),
        element("span", { class: "severity" }, SEVERITIES[severity] ?? severity),
      ),
      element("p", { class: "sum" }, message),
      element("p", { class: "spans" }, quotes, all),
    ),
  );
}
