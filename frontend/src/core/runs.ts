/** The kinds of runs: their options as the API takes them, and how far they are. */

import {
  type Kind,
  type Run,
  type RunDetail,
  type RunState,
  type Stage,
  TURN,
  type Wish,
} from './types'

export type Field =
  | { name: string; type: 'model' | 'text'; initial: string }
  | { name: string; type: 'choice'; initial: string; choices: readonly string[] }
  | { name: string; type: 'integer' | 'number'; initial: number | null; min: number; max: number }

const integer = (name: string, initial: number | null): Field => ({
  name,
  type: 'integer',
  initial,
  min: name === 'seed' ? 0 : 1,
  max: name === 'seed' ? 2 ** 31 - 1 : 1_000_000,
})
const weight = (name: string, max = 100): Field => ({
  name,
  type: 'number',
  initial: 0,
  min: 0,
  max,
})
const MODEL: Field = { name: 'model', type: 'model', initial: 'miniature' }
const LEARNING_RATE: Field = {
  name: 'learning_rate',
  type: 'number',
  initial: null,
  min: 1e-9,
  max: 10,
}
const BASE: Field = {
  name: 'base',
  type: 'choice',
  initial: 'full',
  choices: ['full', '8-bit', '4-bit'],
}
const MEMORY: Field = {
  name: 'memory',
  type: 'choice',
  initial: 'keep',
  choices: ['keep', 'recompute'],
}
const SEED = integer('seed', 0)

const TUNING: readonly Field[] = [
  MODEL,
  { name: 'adapt', type: 'choice', initial: 'lora', choices: ['lora', 'full'] },
  integer('lora_rank', 16),
  {
    name: 'layers',
    type: 'choice',
    initial: 'language',
    choices: ['language', 'attention'],
  },
  { name: 'vision', type: 'choice', initial: 'frozen', choices: ['frozen', 'trained'] },
  { name: 'projector', type: 'choice', initial: 'frozen', choices: ['frozen', 'trained'] },
  integer('steps', null),
  integer('batch', 8),
  integer('parts', 1),
  LEARNING_RATE,
  integer('frames', 4),
  BASE,
  MEMORY,
  SEED,
]

/** A field whose initial value is null is the stage's own to choose while it is left empty. */
export const FIELDS: Record<Stage, readonly Field[]> = {
  caption: [
    MODEL,
    { name: 'server', type: 'text', initial: '' },
    { name: 'captioner', type: 'text', initial: '' },
    {
      name: 'kind',
      type: 'choice',
      initial: 'detailed',
      choices: ['detailed', 'short', 'main_object', 'camera', 'background', 'every'],
    },
    {
      name: 'pool',
      type: 'choice',
      initial: 'missing',
      choices: ['missing', 'all', 'train', 'test'],
    },
    integer('limit', null),
    integer('frames', null),
    { name: 'media', type: 'choice', initial: 'images', choices: ['images', 'video'] },
    integer('batch', 16),
    integer('at_once', 16),
    integer('tokens', null),
    { name: 'temperature', type: 'number', initial: 0, min: 0, max: 10 },
    BASE,
    SEED,
  ],
  scorer: [
    MODEL,
    {
      name: 'readout',
      type: 'choice',
      initial: 'auto',
      choices: ['auto', 'digits', 'likelihood'],
    },
    integer('steps', null),
    LEARNING_RATE,
    integer('lora_rank', 16),
    integer('frames', 4),
    {
      name: 'targets',
      type: 'choice',
      initial: 'soft',
      choices: ['soft', 'sampled', 'one-hot'],
    },
    weight('expectation'),
    weight('ordinal'),
    weight('pairwise'),
    weight('balance', 1),
    { name: 'weights', type: 'choice', initial: 'even', choices: ['even', 'raters'] },
    { name: 'patience', type: 'integer', initial: 0, min: 0, max: 20 },
    BASE,
    MEMORY,
    SEED,
  ],
  score: [integer('batch', 16), integer('part', 64)],
  select: [
    {
      name: 'policy',
      type: 'choice',
      initial: 'threshold',
      choices: ['threshold', 'best', 'random', 'balanced', 'precision'],
    },
    {
      name: 'statistic',
      type: 'choice',
      initial: 'mean_involved',
      choices: ['mean_involved', 'mean_paper'],
    },
    { name: 'threshold', type: 'number', initial: 3.5, min: 0, max: 5 },
    { name: 'precision', type: 'number', initial: 0.8, min: 0.01, max: 1 },
    { name: 'good', type: 'number', initial: 3.5, min: 0, max: 5 },
    integer('budget', null),
    integer('per_captioner', null),
    SEED,
  ],
  finetune: TUNING,
  distill: [
    ...TUNING,
    { name: 'teacher', type: 'choice', initial: 'ours', choices: ['ours', 'base', 'ours+base'] },
    {
      name: 'pool',
      type: 'choice',
      initial: 'unlabelled',
      choices: ['unlabelled', 'train'],
    },
    integer('limit', null),
  ],
  evaluate: [integer('resamples', 1000), SEED],
}

const LIMITS: readonly string[] = ['limit', 'budget', 'per_captioner']

/** What stands for an option that was left empty. */
export const whenEmpty = (name: string) =>
  LIMITS.includes(name) ? ('option.unlimited' as const) : ('option.automatic' as const)

/** What a form says, as options. A field left empty is left out, and has its default. */
export function optionsFrom(
  fields: readonly Field[],
  written: (name: string) => string,
): Record<string, string | number> {
  const given = fields.flatMap(field => {
    const text = written(field.name).trim()
    if (text === '') return []
    const isNumber = field.type === 'integer' || field.type === 'number'
    // What is not a number goes as it is: the server says what is wrong with it.
    return [[field.name, isNumber && !Number.isNaN(Number(text)) ? Number(text) : text]]
  })
  return Object.fromEntries(given)
}

/** A config's options in the order of the form, the newest names last. */
export function inFormOrder(kind: Kind, config: Record<string, unknown>): [string, unknown][] {
  const names: readonly string[] =
    kind === 'turn' ? ['until', ...TURN] : FIELDS[kind].map(({ name }) => name)
  const place = (name: string) => (names.includes(name) ? names.indexOf(name) : names.length)
  return Object.entries(config).sort(([one], [other]) => place(one) - place(other))
}

/** Parents that a run has only because somebody named them; of the others it takes the newest. */
const NAMED: Partial<Record<Kind, readonly Kind[]>> = {
  caption: ['finetune', 'distill'],
  evaluate: ['distill'],
  turn: ['scorer'],
}

/** The wish for the same once more, on the newest ratings and runs. */
export function again({ kind, config, parents }: Pick<RunDetail, 'kind' | 'config' | 'parents'>) {
  const named = parents.filter(parent => NAMED[kind]?.includes(parent.kind))
  return { kind, options: config, parents: named.map(({ id }) => id) } satisfies Wish
}

/** How far a turn goes; those of old went to the end. */
export const stagesOf = ({ config }: Pick<Run, 'config'>): readonly Stage[] => {
  const last = (TURN as readonly unknown[]).indexOf(config.until)
  return last < 0 ? TURN : TURN.slice(0, last + 1)
}

const FINAL: readonly RunState[] = ['succeeded', 'failed', 'cancelled']
export const isOver = (state: RunState): boolean => FINAL.includes(state)

/** Between 0 and 1, or null while nobody knows. */
export function share({ state, progress }: Pick<Run, 'state' | 'progress'>): number | null {
  if (state === 'succeeded') return 1
  return progress.total > 0 ? Math.min(progress.done / progress.total, 1) : null
}

/** Seconds of work so far, or null before it began. */
export function elapsed(
  { started_at, finished_at }: Pick<Run, 'started_at' | 'finished_at'>,
  now: number,
): number | null {
  if (!started_at) return null
  const end = finished_at ? new Date(finished_at).getTime() : now
  return Math.max(0, (end - new Date(started_at).getTime()) / 1000)
}

/** The newest run of each kind, from a list with the newest first. */
export function newestOf(runs: readonly Run[], kind: Kind): Run | undefined {
  return runs.find(run => run.kind === kind)
}
