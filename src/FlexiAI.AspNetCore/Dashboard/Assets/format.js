const whole = new Intl.NumberFormat('en');
const short = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 });
const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' });

export const count = value => (value >= 100000 ? short : whole).format(value);

export const time = value => clock.format(new Date(value));

export function milliseconds(value) {
  return value === null || value === undefined ? '–'
    : value < 1000 ? `${Math.round(value)} ms`
    : `${(value / 1000).toFixed(value < 10000 ? 2 : 1)} s`;
}

/** A span of time in the two largest units that it has. */
export function span(seconds) {
  const total = Math.max(0, Math.ceil(seconds));
  const parts = [['d', Math.floor(total / 86400)], ['h', Math.floor(total / 3600) % 24], ['min', Math.floor(total / 60) % 60], ['s', total % 60]];
  const first = parts.findIndex(([, value]) => value > 0);
  return first < 0 ? '0 s' : parts.slice(first, first + 2).filter(([, value]) => value > 0).map(([unit, value]) => `${value} ${unit}`).join(' ');
}

/** A machine's word such as "rate-limited" for a person. */
export const words = value => (value ?? '').replaceAll('-', ' ');

export function sentence(value) {
  const text = words(value);
  return text.charAt(0).toUpperCase() + text.slice(1);
}
