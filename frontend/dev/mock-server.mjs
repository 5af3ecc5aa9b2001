/**
 * A stand-in for the site, to look at the built page in every state without the platform.
 *
 *   node dev/mock-server.mjs [port]      MEDIA=/folder/with/mp4s (and a .jpg beside each)
 *
 * Sign in as `annotator`, `researcher`, `admin` or `nobody`, with any password but `wrong`.
 * GET /mock/set?name=value changes its mind: submit=500|401|ok, why=empty|on-loan|…, slow=ms,
 * purpose=practice|exam|rate, at=the slot that comes next, examples=none, history=none.
 */
import { createReadStream, existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { createServer } from 'node:http'
import { extname, join } from 'node:path'
import { adminRoutes } from './mock-admin.mjs'
import { bigProject } from './mock-data.mjs'

const PORT = Number(process.argv[2] ?? 8011)
const DIST = process.env.DIST ?? new URL('../dist/', import.meta.url).pathname
const MEDIA = process.env.MEDIA ?? ''
const CSP =
  "default-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
const TYPES = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.mp4': 'video/mp4',
  '.jpg': 'image/jpeg',
}

const clips = MEDIA
  ? readdirSync(MEDIA)
      .filter(name => name.endsWith('.mp4'))
      .sort()
  : []
const world = bigProject(clips)
const knobs = { submit: 'ok', why: '', slow: '0', purpose: 'rate', examples: '', history: '' }
const remarks = new Map()
const submitted = new Map()
let user = null
let nextSlot = 1
let held = []

const USERS = {
  annotator: { id: 1, roles: ['annotator'] },
  researcher: { id: 2, roles: ['researcher'] },
  admin: { id: 3, roles: ['admin'] },
  everything: { id: 4, roles: ['admin', 'annotator', 'researcher'] },
  nobody: { id: 5, roles: [] },
}

const session = () =>
  user === null
    ? { user: null, memberships: [], organisations: [], providers: admin.more.providers }
    : {
        providers: admin.more.providers,
        organisations: [],
        user: { id: USERS[user].id, username: user, ...admin.more.person() },
        memberships:
          USERS[user].roles.length === 0
            ? []
            : [{ project: { slug: 'demo', name: 'Street scenes 2026' }, roles: USERS[user].roles }],
      }

const problem = (status, type, title, more = {}) => [status, { type, title, status, ...more }]

function claim(_, __, body) {
  const beside = body.beside ?? []
  const mine = held.find(one => !beside.includes(one.slot))
  if (mine) return [201, mine]
  if (knobs.why) {
    const next_at = new Date(Date.now() + 120_000).toISOString()
    return problem(404, 'nothing-to-rate', 'There is nothing for you to rate at this moment.', {
      why: knobs.why,
      next_at,
      next_in: 120,
    })
  }
  held.push(world.claim(nextSlot++, knobs.purpose))
  return [201, held.at(-1)]
}

const letGo = slot => {
  held = held.filter(one => one.slot !== slot)
}

function submit(_, [, id], { levels }) {
  if (knobs.submit === '401') return problem(401, 'not-authenticated', 'Sign in first.')
  if (knobs.submit !== 'ok') return problem(Number(knobs.submit), 'error', '')
  const slot = Number(id)
  const practised = held.find(one => one.slot === slot)?.purpose === 'practice'
  letGo(slot)
  world.progress.mine += 1
  return [201, receipt(slot, levels, practised ? world.feedback(levels) : null)]
}

function receipt(slot, levels, feedback = null) {
  const revision = (submitted.get(slot)?.revision ?? 0) + 1
  const submitted_at = new Date().toISOString()
  submitted.set(slot, { revision, submitted_at, levels })
  return { slot, submitted_at, late: false, revision, signals: [], feedback }
}

function reopened(slot) {
  const past = world.history.find(one => one.slot === slot)
  const known = submitted.get(slot)
  const before = past?.levels && {
    revision: past.revision,
    submitted_at: past.submitted_at,
    levels: past.levels,
  }
  return { ...world.claim(slot), submitted: known ?? before ?? null }
}

const remarksOf = slot => remarks.get(slot) ?? []

function remark(_, [, id], { kind, text }) {
  const made = {
    id: Date.now(),
    kind,
    text,
    made_at: new Date().toISOString(),
    resolved_at: null,
  }
  remarks.set(Number(id), [made, ...remarksOf(Number(id))])
  return [201, made]
}

const P = '/api/v1/projects/demo'
const page = (rows, cursor) => {
  const from = Number(cursor ?? 0)
  const next = from + 20 < rows.length ? String(from + 20) : null
  return { results: rows.slice(from, from + 20), next }
}

const admin = adminRoutes({
  world,
  page,
  problem,
  who: () => (user === null ? null : { ...USERS[user], username: user }),
})

/** Answers, by method and path; a function gets the match and the query. */
const ROUTES = [
  ['GET', /^\/api\/v1\/session$/, () => [200, session()]],
  [
    'DELETE',
    /^\/api\/v1\/session$/,
    () => {
      user = null
      return [204, null]
    },
  ],
  ['GET', `${P}/rubric`, () => [200, world.rubric]],
  ['GET', `${P}/progress`, () => [200, world.progress]],
  ['POST', `${P}/slots`, claim],
  ['POST', /slots\/(\d+)\/submission$/, submit],
  [
    'POST',
    /slots\/(\d+)\/revision$/,
    (_, [, id], { levels }) => [201, receipt(Number(id), levels)],
  ],
  ['POST', /slots\/\d+\/heartbeat$/, () => [200, { lease_until: new Date().toISOString() }]],
  [
    'POST',
    /slots\/(\d+)\/skip$/,
    (_, [, id]) => {
      letGo(Number(id))
      return [204, null]
    },
  ],
  [
    'DELETE',
    /slots\/(\d+)\/skip$/,
    (_, [, id]) => {
      held.push(world.claim(Number(id)))
      return [204, null]
    },
  ],
  ['GET', /slots\/(\d+)$/, (_, [, id]) => [200, reopened(Number(id))]],
  [
    'PUT',
    /slots\/(\d+)\/draft$/,
    (_, [, id], body) => {
      const saved_at = new Date().toISOString()
      const one = held.find(({ slot }) => slot === Number(id))
      if (one) one.draft = { ...body, saved_at }
      return [200, { step: body.step, saved_at }]
    },
  ],
  ['GET', /slots\/(\d+)\/remarks$/, (_, [, id]) => [200, { results: remarksOf(Number(id)) }]],
  ['POST', /slots\/(\d+)\/remarks$/, remark],
  [
    'DELETE',
    /slots\/(\d+)\/flag$/,
    (_, [, id]) => {
      remarks.set(
        Number(id),
        remarksOf(Number(id)).filter(({ kind }) => kind !== 'flag'),
      )
      return [204, null]
    },
  ],
  [
    'GET',
    `${P}/history`,
    q => [200, knobs.history === 'none' ? page([], null) : page(world.history, q.get('cursor'))],
  ],
  ['GET', `${P}/examples`, () => [200, knobs.examples === 'none' ? {} : world.examples]],
  ['GET', `${P}/videos`, q => [200, page(world.videos, q.get('cursor'))]],
  ['GET', `${P}/imports`, q => [200, page(world.imports, q.get('cursor'))]],
  [
    'POST',
    `${P}/videos`,
    () => [201, { outcome: 'accepted', name: 'clip.mp4', reason: '', video: world.videos[0] }],
  ],
  ['POST', `${P}/captions`, () => [422, world.refusedCaptions]],
  ['GET', `${P}/snapshots`, q => [200, page(world.snapshots, q.get('cursor'))]],
  ['POST', `${P}/snapshots`, () => [200, world.snapshots[0]]],
  [
    'GET',
    `${P}/runs`,
    q => [
      200,
      page(
        world.runs.filter(run => !q.get('kind') || run.kind === q.get('kind')),
        q.get('cursor'),
      ),
    ],
  ],
  [
    'POST',
    `${P}/runs`,
    () =>
      problem(400, 'invalid', 'What was sent is not valid.', {
        errors: { steps: ['A valid integer is required.'] },
      }),
  ],
  [
    'GET',
    /runs\/(\d+)$/,
    (_, [, id]) => world.detail(Number(id)) ?? problem(404, 'not-found', 'There is no such run.'),
  ],
  ['GET', /runs\/(\d+)\/metrics$/, (_, [, id]) => [200, { series: world.metrics(Number(id)) }]],
  [
    'POST',
    /runs\/(\d+)\/cancel$/,
    (_, [, id]) => [202, world.runs.find(run => run.id === Number(id))],
  ],
  ['GET', /runs\/(\d+)\/selection$/, q => [200, page(world.selection, q.get('cursor'))]],
  ['GET', `${P}/leaderboard`, () => [200, world.leaderboard]],
]

createServer(async (request, response) => {
  const url = new URL(request.url, 'http://mock')
  const body = await read(request)
  if (Number(knobs.slow)) await new Promise(resolve => setTimeout(resolve, Number(knobs.slow)))
  if (url.pathname === '/mock/set') {
    for (const [name, value] of url.searchParams) knobs[name] = value
    if (url.searchParams.has('at')) {
      nextSlot = Number(url.searchParams.get('at'))
      held = []
    }
    return json(response, 200, knobs)
  }
  if (url.pathname.startsWith('/media/'))
    return file(request, response, join(MEDIA, url.pathname.slice(7)))
  if (url.pathname.endsWith('/events'))
    return events(response, Number(/runs\/(\d+)/.exec(url.pathname)[1]))
  if (url.pathname.startsWith('/api/')) return answer(request, response, url, body)
  const asset = join(DIST, url.pathname)
  return file(
    request,
    response,
    existsSync(asset) && statSync(asset).isFile() ? asset : join(DIST, 'index.html'),
  )
}).listen(PORT, '127.0.0.1', () => console.log(`http://127.0.0.1:${PORT}`))

function answer(request, response, url, raw) {
  const body = request.headers['content-type']?.includes('json') ? raw : ''
  if (request.method === 'POST' && url.pathname === '/api/v1/session') {
    const { username, password } = JSON.parse(body)
    if (!USERS[username] || password === 'wrong')
      return json(response, ...problem(400, 'wrong-credentials', 'Username or password is wrong.'))
    user = username
    if (knobs.submit === '401') knobs.submit = 'ok'
    return json(response, 200, session())
  }
  const isOpen = url.pathname.endsWith('/session') || url.pathname.includes('/v1/invitations/')
  if (user === null && !isOpen)
    return json(response, ...problem(401, 'not-authenticated', 'Sign in first.'))
  for (const [method, path, act] of [...admin.open, ...admin.routes, ...ROUTES]) {
    const match = typeof path === 'string' ? path === url.pathname : path.exec(url.pathname)
    if (method === request.method && match)
      return json(
        response,
        ...[act(url.searchParams, match, body ? JSON.parse(body) : {})].flatMap(unpack),
      )
  }
  return json(response, ...problem(404, 'not-found', 'There is nothing at this address.'))
}

const unpack = given => (Array.isArray(given) ? given : [200, given])

function json(response, status, body) {
  response.writeHead(status, {
    'Content-Type': 'application/json',
    'Set-Cookie': 'csrftoken=mock; Path=/',
  })
  response.end(status === 204 ? undefined : JSON.stringify(body))
}

function events(response, id) {
  response.writeHead(200, { 'Content-Type': 'text/event-stream' })
  const timer = setInterval(() => {
    const { run, points } = world.advance(id)
    response.write(`event: run\ndata: ${JSON.stringify(run)}\n\n`)
    if (points.length) response.write(`event: metric\ndata: ${JSON.stringify(points)}\n\n`)
  }, 700)
  response.on('close', () => clearInterval(timer))
}

function file(request, response, path) {
  if (!existsSync(path)) return json(response, 404, {})
  const size = statSync(path).size
  const headers = {
    'Content-Type': TYPES[extname(path)] ?? 'application/octet-stream',
    'Content-Security-Policy': CSP,
    'Accept-Ranges': 'bytes',
  }
  const range = /bytes=(\d+)-(\d*)/.exec(request.headers.range ?? '')
  if (!range) {
    response.writeHead(200, { ...headers, 'Content-Length': size })
    return response.end(readFileSync(path))
  }
  const from = Number(range[1])
  const to = range[2] ? Number(range[2]) : size - 1
  response.writeHead(206, {
    ...headers,
    'Content-Length': to - from + 1,
    'Content-Range': `bytes ${from}-${to}/${size}`,
  })
  return createReadStream(path, { start: from, end: to }).pipe(response)
}

async function read(request) {
  const chunks = []
  for await (const chunk of request) chunks.push(chunk)
  return Buffer.concat(chunks).toString()
}
