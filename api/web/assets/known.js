// A text that was known before it was sent: nothing of it is stored a second time, and the page says so.

import { button, element } from "./dom.js";
import { day } from "./words.js";

const SAID = {
  title: "title", publisher: "publisher", country: "country", published_at: "day of publication", url: "address",
};
const DAY = /^\d{4}-\d\d-\d\d$/;
let known = null;

/** Keeps in mind, until the article is left, what was said of it this time; `again` sends it once more. */
export function rememberKnown(id, said, again) {
  known = { id, said, again };
}

export function forgetKnown() {
  known = null;
}

/** Says that the article was there before; null where it was not. `erase` is called with what to do after it. */
export function knownNotice(article, erase) {
  if (known?.id !== article.id) return null;
  const { said, again } = known;
  const since = `Known since ${day(article.created_at)}`;
  const lost = Object.keys(SAID).filter((field) => differs(field, said[field], article[field]));
  const names = lost.map((field) => SAID[field]).join(", ");
  const words = lost.length
    ? `${since}; what you said of it this time (${names}) was not stored. Erase it to have it read again.`
    : `${since}: it was not read again.`;
  const anew = button({ click: () => erase(again) }, "Erase it and read it again");
  return element("div", { class: "notice known", role: "status" }, element("p", {}, words), lost.length ? anew : null);
}

function differs(field, said, stored) {
  if (typeof said !== "string" || !said.trim()) return false;
  if (stored === null) return true;
  if (field === "published_at") return DAY.test(said) ? !sameDay(said, stored) : Date.parse(said) !== Date.parse(stored);
  return said.trim().toLowerCase() !== stored.toLowerCase();
}

/** The form asks for a day; what is stored may be a time on it. */
function sameDay(said, stored) {
  return day(said) === day(stored);
}
