// Runs the cases that the command line names, and prints what became of each as one line of JSON.
import assert from 'node:assert/strict';

const LongestCase = 60_000;

export const key = process.env.FLEXIAI_KEY;
export const url = process.env.FLEXIAI_URL;
export const narrowUrl = process.env.FLEXIAI_NARROW_URL;

// One transparent pixel; its base64 has no sign that JSON may escape.
export const picture = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==';
export const unicode = 'Grüße, 世界 👩‍👩‍👧‍👦 \u0000 \u2028 "\\" <é> 🏳️‍🌈';
export const long = 'word '.repeat(1024 * 1024);
export const schema = {
  type: 'object',
  properties: { city: { type: 'string' }, inhabitants: { type: 'integer' } },
  required: ['city', 'inhabitants'],
  additionalProperties: false,
};
export const weather = { type: 'object', properties: { city: { type: 'string' }, days: { type: 'integer' } }, required: ['city'] };

export async function run(cases) {
  for (const name of process.argv.slice(2)) {
    let error = null;
    try {
      assert.ok(cases[name], `There is no case ${name}.`);
      await within(LongestCase, cases[name]());
    } catch (e) {
      error = e?.stack ?? String(e);
    }
    console.log(JSON.stringify({ case: name, error }));
  }
  process.exit(0);
}

// The error with which a promise, or reading a stream to its end, must fail.
export async function failure(type, act) {
  const error = await act().then(() => assert.fail(`It ended without ${type.name}.`), (e) => e);
  assert.ok(error instanceof type, `It failed with ${error?.constructor?.name}, not ${type.name}: ${error?.stack}`);
  return error;
}

function within(milliseconds, promise) {
  let timer;
  const late = new Promise((_, reject) => { timer = setTimeout(() => reject(new Error('It took too long.')), milliseconds); });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}
