import { byId, make, setText, swatch } from './dom.js';
import { count, milliseconds, time } from './format.js';

const SPANS = 60;
const HEIGHT = 170;

/** Draws what the spans of traffic came to: who answered as stacked bars, and how long it took as lines. */
export class Charts {
  #names = [];
  #spans = new Map();
  #changes = [];
  #skew = 0;
  #charts = [];
  #counts = [];
  #latencies = [];

  constructor() {
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => this.#build());
    new ResizeObserver(() => this.#resize()).observe(byId('chart-requests'));
  }

  setProviders(names) {
    if (names.join('\n') !== this.#names.join('\n')) {
      this.#names = names;
      byId('legend').replaceChildren(...names.map((name, i) => make('li', '', swatch(i + 1), make('span', '', name))), make('li', '', swatch('none'), 'no answer'));
      this.#build();
    }
  }

  setClock(now) {
    this.#skew = Date.parse(now) - Date.now();
  }

  addTraffic(spans) {
    spans.forEach(span => this.#spans.set(span.at, span));
    while (this.#spans.size > 2 * SPANS) {
      this.#spans.delete(this.#spans.keys().next().value);
    }
  }

  setChanges(changes) {
    this.#changes = changes;
  }

  addChange(change) {
    this.#changes = [...this.#changes.slice(-99), change];
  }

  draw() {
    if (this.#charts.length === 0) {
      return;
    }

    const [requests, latency] = this.#read();
    this.#charts[0].setData(requests);
    this.#charts[1].setData(latency);
    const answered = this.#names.map((name, i) => `${name} ${count(sum(this.#counts[i]))}`).join(', ');
    byId('chart-requests').setAttribute('aria-label', `Requests of the last five minutes: ${answered}, no answer ${count(sum(this.#counts.at(-1)))}.`);
    const times = this.#names.map((name, i) => `${name} ${milliseconds(mean(this.#latencies[i]))}`).join(', ');
    byId('chart-latency').setAttribute('aria-label', `Average time of an answer in the last five minutes: ${times}.`);
  }

  #read() {
    const last = Math.floor((Date.now() + this.#skew) / 5000) * 5;
    const at = Array.from({ length: SPANS }, (_, i) => last - (SPANS - 1 - i) * 5);
    const spans = at.map(second => this.#spans.get(second));
    const part = (span, name) => span?.providers.find(provider => provider.name === name);
    this.#counts = [
      ...this.#names.map(name => spans.map(span => part(span, name)?.answered ?? 0)),
      spans.map(span => span?.unanswered ?? 0),
    ];
    this.#latencies = this.#names.map(name => spans.map(span => part(span, name)?.averageMs ?? null));

    // Each bar reaches from the axis to the top of its part; the highest is drawn first and the others over it.
    const tops = this.#counts.map((_, i) => at.map((_, j) => this.#counts.slice(0, i + 1).reduce((height, values) => height + values[j], 0)));
    return [[at, ...tops.reverse()], [at, ...this.#latencies]];
  }

  #build() {
    this.#charts.forEach(chart => chart.destroy());
    const style = getComputedStyle(document.documentElement);
    const color = name => style.getPropertyValue(name).trim();
    const colors = [...this.#names.map((_, i) => color(`--s${i % 8 + 1}`)), color('--bad')];
    const bars = uPlot.paths.bars({ size: [0.8, 14], align: 1, radius: 0.15 });
    const [requests, latency] = this.#read();
    const options = (series, values, zero) => ({
      width: byId('chart-requests').clientWidth || 300,
      height: HEIGHT,
      legend: { show: false },
      cursor: { y: false, points: { show: false }, drag: { x: false, y: false }, sync: { key: 'traffic' } },
      padding: [8, 4, 0, 0],
      scales: {
        // Each span is drawn to the right of where it begins.
        x: { time: true, range: (_, low, high) => [low, high + 5] },
        y: { range: (_, low, high) => [0, Math.max(high ?? 0, zero) * 1.15] },
      },
      axes: [
        { stroke: color('--muted'), grid: { show: false }, ticks: { show: false }, font: '11px system-ui', size: 26, space: 44, values: (_, ticks) => ticks.map(tick => time(tick * 1000).slice(0, tick % 60 === 0 ? 5 : 8)) },
        { stroke: color('--muted'), grid: { stroke: color('--line'), width: 1 }, ticks: { show: false }, font: '11px system-ui', size: 52, space: 34, values },
      ],
      series: [{}, ...series],
      hooks: { draw: [chart => this.#mark(chart, color)], setCursor: [chart => this.#tell(chart.cursor.idx)] },
    });
    this.#charts = [
      new uPlot(
        options([...colors].reverse().map(fill => ({ paths: bars, fill, stroke: fill, width: 0, points: { show: false } })), (_, ticks) => ticks.map(tick => Number.isInteger(tick) ? count(tick) : ''), 4),
        requests,
        byId('chart-requests')),
      new uPlot(
        options(this.#names.map((_, i) => ({ stroke: colors[i], width: 2, spanGaps: true, points: { show: true, size: 5, fill: colors[i] } })), (_, ticks) => ticks.map(milliseconds), 10),
        latency,
        byId('chart-latency')),
    ];
    this.draw();
  }

  #resize() {
    const width = byId('chart-requests').clientWidth;
    this.#charts.forEach(chart => chart.setSize({ width, height: HEIGHT }));
  }

  /** Marks the changes of circuits: a line where one happened, in the colour of the new state. */
  #mark(chart, color) {
    const { ctx, bbox } = chart;
    const colors = { open: '--bad', 'half-open': '--warn', closed: '--good', isolated: '--off' };
    ctx.save();
    ctx.setLineDash([3 * devicePixelRatio, 3 * devicePixelRatio]);
    ctx.lineWidth = devicePixelRatio;
    for (const change of this.#changes) {
      // On a whole pixel, or the line is a blur.
      const x = Math.round(chart.valToPos(Date.parse(change.at) / 1000, 'x', true)) + (ctx.lineWidth % 2) / 2;
      if (x >= bbox.left && x <= bbox.left + bbox.width) {
        ctx.strokeStyle = color(colors[change.to] ?? '--muted');
        ctx.beginPath();
        ctx.moveTo(x, bbox.top);
        ctx.lineTo(x, bbox.top + bbox.height);
        ctx.stroke();
      }
    }

    ctx.restore();
  }

  #tell(index) {
    if (index === null || index === undefined || !this.#charts[0]?.data[0][index]) {
      setText(byId('readout'), '');
      return;
    }

    const parts = this.#names.map((name, i) => [name, this.#counts[i][index], this.#latencies[i][index]]).filter(([, answered]) => answered > 0)
      .map(([name, answered, average]) => `${name} ${count(answered)} in ${milliseconds(average)}`);
    const lost = this.#counts.at(-1)[index];
    setText(byId('readout'), `${time(this.#charts[0].data[0][index] * 1000)}  ${[...parts, ...(lost > 0 ? [`no answer ${count(lost)}`] : [])].join(', ') || 'no requests'}`);
  }
}

const sum = values => values.reduce((total, value) => total + value, 0);

function mean(values) {
  const known = values.filter(value => value !== null);
  return known.length === 0 ? null : sum(known) / known.length;
}
