import { byId, make, setText } from './dom.js';
import { showCards, tickCards, wire } from './cards.js';
import { Charts } from './chart.js';
import { setUpKey } from './key.js';
import { addRequest, addTransition, describe, showAll } from './rows.js';
import { count, span } from './format.js';
import { follow } from './stream.js';

const charts = new Charts();
let status = null;
let stats = null;
let began = 0;

setUpKey();
wire(byId('reset-all'), byId('reset-all-note'), () => 'circuits/reset', showStatus);
setText(byId('example'), [
  `curl ${new URL('v1/chat/completions', document.baseURI)} \\`,
  '  -H "content-type: application/json" \\',
  '  -d \'{"model":"auto","messages":[{"role":"user","content":"Hello"}]}\'',
].join('\n'));
setInterval(tick, 500);
setInterval(() => charts.draw(), 2500);
follow('events', {
  onEvent: (name, data) => handlers[name]?.(data),
  onState: showLink,
});

const handlers = {
  hello(data) {
    stats = data.stats;
    charts.addTraffic(data.traffic);
    charts.setChanges(data.transitions);
    showStatus(data.status);
    showAll(data.requests, data.transitions, seriesOf);
  },

  status(data) {
    stats = data.stats;
    charts.addTraffic(data.traffic);
    showStatus(data.status);
  },

  request: addRequest,

  transition(change) {
    addTransition(change);
    charts.addChange(change);
    announce(describe(change));
  },
};

function showStatus(news) {
  // An answer to a button may arrive after news that are newer.
  if (status && news.startedAt === status.startedAt && Date.parse(news.now) < Date.parse(status.now)) {
    return;
  }

  status = news;
  began = performance.now() - status.uptimeSeconds * 1000;
  setText(byId('version'), `v${status.version}`);
  byId('simulated').hidden = !status.simulated;
  document.body.toggleAttribute('data-not-ready', !status.ready);
  for (const name of ['requests', 'succeeded', 'failed', 'cancelled']) {
    setText(byId(`sum-${name}`), count(stats[name]));
  }

  setText(byId('sum-last'), stats.lastUsed ?? '–');
  showCards(status, stats, showStatus);
  charts.setClock(status.now);
  charts.setProviders(status.providers.map(provider => provider.name));
  charts.draw();
  tick();
}

function showLink(state) {
  const link = byId('link');
  link.dataset.state = state;
  setText(link.querySelector('span'), state === 'live' ? 'Live' : 'Connection lost, trying again…');
}

function announce(text) {
  const log = byId('announcer');
  log.append(make('span', '', `${text}. `));
  while (log.childElementCount > 5) {
    log.firstElementChild.remove();
  }
}

function tick() {
  if (status) {
    setText(byId('uptime'), `up ${span((performance.now() - began) / 1000)}`);
    tickCards();
  }
}

// Colours repeat after eight providers; names always stand beside them.
function seriesOf(name) {
  return (status.providers.findIndex(provider => provider.name === name) + 1) || 'none';
}
