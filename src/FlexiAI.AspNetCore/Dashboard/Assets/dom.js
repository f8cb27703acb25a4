// Everything shown that comes from a provider or a configuration goes in as text, never as markup.

const SVG = 'http://www.w3.org/2000/svg';

export const byId = id => document.getElementById(id);

/** Makes an element: its class, its text or children. */
export function make(tag, className, ...content) {
  const element = document.createElement(tag);
  if (className) {
    element.className = className;
  }

  element.append(...content.filter(part => part !== null && part !== undefined && part !== ''));
  return element;
}

export function icon(name) {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('class', 'icon');
  svg.setAttribute('aria-hidden', 'true');
  svg.append(document.createElementNS(SVG, 'use'));
  setIcon(svg, name);
  return svg;
}

export function setIcon(svg, name) {
  svg.firstChild.setAttribute('href', `#i-${name}`);
}

/** Writes text only where it differs, so that a screen reader's place and a selection survive. */
export function setText(element, text) {
  if (element.textContent !== text) {
    element.textContent = text;
  }
}

/** A spot in the colour that stands for a provider. */
export function swatch(number) {
  const spot = make('i', 'swatch');
  spot.dataset.series = number;
  spot.setAttribute('aria-hidden', 'true');
  return spot;
}
