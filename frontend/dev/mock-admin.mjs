/** What the stand-in answers about people and quality. See `mock-server.mjs`. */

const DIMENSIONS = ['object', 'feature', 'action', 'camera', 'background']
const P = '/api/v1/projects/demo'
const ago = minutes => new Date(Date.now() - minutes * 60_000).toISOString()
const NAMES = ['Mei Lin', 'Jonas Weber', 'Amara Okafor', '', 'Sofía Hernández', 'Kenji Ito', '']
const FLIP = {
  red: 'blue',
  left: 'right',
  walks: 'runs',
  street: 'beach',
  day: 'night',
  dog: 'cat',
}

export function adminRoutes({ world, page, problem, who }) {
  const texts = world.selection.slice(0, 3).map(({ caption }) => caption.text)
  const clip = index => {
    const { video_url, poster_url, names, seconds } = world.videos[index % world.videos.length]
    return { video_url, poster_url, video_name: names[0], seconds }
  }
  const members = Array.from({ length: 200 }, (_, i) => ({
    id: i === 0 ? 4 : 100 + i,
    username: i === 0 ? 'everything' : `annotator.${i}`,
    name: NAMES[i % NAMES.length],
    email: i % 3 ? `person${i}@example.org` : '',
    roles: i === 0 ? ['annotator', 'researcher', 'admin'] : i % 9 ? ['annotator'] : ['researcher'],
    paused_at: i % 11 === 5 ? ago(i * 300) : null,
  }))
  const invitations = ['open', 'open', 'accepted', 'expired', 'revoked'].map((state, i) => ({
    id: 9 - i,
    role: i % 2 ? 'researcher' : 'annotator',
    email: i % 2 ? '' : `somebody.with.a.long.name${i}@institute.example.org`,
    made_by: 'Everything',
    made_at: ago(100 + i * 2000),
    expires_at: ago(-4000 + i * 3500),
    state,
    accepted_by: state === 'accepted' ? 'Amara Okafor' : null,
  }))
  const tokens = [
    { id: 'a81f03bc', name: 'nightly export', made_at: ago(9000), expires_at: ago(-90000) },
    { id: '5cc17d20', name: '', made_at: ago(60), expires_at: ago(-3000) },
  ]
  const profile = { display_name: '', email: '', language: '', preferences: {} }
  const standings = members.slice(0, 9).map((member, i) => ({
    annotator: { id: member.id, username: member.username, name: member.name },
    state: ['qualified', 'qualified', 'practising', 'failed'][i % 4],
    score: i % 4 === 2 ? null : 0.93 - i * 0.05,
    since: ago(3000 + i * 100),
    by: i === 1 ? 'everything' : null,
    practice_done: 10 - (i % 4 === 2 ? 6 : 0),
    exam_done: i % 4 === 2 ? 0 : 8,
    gold: i % 5 === 2 ? null : { answers: 46 - i, passed_share: 0.94 - i * 0.06 },
    twins: i % 5 === 2 ? null : { shown: 21 + i, noticed_share: 0.86 - i * 0.08 },
    repeats:
      i % 5 === 2
        ? null
        : { pairs: 12 + i, exact_share: 0.71 - i * 0.03, within_one_share: 0.97 - i * 0.01 },
    median_seconds: i % 5 === 2 ? null : 23.4 + i * 3,
    signals:
      i === 3 ? { hasty: 14, 'straight-lined': 9, interrupted: 2 } : i === 6 ? { stalled: 3 } : {},
  }))
  const check = (i, purpose) => ({
    item: 500 + i,
    purpose,
    caption_text: texts[i % 3],
    original_text: null,
    captioner: i % 2 ? 'sketch-a' : 'cockatiel-demo',
    levels: Object.fromEntries(DIMENSIONS.map((d, j) => [d, (i + j * 2) % 6])),
    notes: i % 2 ? { object: 'The caption misses the second dog.', camera: 'No zoom.' } : {},
    spoiled: '',
    answers: (i % 20) * 3,
    passed_share: i ? 0.9 - (i % 20) * 0.04 : null,
    withdrawn: i === 4,
    ...clip(i),
  })
  const checks = Object.fromEntries(
    ['practice', 'exam', 'gold'].map((purpose, p) => [
      purpose,
      Array.from({ length: [12, 8, 31][p] }, (_, i) => check(i + p * 100, purpose)),
    ]),
  )
  checks.twin = Array.from({ length: 24 }, (_, i) => ({
    ...check(400 + i, 'twin'),
    levels: {},
    notes: {},
    original_text: texts[i % 3],
    caption_text: spoil(texts[i % 3]),
    spoiled: DIMENSIONS[i % 5],
  }))
  const candidates = Array.from({ length: 60 }, (_, i) => ({
    caption: 900 + i,
    text: texts[i % 3],
    kind: 'detailed',
    captioner: i % 2 ? 'sketch-a' : 'cockatiel-demo',
    means:
      i % 3
        ? Object.fromEntries(DIMENSIONS.map((d, j) => [d, j === 3 ? null : 4.4 - j / 3]))
        : null,
    ...clip(i),
  }))
  const queue = {
    tiers: [
      ['practice', 0, 'practice', 12, 12, 1, 0],
      ['exam', 0, 'exam', 8, 8, 0, 0],
      ['gold', 0, 'gold', 31, 31, 2, 0],
      ['twin', 0, 'twin', 24, 24, 0, 0],
      ['rate', 10, 'Retrained captioner: compare before Friday', 96, 41, 7, 55],
      ['rate', 0, 'routine', 1152, 816, 12, 336],
      ['vote', 0, 'routine', 80, 12, 1, 68],
    ].map(([purpose, tier, reason, items, open, leased, finished]) => ({
      purpose,
      tier,
      reason,
      items,
      open,
      leased,
      finished,
    })),
    stratum: { share: 0.2, items: 251, finished: 83 },
    leased: 22,
    late: 9,
    over: 2,
    withdrawn: 2,
    standing: { practising: 3, qualified: 11, failed: 2 },
  }
  const ledger = Array.from({ length: 11 }, (_, i) => ({
    slot: 70 + i,
    item: 30 + i,
    caption_text: texts[i % 3],
    annotator: `annotator.${i + 1}`,
    submitted_at: ago(100 + i * 700),
    late: i !== 3,
    n_done: i % 4 === 3 ? 4 : 3,
    overlap: 3,
  }))
  let withdrawn = [1, 2].map(i => ({
    item: i,
    ...clip(i + 3),
    caption_text: texts[i],
    reports: Array.from({ length: i }, (_, j) => ({
      annotator: `annotator.${j + 1}`,
      at: ago(j * 90 + 50),
    })),
  }))
  const remarks = Array.from({ length: 23 }, (_, i) => ({
    id: 60 - i,
    kind: i % 3 ? 'comment' : 'flag',
    text:
      i % 3
        ? 'The caption describes another video, I think: there is no bridge anywhere in it.'
        : '',
    annotator: `annotator.${(i % 5) + 1}`,
    slot: i,
    caption_text: texts[i % 3],
    made_at: ago(30 + i * 400),
    resolved_at: i > 17 ? ago(20) : null,
    resolved_by: i > 17 ? 'everything' : null,
    ...clip(i),
  }))
  let protocol = {
    rubric_version: 1,
    overlap: 3,
    auto_advance: true,
    random_order: false,
    watch_share: 0.9,
    lease_seconds: 600,
    random_share: 0.2,
    check_share: 0.1,
    repeat_share: 0.02,
    practice_required: true,
    pass_share: 0.75,
    break_minutes: 25,
  }
  const me = () => ({ username: who()?.username ?? '', has_password: true, ...profile })
  const find = (rows, key, id) => rows.find(row => row[key] === Number(id))

  const routes = [
    ['GET', `${P}/members`, () => [200, { results: members, next: null }]],
    [
      'PATCH',
      /members\/(\d+)$/,
      (_, [, id], { roles, paused }) => {
        const one = find(members, 'id', id)
        if (one.id === 4 && (paused || (roles && !roles.includes('admin'))))
          return problem(
            409,
            'last-admin',
            'A project needs an admin who can work in it. Make somebody else one first.',
          )
        if (roles) one.roles = roles
        if (paused !== undefined) one.paused_at = paused ? ago(0) : null
        return [200, one]
      },
    ],
    [
      'DELETE',
      /members\/(\d+)$/,
      (_, [, id]) => {
        if (id === '4') return problem(409, 'last-admin', 'A project needs an admin.')
        members.splice(members.indexOf(find(members, 'id', id)), 1)
        return [204, null]
      },
    ],
    ['GET', `${P}/invitations`, () => [200, { results: invitations, next: null }]],
    [
      'POST',
      `${P}/invitations`,
      (_, __, { role, email, days }) => {
        const made = {
          id: Date.now(),
          role,
          email,
          made_by: 'Everything',
          made_at: ago(0),
          expires_at: ago(-days * 1440),
          state: 'open',
          accepted_by: null,
        }
        invitations.unshift(made)
        const link =
          'https://crest.example.org/invitations/3vKX1o9nq0Qbq2L8sYxP7dTz5cRfUwHjAeGiMlNkBy4'
        return [
          201,
          { ...made, link, sent: false, not_sent: email ? 'no-mail-server' : 'no-address' },
        ]
      },
    ],
    [
      'DELETE',
      /demo\/invitations\/(\d+)$/,
      (_, [, id]) => {
        find(invitations, 'id', id).state = 'revoked'
        return [204, null]
      },
    ],
    ['GET', '/api/v1/profile', () => [200, me()]],
    [
      'PATCH',
      '/api/v1/profile',
      (_, __, body) => {
        const preferences = { ...profile.preferences, ...body.preferences }
        Object.assign(profile, body, { preferences })
        return [200, me()]
      },
    ],
    [
      'POST',
      '/api/v1/profile/password',
      (_, __, { old }) =>
        old === 'wrong'
          ? problem(400, 'wrong-password', 'The old password is not right.')
          : [204, null],
    ],
    ['GET', '/api/v1/tokens', () => [200, { results: tokens, next: null }]],
    [
      'POST',
      '/api/v1/tokens',
      (_, __, { name, days }) => {
        const made = { id: 'f00dcafe', name, made_at: ago(0), expires_at: ago(-days * 1440) }
        tokens.unshift(made)
        return [201, { ...made, token: 'f00dcafe'.repeat(8) }]
      },
    ],
    [
      'DELETE',
      /tokens\/(\w+)$/,
      (_, [, id]) => {
        tokens.splice(
          tokens.findIndex(one => one.id === id),
          1,
        )
        return [204, null]
      },
    ],
    ['GET', `${P}/standings`, () => [200, { results: standings }]],
    [
      'POST',
      /standings\/(\d+)$/,
      (_, [, id], { state }) => {
        const one = standings.find(({ annotator }) => annotator.id === Number(id))
        Object.assign(one, { state, by: 'everything', since: ago(0) })
        return [200, one]
      },
    ],
    ['GET', `${P}/checks`, q => [200, page(checks[q.get('purpose')] ?? [], q.get('cursor'))]],
    [
      'PATCH',
      /checks\/(\d+)$/,
      (_, [, id], body) => {
        const one = Object.values(checks)
          .flat()
          .find(({ item }) => item === Number(id))
        return [200, Object.assign(one, body)]
      },
    ],
    [
      'POST',
      `${P}/checks`,
      (_, __, body) => {
        const made = {
          ...check(Date.now() % 1000, body.purpose),
          ...body,
          answers: 0,
          passed_share: null,
        }
        checks[body.purpose].unshift(made)
        return [201, made]
      },
    ],
    [
      'GET',
      `${P}/candidates`,
      q => [
        200,
        page(
          candidates.filter(({ text, captioner, video_name }) =>
            `${text} ${captioner} ${video_name}`.includes(q.get('search') ?? ''),
          ),
          q.get('cursor'),
        ),
      ],
    ],
    ['POST', `${P}/twins`, () => [201, checks.twin[0]]],
    ['POST', `${P}/twins/automatic`, (_, __, { count }) => [200, { made: count - 3, skipped: 3 }]],
    [
      'POST',
      `${P}/twins/suggestion`,
      (_, __, { caption, dimension }) =>
        dimension === 'camera'
          ? problem(409, 'no-text-model', 'No text model is set up. Write one yourself.')
          : [200, { text: spoil(candidates[caption - 900].text), by: 'rules' }],
    ],
    ['GET', `${P}/queue`, () => [200, queue]],
    ['GET', `${P}/ledger`, q => [200, page(ledger, q.get('cursor'))]],
    ['GET', `${P}/withdrawn`, q => [200, page(withdrawn, q.get('cursor'))]],
    [
      'POST',
      /withdrawn\/(\d+)\/restore$/,
      (_, [, id]) => {
        withdrawn = withdrawn.filter(({ item }) => item !== Number(id))
        return [204, null]
      },
    ],
    ['POST', `${P}/priorities`, () => [200, { changed: 96 }]],
    [
      'GET',
      `${P}/remarks`,
      q => [
        200,
        page(
          remarks.filter(({ resolved_at }) => !q.get('open') || !resolved_at),
          q.get('cursor'),
        ),
      ],
    ],
    [
      'POST',
      /remarks\/(\d+)\/resolve$/,
      (_, [, id]) => [
        200,
        Object.assign(find(remarks, 'id', id), { resolved_at: ago(0), resolved_by: 'everything' }),
      ],
    ],
    ['GET', `${P}/protocol`, () => [200, protocol]],
    [
      'PATCH',
      `${P}/protocol`,
      (_, __, body) => {
        protocol = { ...protocol, ...body }
        return [200, protocol]
      },
    ],
  ]
  /** Anybody may look at these, signed in or not. */
  const open = [
    [
      'GET',
      /v1\/invitations\/(\w+)$/,
      (_, [, token]) =>
        token === 'gone'
          ? problem(404, 'no-such-invitation', 'This invitation does not exist, or is used up.')
          : [
              200,
              {
                project: { slug: 'demo', name: 'Street scenes 2026' },
                role: 'annotator',
                expires_at: ago(-5000),
              },
            ],
    ],
    [
      'POST',
      /v1\/invitations\/\w+$/,
      () => problem(409, 'username-taken', 'This user name is taken. Choose another.'),
    ],
  ]
  const more = {
    providers: [{ name: 'Institute login' }],
    person: () => ({
      name: profile.display_name,
      language: profile.language,
      preferences: profile.preferences,
    }),
  }
  return { routes, open, more }
}

const spoil = text => {
  const words = text.split(' ')
  const changed = words.map(word => FLIP[word] ?? word)
  return words.some((word, i) => word !== changed[i])
    ? changed.join(' ')
    : [...words.slice(0, 3), 'purple', ...words.slice(4)].join(' ')
}
