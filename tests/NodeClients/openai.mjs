import assert from 'node:assert/strict';
import OpenAI from 'openai';
import { failure, key, long, narrowUrl, picture, run, schema, unicode, url, weather } from './harness.mjs';

const client = new OpenAI({ apiKey: key, baseURL: `${url}/v1`, maxRetries: 0 });
const narrow = new OpenAI({ apiKey: key, baseURL: `${narrowUrl}/v1`, maxRetries: 0 });
const tools = ['weather', 'clock'].map((name) => ({ type: 'function', function: { name, description: `Tells the ${name}.`, parameters: weather } }));
const asked = (content, more) => ({ model: 'good', messages: [{ role: 'user', content }], ...more });
const ask = (content, more) => client.chat.completions.create(asked(content, more));
const textOf = (reply) => reply.choices[0].message.content;

await run({
  async chat() {
    const reply = await ask('hello');
    assert.equal(textOf(reply), 'Hello from the model, word by word');
    assert.deepEqual([reply.object, reply.model, reply.choices[0].finish_reason], ['chat.completion', 'good-model', 'stop']);
    assert.deepEqual([reply.usage.prompt_tokens, reply.usage.completion_tokens, reply.usage.total_tokens], [11, 7, 18]);
  },

  async stream() {
    const chunks = await collect(ask('hello', { stream: true }));
    assert.equal(chunks.map((chunk) => chunk.choices[0]?.delta.content ?? '').join(''), 'Hello from the model, word by word');
    assert.deepEqual(chunks.flatMap((chunk) => chunk.choices).map((choice) => choice.finish_reason).filter(Boolean), ['stop']);
    assert.equal(new Set(chunks.map((chunk) => chunk.id)).size, 1);
    assert.ok(chunks.every((chunk) => chunk.usage == null));
  },

  async roles() {
    const reply = await client.chat.completions.create({
      model: 'good',
      messages: [
        { role: 'system', content: 'Be brief.' },
        { role: 'user', content: 'One?' },
        { role: 'assistant', content: 'One.' },
        { role: 'user', content: 'roles' },
      ],
    });
    assert.equal(textOf(reply), 'system: Be brief. user: One? assistant: One. user: roles');
  },

  async tools() {
    const stream = client.chat.completions.stream(asked('weather', { tools }));
    const pieces = [];
    stream.on('tool_calls.function.arguments.delta', (event) => pieces.push(event.arguments_delta));
    const message = await stream.finalMessage();
    const [call] = message.tool_calls;
    assert.deepEqual([call.function.name, JSON.parse(call.function.arguments)], ['weather', { city: 'Zürich', days: 3 }]);
    assert.equal(pieces.join(''), call.function.arguments);
    const reply = await client.chat.completions.create({
      model: 'good',
      tools,
      messages: [{ role: 'user', content: 'weather' }, message, { role: 'tool', tool_call_id: call.id, content: '21 degrees' }],
    });
    assert.equal(textOf(reply), 'It has 21 degrees.');
  },

  async parallel() {
    const whole = await ask('both', { tools });
    const streamed = await client.chat.completions.stream(asked('both', { tools })).finalChatCompletion();
    for (const reply of [whole, streamed]) {
      const { message, finish_reason } = reply.choices[0];
      assert.equal(finish_reason, 'tool_calls');
      assert.deepEqual(message.tool_calls.map((call) => [call.function.name, JSON.parse(call.function.arguments)]), [['weather', { city: 'Zürich', days: 3 }], ['clock', { city: 'Oslo' }]]);
      assert.equal(new Set(message.tool_calls.map((call) => call.id)).size, 2);
    }
  },

  async picture() {
    const reply = await ask([{ type: 'text', text: 'picture' }, { type: 'image_url', image_url: { url: `data:image/png;base64,${picture}` } }]);
    assert.equal(textOf(reply), 'I see it.');
  },

  async schema() {
    const reply = await client.chat.completions.parse(asked('schema', { response_format: { type: 'json_schema', json_schema: { name: 'city', strict: true, schema } } }));
    assert.deepEqual(JSON.parse(textOf(reply)), { city: 'Bern', inhabitants: 134794 });
  },

  async usage() {
    const chunks = await collect(ask('hello', { stream: true, stream_options: { include_usage: true } }));
    const { usage, choices } = chunks.at(-1);
    assert.deepEqual([usage.prompt_tokens, usage.completion_tokens, usage.total_tokens, choices.length], [11, 7, 18, 0]);
    assert.ok(chunks.slice(0, -1).every((chunk) => chunk.usage == null));
  },

  async embeddings() {
    const lists = [];
    for (const encoding_format of ['float', 'base64', undefined]) {
      const reply = await client.embeddings.create({ model: 'good', input: ['one', 'two'], encoding_format });
      assert.deepEqual(reply.data.map((item) => [item.object, item.index]), [['embedding', 0], ['embedding', 1]]);
      lists.push(reply.data.map((item) => typeof item.embedding === 'string' ? floats(item.embedding) : Array.from(item.embedding)));
    }
    assert.equal(lists[0][0].length, 8);
    assert.notDeepEqual(lists[0][0], lists[0][1]);
    assert.deepEqual(lists[1].map(round), lists[0].map(round));
    assert.deepEqual(lists[2].map(round), lists[0].map(round));
  },

  async embeddings_refused() {
    const error = await failure(OpenAI.NotFoundError, () => client.embeddings.create({ model: 'good', input: 'one' }));
    assert.match(error.message, /embeddings/);
  },

  async models() {
    const ids = await collect(client.models.list());
    assert.ok(['auto', 'good', 'good-model', 'down'].every((id) => ids.some((model) => model.id === id && model.object === 'model')));
    assert.equal((await client.models.retrieve('good-model')).id, 'good-model');
    await failure(OpenAI.NotFoundError, () => client.models.retrieve('nobody'));
  },

  async error_400() {
    const error = await failure(OpenAI.BadRequestError, () => ask('[bad]'));
    assert.deepEqual([error.status, error.type], [400, 'invalid_request_error']);
    assert.ok((await failure(OpenAI.BadRequestError, () => ask('hello', { model: undefined }))).message.includes('model is missing'));
  },

  async error_401() {
    const error = await failure(OpenAI.AuthenticationError, () => new OpenAI({ apiKey: 'fx-wrong', baseURL: `${url}/v1`, maxRetries: 0 }).chat.completions.create(asked('hello')));
    assert.equal(error.status, 401);
  },

  async error_404() {
    const error = await failure(OpenAI.NotFoundError, () => ask('hello', { model: 'nobody' }));
    assert.deepEqual([error.code, error.param], ['model_not_found', 'model']);
  },

  async error_429() {
    const held = await narrow.chat.completions.create(asked('[stall]', { stream: true }));
    await held[Symbol.asyncIterator]().next();
    const error = await failure(OpenAI.RateLimitError, () => narrow.chat.completions.create(asked('hello')));
    assert.ok(Number(error.headers.get('retry-after')) > 0);
    held.controller.abort();
  },

  async error_503() {
    for (const stream of [false, true]) {
      const error = await failure(OpenAI.InternalServerError, () => ask('hello', { model: 'down', stream }));
      assert.deepEqual([error.status, error.code], [503, 'all_providers_failed']);
      assert.ok(Number(error.headers.get('retry-after')) > 0);
    }
  },

  async abort() {
    const stream = await ask('[stall]', { stream: true });
    for await (const chunk of stream) {
      if (chunk.choices[0]?.delta.content) {
        stream.controller.abort();
      }
    }
  },

  async cut() {
    let read = '';
    const error = await failure(OpenAI.APIError, async () => {
      for await (const chunk of await ask('[cut]', { stream: true })) {
        read += chunk.choices[0]?.delta.content ?? '';
        assert.equal(chunk.choices[0]?.finish_reason ?? null, null);
      }
    });
    assert.equal(read, 'Hello from the');
    assert.equal(error.code, 'stream_interrupted');
  },

  async unicode() {
    assert.equal(textOf(await ask(unicode)), unicode);
    const chunks = await collect(ask(unicode, { stream: true }));
    assert.equal(chunks.map((chunk) => chunk.choices[0]?.delta.content ?? '').join(''), unicode);
  },

  async long() {
    assert.equal(textOf(await ask(`long ${long}`)), `${long.length + 5} characters`);
  },

  async unknown() {
    const reply = await ask('hello', { x_param: [1, { a: null }] });
    assert.deepEqual([reply.x_new, reply.choices[0].message.x_of_message], [{ deep: ['ä', 1.5] }, true]);
  },

  async responses() {
    const reply = await client.responses.create({ model: 'good', input: 'hello' });
    assert.deepEqual([reply.id, reply.status, reply.output_text], ['resp_1', 'completed', 'Hello from responses']);
  },

  async responses_stream() {
    const events = await collect(client.responses.create({ model: 'good', input: 'hello', stream: true }));
    assert.equal(events.filter((event) => event.type === 'response.output_text.delta').map((event) => event.delta).join(''), 'Hello from responses');
    assert.equal(events.at(-1).response.status, 'completed');
  },
});

async function collect(stream) {
  const all = [];
  for await (const item of await stream) {
    all.push(item);
  }
  return all;
}

function floats(base64) {
  const bytes = Buffer.from(base64, 'base64');
  return Array.from({ length: bytes.length / 4 }, (_, i) => bytes.readFloatLE(i * 4));
}

function round(vector) {
  return vector.map((value) => Math.fround(value));
}
