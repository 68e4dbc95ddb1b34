// What a search has found, in figures: over time, the largest amounts, by kind, who is quoted most, by currency.

import { query, read } from "./api.js";
import { bars, timeline } from "./chart.js";
import { element } from "./dom.js";
import { family } from "./kinds.js";
import { about, counted, inDigits } from "./words.js";

const ROWS = 8;
const AMOUNTS = 6;
const DAYS = 500;

/** The figures of the claims that meet these conditions: a headline and the panels below it. */
export async function figures({ sort: _, ...conditions }) {
  const stats = await read(`/v1/stats?${query({ ...conditions, limit: DAYS })}`);
  const headline = `${counted(stats.claims, "claim")} in ${counted(stats.articles, "article")}`;
  if (stats.claims === 0) return { headline: "Claims", panels: [] };
  const days = stats.by_day.map(({ value, claims }) => ({ day: value, count: claims }));
  const panels = [
    panel("Over time", timeline(days), "panel-wide"),
    await largest(conditions, stats.by_currency),
    spread("By kind", "kind", stats.by_kind, conditions, family),
    spread("Most quoted", "speaker", stats.by_speaker, conditions),
    spread("By currency", "currency", stats.by_currency, conditions, () => "money"),
  ];
  return { headline, panels: panels.filter(Boolean) };
}

/** Bars for the values of one field. Each is a link that sets this condition, or lifts it where it is set. */
function spread(title, field, counts, conditions, tone) {
  const known = counts.filter(({ value }) => value !== null).slice(0, ROWS);
  if (known.length === 0) return null;
  const rows = known.map(({ value, claims }) => {
    const current = conditions[field] === value;
    const href = `#/claims?${query({ ...conditions, [field]: current ? null : value })}`;
    return { name: value, count: claims, href, current, tone: tone?.(value) };
  });
  return panel(title, bars(rows));
}

/** Amounts of one currency, since those of several cannot be ranked: the one asked for, or the most frequent. */
async function largest(conditions, counts) {
  const currency = conditions.currency ?? counts.find(({ value }) => value !== null)?.value;
  if (!currency || (conditions.kind && conditions.kind !== "money")) return null;
  const wanted = query({ ...conditions, kind: "money", currency, sort: "-value", limit: AMOUNTS });
  const { items } = await read(`/v1/claims?${wanted}`);
  if (items.length === 0) return null;
  const rows = items.map((claim) =>
    element(
      "li",
      {},
      element("a", { href: `#/articles/${claim.article_id}/${claim.id}`, class: "numbers" }, inDigits(claim)),
      element("span", {}, about(claim) || claim.sentence.text),
    ),
  );
  return panel(`Largest amounts in ${currency}`, element("ol", { class: "amounts" }, rows));
}

function panel(title, content, style = null) {
  return element("section", { class: style, "aria-label": title }, element("h2", {}, title), content);
}
