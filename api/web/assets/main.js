// Which of the three views is shown: the part of the address behind the # says it.

import { leaveArticle, showArticle } from "./article.js";
import { byId } from "./dom.js";
import { setUpKey } from "./key.js";
import { setUpOverview, showOverview } from "./overview.js";
import { setUpRecent, showRecent } from "./recent.js";
import { setUpSubmit } from "./submit.js";

const VIEWS = ["read", "article", "claims"];
let present = null;

async function route() {
  // Other fragments are places on the page.
  if (location.hash && !location.hash.startsWith("#/")) return;
  const [path, parameters = ""] = location.hash.slice(2).split("?");
  const [name, id, claimId] = path.split("/").map(decodeURIComponent);
  const view = name === "articles" && id ? "article" : name === "claims" ? "claims" : "read";
  const arrives = present !== view;
  const first = present === null;
  present = view;
  for (const each of VIEWS) byId(each).hidden = each !== view;
  for (const link of document.querySelectorAll("nav a[data-view]")) {
    if (link.dataset.view === view) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  if (view !== "article") leaveArticle();
  if (arrives) scrollTo(0, 0);
  if (view === "article") await showArticle(id, claimId);
  else if (view === "claims") await showOverview(new URLSearchParams(parameters));
  else await showRecent();
  // Whoever comes back to a list finds the place that was left.
  if (arrives && present === view && history.state?.top) scrollTo(0, history.state.top);
  const heading = byId(view).querySelector("h1");
  document.title = heading && view !== "read" ? `${heading.textContent} – Tally` : "Tally";
  if (arrives && !first && !claimId) heading?.focus({ preventScroll: true });
}

function start() {
  setUpSubmit();
  setUpRecent();
  setUpOverview();
  setUpKey(() => {
    leaveArticle();
    route();
  });
  byId("skip").addEventListener("click", (event) => {
    event.preventDefault();
    byId("main").focus();
  });
  byId("main").addEventListener("click", (event) => {
    if (event.target.closest("a[href^='#/']")) history.replaceState({ top: scrollY }, "");
  });
  addEventListener("hashchange", route);
  route();
}

start();
