import { byId, icon, make, swatch } from './dom.js';
import { milliseconds, sentence, span, time, words } from './format.js';

const MOST_ROWS = 150;
const MOST_FAILURES = 30;

let seriesOf = () => 0;

/** Shows everything anew: requests and changes of circuits, the oldest first. */
export function showAll(requests, transitions, series) {
  seriesOf = series;
  byId('timeline').replaceChildren();
  byId('failures').replaceChildren();
  const entries = [
    ...requests.map(request => ({ at: request.at, show: () => addRequest(request) })),
    ...transitions.map(change => ({ at: change.at, show: () => addTransition(change) })),
  ];
  entries.sort((a, b) => Date.parse(a.at) - Date.parse(b.at)).forEach(entry => entry.show());
}

export function addRequest(request) {
  const row = make('li', 'row request',
    when(request.at),
    outcome(request.outcome),
    make('div', 'what',
      make('p', 'who', ...who(request), make('span', 'op', `${words(request.operation)}${request.streamed ? ', streamed' : ''} · ${request.dialect}`)),
      path(request)),
    make('p', 'nums', ...numbers(request).map(text => make('span', '', text))));
  row.dataset.outcome = request.outcome;
  prepend('timeline', row, MOST_ROWS);
  request.attempts.filter(attempt => attempt.outcome === 'failure').forEach(attempt => addFailure(request, attempt));
}

export function addTransition(change) {
  const row = make('li', 'row transition', when(change.at), icon(change.to), make('p', 'what', swatch(seriesOf(change.provider)), describe(change)));
  row.dataset.state = change.to;
  prepend('timeline', row, MOST_ROWS);
}

/** A change of a circuit as a sentence. */
export function describe(change) {
  const why = change.cause === 'manual' ? 'by hand'
    : change.cause === 'remote' ? 'by another process'
    : change.failureKind ? words(change.failureKind)
    : change.cause === 'probe' ? 'by a test' : words(change.cause);
  const next = change.to === 'open' && change.retryAfterSeconds ? `; next test in ${span(change.retryAfterSeconds)}` : '';
  const what = { open: 'opened', closed: 'closed', 'half-open': 'is being tested', isolated: 'was isolated' }[change.to] ?? change.to;
  return `${change.provider} ${what}${change.to === 'half-open' ? '' : `, ${why}`}${next}`;
}

function addFailure(request, attempt) {
  const row = make('li', 'row failure',
    when(request.at),
    icon('failure'),
    make('div', 'what',
      make('p', 'who', swatch(seriesOf(attempt.provider)), make('b', '', attempt.provider),
        make('span', 'op', [sentence(attempt.kind), attempt.status, milliseconds(attempt.durationMs)].filter(Boolean).join(' · '))),
      attempt.reason ? make('p', 'reason', attempt.reason) : null));
  prepend('failures', row, MOST_FAILURES);
}

function who(request) {
  return request.provider
    ? [swatch(seriesOf(request.provider)), make('b', '', request.provider), request.model ? make('span', 'model', request.model) : null]
    : [make('b', 'nobody', request.outcome === 'cancelled' ? 'Cancelled by the caller' : `No answer (${request.status})`)];
}

/** The way that a request took, where it is more than one step. */
function path(request) {
  if (request.attempts.length < 2 && request.outcome === 'success') {
    return null;
  }

  const steps = request.attempts.flatMap((attempt, i) => {
    const step = make('span', 'step', icon(attempt.outcome), make('span', '', attempt.provider),
      attempt.outcome === 'failure' || attempt.outcome === 'skipped' ? make('em', '', attempt.status ? String(attempt.status) : words(attempt.kind)) : null);
    step.dataset.outcome = attempt.outcome;
    step.title = [words(attempt.outcome), words(attempt.kind), attempt.reason].filter(Boolean).join(': ');
    return i === 0 ? [step] : [make('span', 'arrow', '→'), step];
  });
  return make('p', 'path', ...steps);
}

function numbers(request) {
  const parts = [milliseconds(request.durationMs)];
  if (request.firstTokenMs !== null) {
    parts.push(`first ${milliseconds(request.firstTokenMs)}`);
  }

  if (request.inputTokens !== null || request.outputTokens !== null) {
    parts.push(`${request.inputTokens ?? '?'} → ${request.outputTokens ?? '?'} tokens`);
  }

  return parts;
}

function outcome(value) {
  const mark = make('span', 'mark', icon(value), make('span', 'unseen', words(value)));
  mark.dataset.outcome = value;
  return mark;
}

function when(at) {
  const element = make('time', '', time(at));
  element.dateTime = at;
  return element;
}

function prepend(id, row, most) {
  const list = byId(id);
  list.prepend(row);
  while (list.childElementCount > most) {
    list.lastElementChild.remove();
  }

  byId(`${id}-empty`).hidden = true;
}
