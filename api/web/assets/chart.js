// Small charts, drawn here. Each says in words what it shows; the bars are links where a click narrows the search.

import { drawing, element } from "./dom.js";
import { counted } from "./words.js";

const WIDTH = 640;
const HEIGHT = 120;
const MOST_DAYS = 120;

/** Rows of a name, a bar and a count. `rows` are {name, count, href, current, tone}; the longest bar is full. */
export function bars(rows) {
  const most = Math.max(...rows.map(({ count }) => count), 1);
  return element(
    "ul",
    { class: "bars" },
    rows.map(({ name, count, href, current, tone }) =>
      element(
        "li",
        {},
        element(
          "a",
          { href, "aria-current": current ? "true" : null, "aria-label": `${name}, ${counted(count, "claim")}` },
          element("span", { class: "bar-name" }, name),
          bar(count / most, tone ?? "score"),
          element("span", { class: "numbers" }, count.toLocaleString("en")),
        ),
      ),
    ),
  );
}

function bar(share, tone) {
  const width = Math.max(share * 100, 1).toFixed(2);
  return drawing(
    "svg",
    { class: `bar ${tone}`, viewBox: "0 0 100 8", preserveAspectRatio: "none", "aria-hidden": "true" },
    drawing("rect", { width, height: 8 }),
  );
}

/** Columns over the days from the first to the last; `days` are {day: "2022-04-22", count}. */
export function timeline(days) {
  const counts = new Map(days.map(({ day, count }) => [day, count]));
  const all = grouped([...counts.keys()].sort(), counts);
  const most = Math.max(...all.map(({ count }) => count));
  const step = WIDTH / Math.max(all.length, 12);
  const columns = all.map(({ count, title }, index) => {
    const height = Math.max((count / most) * (HEIGHT - 4), count ? 2 : 0);
    const place = { x: index * step + step * 0.12, y: HEIGHT - height, width: step * 0.76, height };
    return drawing("rect", place, drawing("title", {}, `${title}: ${counted(count, "claim")}`));
  });
  const [first, last] = [all[0], all.at(-1)];
  const peak = all.find(({ count }) => count === most);
  const period = `from ${first.title} to ${last.title}`;
  const said = `Claims over time, ${period}. Most on ${peak.title}: ${counted(most, "claim")}.`;
  const base = drawing("line", { x1: 0, x2: WIDTH, y1: HEIGHT - 0.5, y2: HEIGHT - 0.5 });
  const top = drawing("line", { class: "scale", x1: 0, x2: WIDTH, y1: 4, y2: 4 });
  const frame = { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: "none", role: "img", "aria-label": said };
  const ends = all.length > 1 ? [first.title, last.title] : [first.title];
  return element(
    "div",
    { class: "timeline" },
    element("p", { class: "numbers", "aria-hidden": "true" }, most.toLocaleString("en")),
    drawing("svg", frame, top, base, columns),
    element("p", { class: "numbers" }, ends.map((title) => element("span", {}, title))),
    asTable(all.filter(({ count }) => count)),
  );
}

/** What the columns show, for those who would rather read it. */
function asTable(rows) {
  const head = ["Time", "Claims"].map((name) => element("th", { scope: "col" }, name));
  const body = rows.map(({ title, count }) =>
    element("tr", {}, element("th", { scope: "row" }, title), element("td", {}, count.toLocaleString("en"))));
  return element(
    "details",
    {},
    element("summary", {}, "As a table"),
    element("table", { class: "numbers" }, element("thead", {}, element("tr", {}, head)), element("tbody", {}, body)),
  );
}

/** One column a day with those between that have none, or, over a long time, one a month or a year. */
function grouped(sorted, counts) {
  const length = [10, 7, 4].find((size) => span(sorted, size).length <= MOST_DAYS) ?? 4;
  const sums = new Map(span(sorted, length).map((name) => [name, 0]));
  for (const day of sorted) sums.set(day.slice(0, length), (sums.get(day.slice(0, length)) ?? 0) + counts.get(day));
  return [...sums].map(([title, count]) => ({ title, count }));
}

function span(sorted, length) {
  const names = new Set();
  const [first, last] = [sorted[0], sorted.at(-1)].map((day) => Date.parse(`${day}T00:00:00Z`));
  const step = 86_400_000 * (length === 10 ? 1 : 27);
  for (let at = first; at < last; at += step) names.add(new Date(at).toISOString().slice(0, length));
  names.add(sorted.at(-1).slice(0, length));
  return [...names];
}
