// The stored articles, the newest first.

import { Problem, query, read } from "./api.js";
import { byId, element, showProblem } from "./dom.js";
import { titleOf } from "./heading.js";
import { day } from "./words.js";

const LIMIT = 20;
let cursor = null;

export function setUpRecent() {
  byId("older").addEventListener("click", () => load(cursor));
}

/** Shows the newest articles. */
export function showRecent() {
  return load(null);
}

async function load(from) {
  const list = byId("recent");
  try {
    const page = await read(`/v1/articles?${query({ limit: LIMIT, cursor: from })}`);
    const items = page.items.map(line);
    if (from) list.append(...items);
    else list.replaceChildren(...items);
    cursor = page.next;
    byId("older").hidden = !cursor;
    byId("recent-empty").hidden = list.children.length > 0;
    if (from) items[0]?.querySelector("a").focus();
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    const notice = element("li", { class: "problem" });
    showProblem(notice, error);
    list.replaceChildren(notice);
  }
}

function line(article) {
  const { publisher, published_at: published, created_at: received } = article;
  const facts = [publisher, published ? day(published) : `received ${day(received)}`];
  return element(
    "li",
    {},
    element("a", { href: `#/articles/${article.id}` }, titleOf(article)),
    element("span", { class: "facts numbers" }, facts.filter(Boolean).join(" · ")),
  );
}
