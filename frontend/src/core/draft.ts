/** The answers to an item that is not submitted yet, kept at each change and found again. */

import type { Answers } from './rating'
import { forget, isRecord, readJson, type Store, writeJson } from './storage'
import { DIMENSIONS } from './types'
import type { Coverage } from './watch'

/** `clientKey` is made once for a slot: with it the server knows a second try for the first. */
export type Draft = {
  clientKey: string
  answers: Answers
  changes: number
  coverage: Coverage
  secondsVisible: number
}

export const emptyDraft = (clientKey: string): Draft => ({
  clientKey,
  answers: {},
  changes: 0,
  coverage: [],
  secondsVisible: 0,
})

const keyOf = (user: number, slot: number) => `crest.draft.${user}.${slot}`

export const loadDraft = (store: Store, user: number, slot: number): Draft | null =>
  readJson(store, keyOf(user, slot), isDraft)

export const saveDraft = (store: Store, user: number, slot: number, draft: Draft): boolean =>
  writeJson(store, keyOf(user, slot), draft)

export const dropDraft = (store: Store, user: number, slot: number): void =>
  forget(store, keyOf(user, slot))

function isDraft(value: unknown): value is Draft {
  if (!isRecord(value)) return false
  const { clientKey, answers, changes, coverage, secondsVisible } = value
  return (
    typeof clientKey === 'string' &&
    isRecord(answers) &&
    DIMENSIONS.every(name => answers[name] === undefined || isLevel(answers[name])) &&
    typeof changes === 'number' &&
    typeof secondsVisible === 'number' &&
    Array.isArray(coverage) &&
    coverage.every(isSpan)
  )
}

const isLevel = (value: unknown) =>
  Number.isInteger(value) && Number(value) >= 0 && Number(value) <= 5

const isSpan = (value: unknown) =>
  Array.isArray(value) && value.length === 2 && value.every(place => Number.isFinite(place))
