import { describe, expect, it } from 'vitest'
import { environmentOf } from '../../src/core/environment'

describe('environmentOf', () => {
  it('names each kind of GPU once, and tells our sources from the packages', () => {
    const found = environmentOf({
      code: { python: '3.11.7', crest_source: 'abc' },
      machine: { system: 'Linux', processor: 'x86_64', cores: 8, gpus: ['H100', 'H100'] },
    })
    expect(found).toEqual({
      gpus: [{ name: 'H100', number: 2 }],
      processor: 'Linux x86_64',
      cores: 8,
      versions: [['python', '3.11.7']],
      source: 'abc',
    })
  })

  it('reads the manifest of a run from before the machine was written down', () => {
    expect(environmentOf({ code: { python: '3.11.7' } })).toMatchObject({
      gpus: [],
      processor: null,
      cores: null,
    })
    expect(environmentOf({}).versions).toEqual([])
  })
})
