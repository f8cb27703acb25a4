import { request } from './api.js';

// The gateway gives a sign of life every 15 seconds.
const SILENCE = 40000;
const FIRST_WAIT = 500;
const LONGEST_WAIT = 15000;

/** Follows the events, and goes on after every break. EventSource could not send the admin key. */
export async function follow(path, { onEvent, onState }) {
  let wait = FIRST_WAIT;
  for (;;) {
    try {
      await readOnce(path, onEvent, () => {
        wait = FIRST_WAIT;
        onState('live');
      });
    } catch {
      // Whatever broke it, the remedy is the same.
    }

    onState('broken');
    await pause(wait * (0.75 + Math.random() / 2));
    wait = Math.min(wait * 2, LONGEST_WAIT);
  }
}

async function readOnce(path, onEvent, onBegin) {
  const abort = new AbortController();
  let alarm = setTimeout(() => abort.abort(), SILENCE);
  try {
    const response = await request(path, { signal: abort.signal, headers: { Accept: 'text/event-stream' } });
    if (!response.ok) {
      return;
    }

    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    let rest = '';
    for (;;) {
      const { done, value } = await reader.read();
      if (done) {
        return;
      }

      clearTimeout(alarm);
      alarm = setTimeout(() => abort.abort(), SILENCE);
      const blocks = (rest + value).split('\n\n');
      rest = blocks.pop();
      for (const block of blocks) {
        const event = parse(block);
        if (event) {
          if (event.name === 'hello') {
            onBegin();
          }

          onEvent(event.name, event.data);
        }
      }
    }
  } finally {
    clearTimeout(alarm);
  }
}

function parse(block) {
  let name = 'message';
  let data = '';
  for (const line of block.split('\n')) {
    if (line.startsWith('event: ')) {
      name = line.slice(7);
    } else if (line.startsWith('data: ')) {
      data += line.slice(6);
    }
  }

  return data === '' ? null : { name, data: JSON.parse(data) };
}

const pause = time => new Promise(resolve => setTimeout(resolve, time));
