// @vitest-environment jsdom
import { cleanup, render, screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { FIGURES, type ScorerReport, type Value, type Values } from '../../src/core/scorerReport'
import { DIMENSIONS, type RunDetail } from '../../src/core/types'
import { Result } from '../../src/pages/runs/Result'

const value = (of: number): Value => ({ value: of, low: of - 0.1, high: of + 0.1, reason: null })
const missing = (reason: string, of: number | null = null): Value => ({
  value: of,
  low: null,
  high: null,
  reason,
})
const all = (of: number): Values => Object.fromEntries(FIGURES.map(name => [name, value(of)]))
const { ece: _, ...ceiling } = all(0.8)

const confusion = (at: number) =>
  Array.from({ length: 6 }, (_row, people) =>
    Array.from({ length: 6 }, (_cell, said) => (people === said ? at : 0)),
  )
const report: ScorerReport = {
  captions: 48,
  videos: 12,
  average: all(0.6),
  average_ceiling: ceiling,
  overall: { pairs: value(0.7), regret: value(0.25), regret_random: value(0.5) },
  dimensions: Object.fromEntries(
    DIMENSIONS.map((dimension, place) => [
      dimension,
      {
        captions: dimension === 'camera' ? 0 : 48,
        figures: { ...all(0.5), qwk: missing('all-alike', 0.44), tau_b: missing('undefined') },
        ceiling,
        confusion: confusion(place + 1),
        reliability: [{ confidence: 0.75, share: 0.5, captions: 48 }],
        density: [
          [4.875, 4.625, 30],
          [1.125, 4.625, 10],
        ],
      },
    ]),
  ),
}
const OLD = {
  readout: 'likelihood',
  model: 'miniature',
  train_captions: 391,
  train_judgments: 5120,
  test_captions: 48,
  test: { srcc: 0.61, mae: 0.7, per_dimension: { object: { srcc: 0.66, mae: 0.5, n: 40 } } },
}
const FILES = ['scorer.json', 'report.html', 'README.md'].map(name => ({
  name,
  bytes: 9,
  sha256: 'ab',
  url: `/files/${name}`,
}))

const show = (result: object, artifacts: typeof FILES = []) =>
  render(
    <Result
      run={{ kind: 'scorer', state: 'succeeded', result, artifacts } as unknown as RunDetail}
    />,
  )
const table = (name: string | RegExp) => within(screen.getByRole('table', { name }))

/** Curves are drawn by ECharts, which is looked at in a browser. */
vi.mock('../../src/ui/chart/Drawing', () => ({ Drawing: () => null }))
afterEach(cleanup)

describe('the report of a scorer', () => {
  it('begins with the averages, their intervals, and one person beside them', () => {
    show({ ...OLD, report })
    const average = table('On average over the dimensions')
    expect(
      average.getByRole('row', { name: 'SRCC 0.60 0.50 to 0.70 0.80 0.70 to 0.90' }),
    ).toBeTruthy()
    expect(
      average.getByRole('row', { name: /^Calibration error 0.60 .* not for one person$/ }),
    ).toBeTruthy()
    const [regret, random] = average.getAllByRole('row').slice(-2)
    expect(regret?.textContent).toMatch(/^Selection regret0.60/)
    expect(random?.textContent).toMatch(/^Regret of a random choice0.60/)
    expect(screen.getByText(/48 captions of 12 videos that it never learnt from/)).toBeTruthy()
  })

  it('tells what choosing by it is worth beside a random choice', () => {
    show({ ...OLD, report })
    const overall = table(/^Choosing a caption/)
    expect(overall.getAllByRole('row')).toHaveLength(4)
    expect(overall.queryByText('One person')).toBeNull()
    expect(
      overall.getByRole('row', { name: 'Regret of a random choice 0.50 0.40 to 0.60' }),
    ).toBeTruthy()
  })

  it('says in words why a figure or its interval is missing', () => {
    show({ ...OLD, report })
    const objects = table('Objects: the scorer and one person')
    expect(
      objects.getByRole('row', { name: /^Quadratic kappa 0.44 all videos alike: no interval/ }),
    ).toBeTruthy()
    expect(
      objects.getByRole('row', { name: /^Kendall's tau-b undefined: too little varies/ }),
    ).toBeTruthy()
  })

  it('describes its pictures, and has them as tables', async () => {
    const user = userEvent.setup()
    show({ ...OLD, report })
    expect(
      screen.getByRole('img', { name: /75% of the captions lie within half a level/ }),
    ).toBeTruthy()
    expect(
      screen.getByRole('img', { name: /it is 75% sure on average, and 50% of people/ }),
    ).toBeTruthy()
    for (const button of screen.getAllByRole('button', { name: 'Show as table' }))
      await user.click(button)
    expect(screen.queryByRole('img')).toBeNull()
    expect(
      table('Levels: people and scorer').getByRole('row', { name: '4.88 4.63 30' }),
    ).toBeTruthy()
    expect(table('Confidence and agreement').getByRole('row', { name: '75% 50% 48' })).toBeTruthy()
    expect(
      table('Rank correlation (SRCC)').getByRole('row', { name: /^Objects 48 0.50 0.40 to 0.60/ }),
    ).toBeTruthy()
  })

  it('counts levels against levels, of the dimension that is chosen', async () => {
    const user = userEvent.setup()
    show({ ...OLD, report })
    const agreed = () => table('Likeliest levels').getByRole('row', { name: /^5 / }).textContent
    expect(agreed()).toBe('5000001')
    await user.click(screen.getByRole('button', { name: 'Background' }))
    expect(agreed()).toBe('5000005')
    expect(
      screen.getByRole('table', { name: 'Background: the scorer and one person' }),
    ).toBeTruthy()
  })

  it('says where nobody rated a dimension', async () => {
    const user = userEvent.setup()
    show({ ...OLD, report })
    await user.click(screen.getByRole('button', { name: 'Camera' }))
    expect(screen.getByText('Nobody rated this dimension on the test videos.')).toBeTruthy()
    expect(screen.queryByRole('table', { name: 'Likeliest levels' })).toBeNull()
  })

  it('leads to its files, and lists videos that could not be read', () => {
    show({ ...OLD, report, failed: [{ video: 'a'.repeat(64), reason: 'No frames.' }] }, FILES)
    const links = screen.getAllByRole('link').map(link => link.getAttribute('href'))
    expect(links).toEqual(['/files/report.html', '/files/README.md'])
    expect(screen.getByText('No frames.')).toBeTruthy()
  })
})

const PLAIN = { srcc: 0.41, mae: 0.9, pairs: 0.75, regret: 0.3 }
const twin = { sensitivity: value(0.8), specificity: value(0.7), located: value(0.5) }
const BESIDE = {
  baselines: {
    constant: { mae: 1.25 },
    length: { srcc: 0.12 },
    blind: PLAIN,
    zero_shot: { srcc: null },
  },
  curve: [
    { videos: 6, captions: 24, judgments: 600, ...PLAIN },
    { videos: 12, captions: 48, judgments: 1200, ...PLAIN, srcc: 0.61 },
  ],
  steps: 30,
  looks: [
    { step: 10, loss: 0.4, held_out: 0.9 },
    { step: 20, loss: 0.3, held_out: 0.8 },
    { step: 30, loss: 0.2, held_out: 0.85 },
  ],
  twins: {
    twins: 8,
    fall: 0.5,
    counts: { object: 8 },
    dimensions: { object: twin },
    overall: twin,
  },
}

describe('what stands beside the report', () => {
  it('is the baselines, with a word where one is better', () => {
    show({ ...OLD, report, ...BESIDE })
    const beside = table('Beside it')
    expect(beside.getByRole('row', { name: 'This scorer 0.60 0.60 0.70 0.25' })).toBeTruthy()
    expect(beside.getByRole('row', { name: 'Caption length 0.12 – – –' })).toBeTruthy()
    expect(
      beside.getByRole('row', { name: 'Blind 0.41 0.90 0.75 better than the scorer 0.30' }),
    ).toBeTruthy()
    expect(screen.getByText(/^The scorer itself before a grey video/)).toBeTruthy()
    expect(screen.queryByText(/taught as one right level/)).toBeNull()
  })

  it('is what fewer ratings gave, and the losses by which it stopped', async () => {
    const user = userEvent.setup()
    show({ ...OLD, report, ...BESIDE })
    const named = (name: string) => within(screen.getByRole('region', { name }))
    expect(screen.getByText(/weights of step 20 were kept.* lowest, 0.800/)).toBeTruthy()
    for (const name of ['SRCC by the number of judgments', 'Loss on held-out videos'])
      await user.click(named(name).getByRole('button', { name: 'Show as table' }))
    expect(
      table('SRCC by the number of judgments').getByRole('row', {
        name: '1,200 48 12 0.61 0.90 0.75 0.30',
      }),
    ).toBeTruthy()
    expect(
      table('Looks at held-out videos').getByRole('row', { name: '20 (kept) 0.3 0.8' }),
    ).toBeTruthy()
  })

  it('is the degraded twins of each dimension that was made wrong', () => {
    show({ ...OLD, report, ...BESIDE })
    const twins = table('Degraded twins')
    expect(twins.getAllByRole('row')).toHaveLength(3)
    expect(twins.getByRole('row', { name: /^Objects 8 0.80 0.70 to 0.90 0.70/ })).toBeTruthy()
  })

  it('says why there are no twins, and nothing of what the run does not have', () => {
    const none = { ...BESIDE.twins, twins: 0, dimensions: {}, overall: {} }
    show({ ...OLD, report, curve: [], looks: [], twins: none })
    expect(screen.getByText(/Only captions that the rules understand/)).toBeTruthy()
    for (const title of ['Beside it', 'What more ratings would bring', 'Looks at held-out videos'])
      expect(screen.queryByRole('heading', { name: title })).toBeNull()
  })

  it('is there for old runs too, as far as they have it', () => {
    show({ ...OLD, baselines: { constant: { mae: 1.25 }, length: { srcc: 0.12 } } })
    expect(table('Beside it').getByRole('row', { name: 'This scorer 0.61 0.70 – –' })).toBeTruthy()
    expect(screen.queryByRole('heading', { name: 'Degraded twins' })).toBeNull()
  })
})

it('says once that there is one video', () => {
  const alone = Object.fromEntries(FIGURES.map(name => [name, missing('one-video', 0.5)]))
  show({ ...OLD, report: { ...report, videos: 1, average: alone } })
  expect(screen.getAllByText(/one video/)).toHaveLength(1)
  expect(screen.queryByText(/its 95 % interval/)).toBeNull()
})

describe('a scorer without a report', () => {
  it('shows its summary and that it is older', () => {
    show(OLD)
    expect(
      table('The scorer against people').getByRole('row', { name: 'Objects 0.66 0.50 40' }),
    ).toBeTruthy()
    expect(screen.getByText(/from before the report/)).toBeTruthy()
    expect(screen.queryByRole('heading', { name: 'By dimension' })).toBeNull()
  })

  it('says that there was nothing to test on', () => {
    const none = Object.fromEntries(FIGURES.map(name => [name, missing('undefined')]))
    const empty = { ...report, captions: 0, videos: 0, average: none, average_ceiling: none }
    show({ ...OLD, test_captions: 0, report: empty })
    expect(screen.getByRole('heading', { name: 'There was nothing to test on' })).toBeTruthy()
    expect(screen.queryByRole('table')).toBeNull()
    expect(screen.queryByRole('heading', { name: 'By dimension' })).toBeNull()
  })
})
