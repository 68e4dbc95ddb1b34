// The number checks of an article: sums that the article's own claims do not bear out.

import { Problem, read } from "./api.js";
import { element } from "./dom.js";

/** Fills the section with what the checks found; it stays empty where there is nothing to say. */
export async function showChecks(id, place, { jump, hrefOf }, signal) {
  let findings;
  try {
    findings = (await read(`/v1/articles/${id}/checks`, { signal })).items;
  } catch (error) {
    if (error instanceof Problem || signal.aborted) return;
    throw error;
  }
  if (findings.length === 0) return;
  place.hidden = false;
  place.append(
    element("h2", { id: "checks-title" }, "Number checks"),
    element("ul", { class: "checks" }, ...findings.map((finding) => item(finding, jump, hrefOf))),
  );
}

function item(finding, jump, hrefOf) {
  const claims = finding.claims.map((span) => element("a", { href: hrefOf({ id: span.claim_id }), click: (event) => go(event, span, jump) }, span.text));
  return element("li", {}, element("strong", {}, finding.severity === "error" ? "Contradiction: " : "Worth a look: "), `${finding.message} (`, ...claims.flatMap((link, place) => (place ? [", ", link] : [link])), ")");
}

function go(event, span, jump) {
  event.preventDefault();
  jump(span);
}
