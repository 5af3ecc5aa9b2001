import { describe, expect, it } from 'vitest'
import { t, word } from '../../src/core/messages'
import { en } from '../../src/core/messages/en'

describe('t', () => {
  it('puts values in, and chooses between one and many', () => {
    expect(t('report.line', { line: 1200 })).toBe('Line 1,200')
    expect(t('rate.answerAll', { n: 1 })).toBe('1 answer is missing')
    expect(t('rate.answerAll', { n: 2 })).toBe('2 answers are missing')
  })
})

it('has a word for what it knows, and the value itself for what it does not', () => {
  expect(word('kind', 'scorer')).toBe('Train scorer')
  expect(word('kind', 'dream')).toBe('dream')
})

/** Keys that are put together from a family and a value of the API. */
const FAMILIES =
  /^(role|kind|audit\.(kind|name|via|says|who)|stage|state|split|outcome|option|choice|metric|source|dimension|app\.theme|rate\.empty|vote\.empty|vote\.choice|rate\.unsaved|rate\.rubric|refused|invite\.may|invite\.state|profile\.theme|projects\.shown|rubric\.field|quality\.purpose|quality\.state|quality\.signal|quality\.column|quality\.legend|check\.hint|twin\.by|queue\.tier|queue\.reason|protocol\.group|protocol\.field|protocol\.hint|adjudicate\.stage|adjudicate\.empty|adjudicate\.dispute|skip|key|side|what|field|format|job|doing|sourceKind|export|snapshots\.(filter|share|column)|snapshot\.(leaks|compare)|agreement\.\w+|raters\.column|raters\.means|conflicts\.by|forecast\.(reason|column)|zeros\.column|run\.reproduction|evaluation\.(name|means|reason)|beside\.(figure|name|means)|twins\.(name|means)|webhook\.(type|off|problem|delivery)|loop\.(field|rule|until|worth)|grounds)\./

const sources = import.meta.glob<string>('../../src/**/*.{ts,tsx}', {
  query: '?raw',
  import: 'default',
  eager: true,
})

it('has no sentence that is never said', () => {
  const written = Object.entries(sources)
    .filter(([path]) => !path.includes('/messages/'))
    .map(([, source]) => source)
    .join('\n')
  const silent = Object.keys(en).filter(key => !FAMILIES.test(key) && !written.includes(`'${key}'`))
  expect(silent).toEqual([])
})
