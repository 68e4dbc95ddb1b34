// The head of an article: its title and what is known of it, the downloads, and how it is erased.

import { Problem, send } from "./api.js";
import { announce, byId, button, element, showProblem } from "./dom.js";
import { downloads, fileName } from "./downloads.js";
import { counted, day } from "./words.js";

const TITLE = 80;
const DOWNLOADS = { class: "downloads", role: "group", "aria-label": "Download the claims of this article" };

/** What is known of the article; with its claims also what can be done with them and with it. */
export function head(article, claims, erased) {
  const facts = [article.publisher, article.published_at && day(article.published_at), article.country].filter(Boolean);
  const sizes = [counted(article.characters, "character"), claims && counted(claims.length, "claim")].filter(Boolean);
  const address = article.url ? element("a", { href: article.url, rel: "noreferrer" }, "original") : null;
  return element(
    "header",
    { class: "article-head" },
    element("p", { class: "kicker" }, facts.join(" · ") || "Article"),
    element("h1", { id: "article-title", tabindex: "-1" }, titleOf(article)),
    element("p", { class: "facts numbers" }, sizes.join(" · "), address && [" · ", address]),
    claims &&
      element(
        "div",
        { class: "article-tools" },
        element("div", DOWNLOADS, downloadsOf(article)),
        button({ class: "quiet", click: () => erase(article.id, erased) }, "Erase the article"),
      ),
  );
}

/** In text order, under the name of the article. */
function downloadsOf(article) {
  return downloads(`/v1/articles/${article.id}/claims`, {}, fileName(titleOf(article)) ?? article.id);
}

/** What to call an article: its title, else the name that its sender gave it, else its first words. */
export function titleOf({ title, external_id, opening }) {
  const words = opening.length > TITLE ? `${opening.slice(0, TITLE).replace(/\s\S*$/, "")} …` : opening;
  return title ?? external_id ?? words;
}

/** Asks, erases the article, and calls `erased` once that is done. */
export async function erase(id, erased) {
  const dialog = byId("confirm-dialog");
  dialog.returnValue = "cancel";
  dialog.showModal();
  await new Promise((resolve) => dialog.addEventListener("close", resolve, { once: true }));
  if (dialog.returnValue !== "erase") return;
  try {
    await send(`/v1/articles/${id}`, { method: "DELETE" });
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    const notice = element("div", { class: "problem", role: "alert" });
    showProblem(notice, error);
    byId("article").firstElementChild.after(notice);
    return;
  }
  announce("The article is erased");
  erased();
}
