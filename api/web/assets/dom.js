// Nodes are made from parts. No string is ever parsed as markup, so nothing that an article says can become any.

const SVG = "http://www.w3.org/2000/svg";

/** An element; attributes that are null or false are left out, functions become listeners, children may be text. */
export function element(name, attributes = {}, ...children) {
  return fill(document.createElement(name), attributes, children);
}

/** The same for the elements of a drawing. */
export function drawing(name, attributes = {}, ...children) {
  return fill(document.createElementNS(SVG, name), attributes, children);
}

/** A button that submits no form. */
export function button(attributes, ...children) {
  return element("button", { type: "button", ...attributes }, ...children);
}

/** The element with this id. */
export function byId(id) {
  return document.getElementById(id);
}

/** Shows a problem in words where its reader looks for it, or hides what stood there when there is none. */
export function showProblem(place, problem) {
  place.hidden = !problem;
  place.replaceChildren(...(problem ? problem.paragraphs().map((line) => element("p", {}, line)) : []));
}

/** Tells a screen reader what has just happened. */
export function announce(text) {
  byId("announcer").textContent = text;
}

function fill(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === "function") node.addEventListener(name, value);
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return node;
}
