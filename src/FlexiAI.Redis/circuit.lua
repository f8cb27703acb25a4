-- One circuit that many processes share. Every operation is one call of this script, so nothing happens in between; the rules are those of
-- the local breaker, and the model in StoreModel.cs of the tests says them a second time.
--
-- KEYS  1 state (hash)   2 leases (sorted set: lease -> expiry)   3 votes (sorted set: process -> expiry)
-- ARGV  1 operation      2 seen: the newest epoch that the caller knows     3 settings: the caller's, as text
--       4 ttl            5 channel     6 name of the circuit                7 by: the calling process     8... see each operation
-- Arguments of time are whole milliseconds. What is stored is microseconds of this server's clock, the only clock there is here.
--
-- A refused operation writes nothing at all: no lease, no vote, no expiry. A server whose memory is full refuses a script's first write or
-- none, so that there is no half of an operation either.

-- An older one would fail in the middle of an operation.
if redis.REDIS_VERSION_NUM == nil or redis.REDIS_VERSION_NUM < 0x00070000 then
  return redis.error_reply('FLEXIAI the server is older than Redis 7')
end

local CLOSED, OPEN, HALF_OPEN, ISOLATED = 0, 1, 2, 3
local FORMAT = '1'

local state_key, leases_key, votes_key = KEYS[1], KEYS[2], KEYS[3]
local seen, settings, ttl = tonumber(ARGV[2]), ARGV[3], tonumber(ARGV[4])
local channel, name, by = ARGV[5], ARGV[6], ARGV[7]

local clock = redis.call('TIME')
local now = tonumber(clock[1]) * 1000000 + tonumber(clock[2])

local stored = redis.call('HMGET', state_key,
    'format', 'state', 'epoch', 'until', 'opens', 'successes', 'at', 'cause', 'by', 'settings')
if stored[1] and stored[1] ~= FORMAT then
  return redis.error_reply('FLEXIAI the circuit is stored in format ' .. stored[1] .. ', this process knows format ' .. FORMAT)
end

-- What is not stored is closed.
local state = tonumber(stored[2] or CLOSED)
local epoch = tonumber(stored[3] or 0)
local due = tonumber(stored[4] or 0)
local opens = tonumber(stored[5] or 0)
local successes = tonumber(stored[6] or 0)
local at = tonumber(stored[7] or 0)
local cause, tripped_by = stored[8] or '', stored[9] or ''
local others = stored[10] or ''

-- Plain digits: Lua would write a large number as 1.8e+15.
local function text(number)
  return string.format('%.0f', number)
end

-- A word of a message: no space, nothing that looks like one of these.
local function word(words)
  return (string.gsub(words, '[%s%%]', function(character)
    return string.format('%%%02X', string.byte(character))
  end))
end

-- A server whose time was set back, or that took over from one whose clock was ahead, cannot know how long ago the circuit opened: a probe
-- tells more than a break that may now last for hours.
local function left()
  return state == OPEN and at <= now and math.max(0, due - now) or 0
end

local function live(key)
  return redis.call('ZCOUNT', key, '(' .. text(now), '+inf')
end

-- The expiry, or false.
local function is_live(key, member)
  local expiry = tonumber(redis.call('ZSCORE', key, member) or 0)
  return expiry > now and expiry
end

-- Nothing may vanish before its time: breaks and leases are followed by the whole ttl, and another's is never cut short. Isolation ends by
-- hand alone.
local function keep(key, until_time)
  local expiry = text(math.floor(math.max(now, until_time) / 1000) + ttl)
  if state == ISOLATED then
    redis.call('PERSIST', key)
  elseif redis.call('PEXPIREAT', key, expiry, 'GT') == 0 then
    redis.call('PEXPIREAT', key, expiry, 'NX')
  end
end

-- The server's time makes the epoch rise even if the stored one was lost; seen does if the time was set back as well.
local function move(to, break_ms, opens_then, why, who)
  state, opens, successes = to, opens_then, 0
  epoch = math.max(epoch + 1, now, seen + 1)
  due = to == OPEN and now + break_ms * 1000 or 0
  at, cause, tripped_by, others = now, why, who, settings
  redis.call('HSET', state_key, 'format', FORMAT, 'state', to, 'epoch', text(epoch), 'until', text(due), 'opens', text(opens),
      'successes', 0, 'at', text(at), 'cause', cause, 'by', tripped_by, 'settings', settings)
  redis.call('DEL', leases_key, votes_key)
  keep(state_key, due)
  -- The poll sees all of this, later; a server that forbids to publish still keeps the circuit.
  redis.pcall('PUBLISH', channel, table.concat({
    text(epoch), to, to == OPEN and text(break_ms) or '0', text(opens), word(cause), word(tripped_by), word(by), word(name) }, ' '))
end

-- base, factor and cap are the local breaker's RecoveryTimeout, RecoveryBackoffFactor and MaxRecoveryTimeout; the provider's own
-- Retry-After comes on top.
local function open(base, factor, cap, at_least, why)
  local grown = math.min(math.max(base, cap), base * factor ^ opens)
  move(OPEN, math.max(math.floor(grown), at_least), opens + 1, why, by)
end

local operations = {}

function operations.read()
  return false
end

-- Fails where a write would, and writes nothing: what is not there is not added, and what is there is not lowered.
function operations.touch()
  redis.call('ZADD', votes_key, 'XX', 'GT', 0, by)
  return true
end

-- 8 cause  9 base  10 factor  11 cap  12 at least  13 quorum  14 vote: how long the caller's voice counts
function operations.trip()
  if state ~= CLOSED or seen < epoch then
    return false
  end
  local quorum, vote = tonumber(ARGV[13]), tonumber(ARGV[14])
  local own = is_live(votes_key, by)
  if live(votes_key) + (own and 0 or 1) >= quorum then
    open(tonumber(ARGV[9]), tonumber(ARGV[10]), tonumber(ARGV[11]), tonumber(ARGV[12]), ARGV[8])
    return true
  end
  local expiry = math.max(now + vote * 1000, own or 0)
  redis.call('ZADD', votes_key, text(expiry), by)
  redis.call('ZREMRANGEBYSCORE', votes_key, '-inf', text(now))
  keep(votes_key, expiry)
  return true
end

-- The caller's own circuit closed again without the others: its voice is taken back.
function operations.withdraw()
  return redis.call('ZREM', votes_key, by) == 1
end

-- 8 lease  9 how long it lasts  10 places
function operations.acquire()
  local lease, lasts, places = ARGV[8], tonumber(ARGV[9]), tonumber(ARGV[10])
  if state == OPEN and left() == 0 then
    move(HALF_OPEN, 0, opens, cause, tripped_by)
  elseif state ~= HALF_OPEN or seen > epoch then
    -- A caller that knows more than is stored here restates it first: what others hold is not known here either.
    return false
  elseif is_live(leases_key, lease) then
    return true
  elseif live(leases_key) + successes >= places then
    return false
  end
  local expiry = now + lasts * 1000
  redis.call('ZADD', leases_key, text(expiry), lease)
  redis.call('ZREMRANGEBYSCORE', leases_key, '-inf', text(now))
  keep(leases_key, expiry)
  keep(state_key, expiry)
  return true
end

-- 8 lease  9 vote: ok, fail or neutral  10 places  11 cause  12 base  13 factor  14 cap  15 at least
function operations.report()
  local lease, vote, places = ARGV[8], ARGV[9], tonumber(ARGV[10])
  if state ~= HALF_OPEN or seen ~= epoch or not is_live(leases_key, lease) then
    return false
  end
  redis.call('ZREM', leases_key, lease)
  if vote == 'fail' then
    open(tonumber(ARGV[12]), tonumber(ARGV[13]), tonumber(ARGV[14]), tonumber(ARGV[15]), ARGV[11])
  elseif vote == 'ok' and successes + 1 >= places then
    move(CLOSED, 0, 0, ARGV[11], by)
  else
    if vote == 'ok' then
      successes = redis.call('HINCRBY', state_key, 'successes', 1)
    end
    keep(state_key, now)
  end
  return true
end

-- 8 lease  9 how long it lasts from now on; never shorter than before
function operations.renew()
  local held = state == HALF_OPEN and seen == epoch and is_live(leases_key, ARGV[8])
  local expiry = now + tonumber(ARGV[9]) * 1000
  if not held or expiry <= held then
    return held and true or false
  end
  redis.call('ZADD', leases_key, text(expiry), ARGV[8])
  keep(leases_key, expiry)
  keep(state_key, expiry)
  return true
end

-- 8 how long from now on (Retry-After), never shorter than before  9 the longest that is believed
function operations.extend()
  local longer = now + math.min(tonumber(ARGV[8]), tonumber(ARGV[9])) * 1000
  if state ~= OPEN or seen ~= epoch or longer <= due then
    return false
  end
  due = longer
  redis.call('HSET', state_key, 'until', text(due))
  keep(state_key, due)
  return true
end

-- What the caller saw is newer than what is stored: the store lost it.
-- 8 state: open, isolated or closed  9 cause  10 what remains of the break  11 the longest that is believed  12 opens
function operations.assert()
  if seen <= epoch or state == ISOLATED then
    return false
  end
  if ARGV[8] == 'isolated' then
    move(ISOLATED, 0, tonumber(ARGV[12]), ARGV[9], by)
  elseif ARGV[8] == 'closed' then
    move(CLOSED, 0, 0, ARGV[9], by)
  else
    move(OPEN, math.min(tonumber(ARGV[10]), tonumber(ARGV[11])), tonumber(ARGV[12]), ARGV[9], by)
  end
  return true
end

-- By hand. 8 state: isolated or closed  9 cause
function operations.force()
  local wanted = ARGV[8] == 'isolated' and ISOLATED or CLOSED
  if state == wanted and seen <= epoch then
    return wanted == CLOSED and redis.call('DEL', votes_key) == 1
  end
  move(wanted, 0, wanted == ISOLATED and opens or 0, ARGV[9], by)
  return true
end

local accepted = operations[ARGV[1]]()
return {
  accepted and 1 or 0,
  state,
  epoch,
  math.ceil(left() / 1000),
  opens,
  successes,
  state == HALF_OPEN and live(leases_key) or 0,
  at > 0 and math.max(0, math.floor((now - at) / 1000)) or 0,
  cause,
  tripped_by,
  others ~= settings and others or '',
  now,
}
