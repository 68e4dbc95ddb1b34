// The kinds of claims, in the families that share a colour and a line under the text.

const FAMILIES = {
  money: ["money"],
  share: ["percent", "fraction", "multiple"],
  count: ["count", "number"],
  time: ["duration", "age"],
  measure: [
    "length", "area", "volume", "mass", "speed", "temperature", "energy", "power", "pressure", "frequency", "data",
  ],
  score: ["index", "other"],
};

/** The family of a kind, a class name of the style sheet. */
export function family(kind) {
  return Object.keys(FAMILIES).find((name) => FAMILIES[name].includes(kind)) ?? "score";
}

/** How often each kind occurs among the claims, the most frequent first. */
export function countKinds(claims) {
  const counts = new Map();
  for (const { kind } of claims) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return [...counts].sort(([, one], [, other]) => other - one);
}
