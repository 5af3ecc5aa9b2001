import { describe, expect, it } from 'vitest'
import { type Draft, dropDraft, emptyDraft, loadDraft, saveDraft } from '../../src/core/draft'
import { fullStore, memoryStore } from './fakes'

const draft: Draft = {
  clientKey: 'a-key',
  answers: { object: 0, camera: 5 },
  changes: 2,
  coverage: [[0, 3.2]],
  secondsVisible: 9,
}

describe('a draft', () => {
  it('comes back as it was, for its person and slot only', () => {
    const store = memoryStore()
    saveDraft(store, 1, 10, draft)
    expect(loadDraft(store, 1, 10)).toEqual(draft)
    expect(loadDraft(store, 1, 11)).toBeNull()
    expect(loadDraft(store, 2, 10)).toBeNull()
  })

  it('is gone once dropped', () => {
    const store = memoryStore()
    saveDraft(store, 1, 10, draft)
    dropDraft(store, 1, 10)
    expect(store.size()).toBe(0)
  })

  it.each([
    ['not JSON', '{'],
    ['another shape', '{"clientKey": 3}'],
    ['a level off the scale', JSON.stringify({ ...draft, answers: { object: 6 } })],
    ['a broken span', JSON.stringify({ ...draft, coverage: [[0]] })],
  ])('is not believed when it is %s', (_, text) => {
    const store = memoryStore()
    store.setItem('crest.draft.1.10', text)
    expect(loadDraft(store, 1, 10)).toBeNull()
  })

  it('does not break the page where nothing can be kept', () => {
    expect(saveDraft(fullStore, 1, 10, emptyDraft('key'))).toBe(false)
  })
})
