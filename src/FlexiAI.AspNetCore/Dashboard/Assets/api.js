const STORED = 'flexiai-admin-key';

let key = read();
let asking = null;

/** Set by the page: shows the question for the admin key and gives the answer. */
export const question = { ask: async () => null };

/** Fetches with the admin key, for which the person is asked when the gateway wants one. */
export async function request(path, options = {}) {
  for (;;) {
    const used = key;
    const response = await fetch(path, {
      cache: 'no-store',
      ...options,
      headers: { ...options.headers, ...(used ? { Authorization: `Bearer ${used}` } : {}) },
    });
    if (response.status !== 401) {
      return response;
    }

    // Several requests may be refused at once, and the key may have been given meanwhile: one question answers all.
    if (key === used) {
      asking ??= question.ask(used !== null).finally(() => { asking = null; });
      remember(await asking);
    }
  }
}

/** Does something by hand; throws an error that says why not. */
export async function act(path) {
  const response = await request(path, { method: 'POST' });
  if (!response.ok) {
    const problem = await response.json().catch(() => null);
    throw new Error(problem?.error?.message ?? `The gateway answered ${response.status}.`);
  }

  return response.json();
}

function remember(value) {
  key = value;
  try {
    sessionStorage.setItem(STORED, value);
  } catch {
    // Storage may be forbidden: the key then lives as long as the page.
  }
}

function read() {
  try {
    return sessionStorage.getItem(STORED);
  } catch {
    return null;
  }
}
