import assert from 'node:assert/strict';
import Anthropic from '@anthropic-ai/sdk';
import { failure, key, long, narrowUrl, picture, run, schema, unicode, url, weather } from './harness.mjs';

const client = new Anthropic({ apiKey: key, baseURL: url, maxRetries: 0 });
const narrow = new Anthropic({ apiKey: key, baseURL: narrowUrl, maxRetries: 0 });
const tools = ['weather', 'clock'].map((name) => ({ name, description: `Tells the ${name}.`, input_schema: weather }));
const asked = (content, more) => ({ model: 'good', max_tokens: 100, messages: [{ role: 'user', content }], ...more });
const ask = (content, more) => client.messages.create(asked(content, more));
const textOf = (reply) => reply.content.filter((block) => block.type === 'text').map((block) => block.text).join('');

await run({
  async chat() {
    const reply = await ask('hello');
    assert.equal(textOf(reply), 'Hello from the model, word by word');
    assert.deepEqual([reply.type, reply.role, reply.model, reply.stop_reason], ['message', 'assistant', 'good-model', 'end_turn']);
    assert.deepEqual([reply.usage.input_tokens, reply.usage.output_tokens], [11, 7]);
  },

  async stream() {
    const stream = client.messages.stream(asked('hello'));
    const pieces = [];
    stream.on('text', (text) => pieces.push(text));
    const reply = await stream.finalMessage();
    assert.equal(pieces.join(''), 'Hello from the model, word by word');
    assert.deepEqual([textOf(reply), reply.stop_reason], [pieces.join(''), 'end_turn']);
  },

  async roles() {
    const reply = await client.messages.create({
      model: 'good',
      max_tokens: 100,
      system: 'Be brief.',
      messages: [{ role: 'user', content: 'One?' }, { role: 'assistant', content: 'One.' }, { role: 'user', content: 'roles' }],
    });
    assert.equal(textOf(reply), 'system: Be brief. user: One? assistant: One. user: roles');
  },

  async tools() {
    const stream = client.messages.stream(asked('weather', { tools }));
    const pieces = [];
    stream.on('streamEvent', (event) => event.delta?.type === 'input_json_delta' && pieces.push(event.delta.partial_json));
    const message = await stream.finalMessage();
    const call = message.content.find((block) => block.type === 'tool_use');
    assert.deepEqual([message.stop_reason, call.name, call.input], ['tool_use', 'weather', { city: 'Zürich', days: 3 }]);
    assert.deepEqual(JSON.parse(pieces.join('')), call.input);
    const reply = await client.messages.create({
      model: 'good',
      max_tokens: 100,
      tools,
      messages: [
        { role: 'user', content: 'weather' },
        { role: 'assistant', content: message.content },
        { role: 'user', content: [{ type: 'tool_result', tool_use_id: call.id, content: '21 degrees' }] },
      ],
    });
    assert.equal(textOf(reply), 'It has 21 degrees.');
  },

  async parallel() {
    const whole = await ask('both', { tools });
    const streamed = await client.messages.stream(asked('both', { tools })).finalMessage();
    for (const reply of [whole, streamed]) {
      const calls = reply.content.filter((block) => block.type === 'tool_use');
      assert.deepEqual(calls.map((call) => [call.name, call.input]), [['weather', { city: 'Zürich', days: 3 }], ['clock', { city: 'Oslo' }]]);
      assert.equal(new Set(calls.map((call) => call.id)).size, 2);
    }
  },

  async picture() {
    const reply = await ask([{ type: 'text', text: 'picture' }, { type: 'image', source: { type: 'base64', media_type: 'image/png', data: picture } }]);
    assert.equal(textOf(reply), 'I see it.');
  },

  async schema() {
    const reply = await ask('schema', { output_config: { format: { type: 'json_schema', schema } } });
    assert.deepEqual(JSON.parse(textOf(reply)), { city: 'Bern', inhabitants: 134794 });
  },

  async usage() {
    const { usage } = await client.messages.stream(asked('hello')).finalMessage();
    assert.deepEqual([usage.input_tokens, usage.output_tokens], [11, 7]);
  },

  async models() {
    const models = [];
    for await (const model of client.models.list()) {
      models.push(model);
    }
    assert.ok(['auto', 'good', 'good-model', 'down'].every((id) => models.some((model) => model.id === id && model.type === 'model')));
    assert.equal((await client.models.retrieve('good-model')).id, 'good-model');
    await failure(Anthropic.NotFoundError, () => client.models.retrieve('nobody'));
  },

  async error_400() {
    const error = await failure(Anthropic.BadRequestError, () => ask('[bad]'));
    assert.equal(error.error.error.type, 'invalid_request_error');
    assert.ok((await failure(Anthropic.BadRequestError, () => ask('hello', { model: undefined }))).message.includes('model is missing'));
  },

  async error_401() {
    const error = await failure(Anthropic.AuthenticationError, () => new Anthropic({ apiKey: 'fx-wrong', baseURL: url, maxRetries: 0 }).messages.create(asked('hello')));
    assert.equal(error.error.error.type, 'authentication_error');
  },

  async error_404() {
    const error = await failure(Anthropic.NotFoundError, () => ask('hello', { model: 'nobody' }));
    assert.equal(error.error.error.type, 'not_found_error');
  },

  async error_429() {
    const held = await narrow.messages.create(asked('[stall]', { stream: true }));
    await held[Symbol.asyncIterator]().next();
    const error = await failure(Anthropic.RateLimitError, () => narrow.messages.create(asked('hello')));
    assert.ok(Number(error.headers.get('retry-after')) > 0);
    held.controller.abort();
  },

  async error_503() {
    for (const stream of [false, true]) {
      const error = await failure(Anthropic.InternalServerError, () => ask('hello', { model: 'down', stream }));
      assert.deepEqual([error.status, error.error.error.type], [503, 'overloaded_error']);
      assert.ok(Number(error.headers.get('retry-after')) > 0);
    }
  },

  async abort() {
    const stream = await ask('[stall]', { stream: true });
    for await (const event of stream) {
      if (event.type === 'content_block_delta') {
        stream.controller.abort();
      }
    }
  },

  async cut() {
    let read = '';
    const error = await failure(Anthropic.APIError, async () => {
      for await (const event of await ask('[cut]', { stream: true })) {
        read += event.delta?.text ?? '';
        assert.notEqual(event.type, 'message_stop');
      }
    });
    assert.equal(read, 'Hello from the');
    assert.equal(error.error.error.type, 'api_error');
    await failure(Anthropic.APIError, () => client.messages.stream(asked('[cut]')).finalMessage());
  },

  async unicode() {
    assert.equal(textOf(await ask(unicode)), unicode);
    assert.equal(textOf(await client.messages.stream(asked(unicode)).finalMessage()), unicode);
  },

  async long() {
    assert.equal(textOf(await ask(`long ${long}`)), `${long.length + 5} characters`);
  },

  async unknown() {
    const reply = await ask('hello', { x_param: [1, { a: null }] });
    assert.deepEqual([reply.x_new, reply.content[0].x_of_block], [{ deep: ['ä', 1.5] }, true]);
  },
});
