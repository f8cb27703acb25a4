import { act } from './api.js';
import { byId, icon, make, setIcon, setText, swatch } from './dom.js';
import { count, milliseconds, span } from './format.js';

const cards = new Map();

/** Shows a card for each provider. Cards are changed in place, so that the focus stays where it is. */
export function showCards(status, stats, onStatus) {
  const sums = new Map(stats.providers.map(provider => [provider.name, provider]));
  const known = new Set(status.providers.map(provider => provider.name));
  for (const [name, card] of cards) {
    if (!known.has(name)) {
      card.root.remove();
      cards.delete(name);
    }
  }

  status.providers.forEach((provider, i) => {
    let card = cards.get(provider.name);
    if (!card) {
      cards.set(provider.name, card = build(provider, i + 1, onStatus));
      byId('cards').append(card.root);
    }

    fill(card, provider, sums.get(provider.name));
  });
}

/** Moves the countdowns on. */
export function tickCards() {
  for (const card of cards.values()) {
    showNext(card);
  }
}

/** Ties a button to something done by hand: it shows that it is under way, and why it failed. */
export function wire(button, note, path, onStatus) {
  button.addEventListener('click', async () => {
    // Not "disabled", which would take the focus away.
    if (button.getAttribute('aria-disabled') === 'true') {
      return;
    }

    button.setAttribute('aria-disabled', 'true');
    button.setAttribute('aria-busy', 'true');
    setText(note, '');
    try {
      onStatus(await act(path()));
    } catch (error) {
      setText(note, `${button.textContent} failed: ${error.message}`);
    } finally {
      button.removeAttribute('aria-disabled');
      button.removeAttribute('aria-busy');
    }
  });
}

function build(provider, series, onStatus) {
  const card = { provider, root: make('article', 'card') };
  const path = encodeURIComponent(provider.name);
  const title = make('h3', '', provider.name);
  title.title = provider.name;
  card.model = make('p', 'model');
  card.stateIcon = icon('closed');
  card.stateText = make('span');
  card.state = make('p', 'state', card.stateIcon, card.stateText);
  card.tags = make('p', 'tags');
  card.failures = make('dd');
  card.failuresBar = make('i');
  card.next = make('span');
  card.nextBar = make('i');
  card.latency = make('dd');
  card.requests = make('dd');
  card.tokens = make('dd');
  card.order = make('dd');
  card.note = make('p', 'note');
  card.note.setAttribute('role', 'status');
  card.fault = button(card, 'Make it fail', provider.name, () => `faults/${path}/${card.provider.failing ? 'release' : 'fail'}`, onStatus);
  card.fault.classList.add('fault');
  card.root.setAttribute('aria-label', provider.name);
  card.root.append(
    make('header', '', make('div', 'name', swatch(series), make('div', '', title, card.model)), card.state),
    card.tags,
    make('div', 'gauge', make('div', 'bar', card.failuresBar), make('div', 'bar next', card.nextBar), make('p', 'gauge-text', card.next)),
    make('dl', 'facts',
      fact('Failures in a row', card.failures),
      fact('Average latency', card.latency),
      fact('Answered', card.requests),
      fact('Tokens in / out', card.tokens),
      fact('Priority', card.order)),
    make('div', 'buttons',
      button(card, 'Reset', provider.name, () => `circuits/${path}/reset`, onStatus),
      button(card, 'Isolate', provider.name, () => `circuits/${path}/isolate`, onStatus),
      card.promote = button(card, 'Ask first', provider.name, () => `providers/${path}/promote`, onStatus),
      card.fault),
    card.note);
  return card;
}

function button(card, text, name, path, onStatus) {
  const element = make('button', '', text);
  element.type = 'button';
  element.setAttribute('aria-label', `${text}: ${name}`);
  wire(element, card.note, path, onStatus);
  return element;
}

const fact = (name, value) => make('div', '', make('dt', '', name), value);

function fill(card, provider, sums) {
  const circuit = provider.circuit;
  const look = circuit.throttled && circuit.state === 'closed' ? 'throttled' : circuit.state;
  card.provider = provider;
  card.root.dataset.state = look;
  setIcon(card.stateIcon, look);
  setText(card.stateText, { closed: 'Closed', open: 'Open', 'half-open': 'Half-open', isolated: 'Isolated', throttled: 'Throttled' }[look] ?? look);
  setText(card.model, [provider.model, provider.type].filter(Boolean).join(' · '));
  showTags(card, provider);
  setText(card.failures, `${count(circuit.failures)} / ${count(circuit.threshold)}`);
  card.failuresBar.style.width = `${Math.min(100, 100 * circuit.failures / circuit.threshold)}%`;
  card.until = circuit.retryAfterSeconds === null ? null : performance.now() + circuit.retryAfterSeconds * 1000;
  showNext(card);
  setText(card.latency, milliseconds(sums?.averageLatencyMs));
  setText(card.requests, `${count(sums?.succeeded ?? 0)} of ${count(sums?.requests ?? 0)}`);
  setText(card.tokens, tokens(sums));
  setText(card.order, provider.promoted ? `${provider.priority} · asked first` : String(provider.priority));
  card.promote.setAttribute('aria-pressed', String(provider.promoted));
  card.fault.hidden = !provider.simulated;
  const faultText = provider.failing ? 'Heal' : 'Make it fail';
  setText(card.fault, faultText);
  card.fault.setAttribute('aria-label', `${faultText}: ${provider.name}`);
}

function tokens(sums) {
  return !sums || sums.succeeded > 0 && sums.usageUnknown === sums.succeeded ? 'unknown'
    : `${count(sums.inputTokens)} / ${count(sums.outputTokens)}${sums.usageUnknown > 0 ? ' +' : ''}`;
}

function showTags(card, provider) {
  const tags = [
    provider.promoted && ['asked first', 'promoted'],
    provider.simulated && ['simulated', 'simulated'],
    provider.failing && ['made to fail', 'failing'],
    provider.sharing && [provider.sharing.connected ? 'shared' : 'sharing cut off', provider.sharing.connected ? 'shared' : 'failing'],
  ].filter(Boolean);
  const key = JSON.stringify(tags);
  if (card.tagsKey !== key) {
    card.tagsKey = key;
    card.tags.replaceChildren(...tags.map(([text, look]) => make('span', `tag ${look}`, text)));
  }
}

function showNext(card) {
  const circuit = card.provider.circuit;
  const left = card.until === null ? null : Math.max(0, (card.until - performance.now()) / 1000);
  const waits = left > 0 && (circuit.state === 'open' || circuit.throttled);
  card.root.toggleAttribute('data-waits', waits);
  card.nextBar.style.width = waits ? `${Math.min(100, 100 * left / Math.max(circuit.recoverySeconds, circuit.retryAfterSeconds))}%` : '0';
  setText(card.next, circuit.state === 'isolated' ? 'Held open until it is reset'
    : circuit.state === 'half-open' ? 'A request is testing it'
    : circuit.state === 'open' ? (waits ? `Next test in ${span(left)}` : 'The next request tests it')
    : waits ? `Asked to wait; again in ${span(left)}`
    : circuit.failures > 0 ? `${circuit.failures} of ${circuit.threshold} failures that open it`
    : 'Serving');
}
