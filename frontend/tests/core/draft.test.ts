import { describe, expect, it } from 'vitest'
import { NO_ATTENTION } from '../../src/core/attention'
import {
  type Draft,
  DraftWriter,
  emptyDraft,
  fromServer,
  newest,
  readDraft,
  toServer,
} from '../../src/core/draft'
import { ApiError, problemOf, UNREACHABLE } from '../../src/core/problem'
import type { ServerDraft } from '../../src/core/ratingTypes'

const draft = (step: number): Draft => ({
  clientKey: 'a-key',
  step,
  answers: { object: 0, camera: 5 },
  changes: 2,
  coverage: [[0, 3.2]],
  secondsVisible: 9,
  attention: { ...NO_ATTENTION, stalls: 1 },
})
const onServer = (step: number): ServerDraft => ({
  ...toServer({ ...draft(step), answers: { object: 3 } }, 10),
  saved_at: '2026-11-23T08:00:00Z',
})

describe('a draft that was kept', () => {
  it('is read as it was', () => {
    expect(readDraft(draft(3))).toEqual(draft(3))
  })

  it('may be of an older page, without steps', () => {
    const { step: _, attention: __, ...old } = draft(3)
    expect(readDraft(old)).toEqual({ ...old, step: 1, attention: NO_ATTENTION })
  })

  it.each([
    ['nothing', null],
    ['another shape', { clientKey: 3 }],
    ['a level off the scale', { ...draft(1), answers: { object: 6 } }],
    ['a broken span', { ...draft(1), coverage: [[0]] }],
  ])('is not believed when it is %s', (_, value) => {
    expect(readDraft(value)).toBeNull()
  })
})

describe('the newest of two drafts', () => {
  it('is the one that went further, wherever it lies', () => {
    expect(newest(null, null)).toBeNull()
    expect(newest(null, draft(1))).toEqual(draft(1))
    expect(newest(onServer(1), null)?.answers).toEqual({ object: 3 })
    expect(newest(onServer(2), draft(1))?.answers).toEqual({ object: 3 })
    expect(newest(onServer(1), draft(2))).toEqual(draft(2))
  })

  it('is the one that lies here when both went as far', () => {
    expect(newest(onServer(2), draft(2))).toEqual(draft(2))
  })

  it('keeps what is known here of attention', () => {
    expect(fromServer(onServer(4), draft(1)).attention.stalls).toBe(1)
  })
})

/** A server that answers by the script, and pauses that end when told. */
function writerWith(script: (Error | 'ok')[], stored: Draft | null = null) {
  const sent: Draft[] = []
  const kept: Draft[] = []
  const heard: Draft[] = []
  const writer = new DraftWriter(emptyDraft('a-key'), {
    keep: async one => {
      kept.push(one)
      return stored
    },
    send: async one => {
      sent.push(one)
      const answer = script.shift() ?? 'ok'
      if (answer !== 'ok') throw answer
    },
    problemOf,
    pause: () => new Promise(resolve => setTimeout(resolve)),
  })
  writer.overtaken.listen(newer => heard.push(newer))
  return { writer, sent, kept, heard }
}
const away = () => new ApiError({ type: UNREACHABLE, title: '', status: 0 })
const soon = () => new Promise(resolve => setTimeout(resolve, 5))

describe('DraftWriter', () => {
  it('keeps each answer at once, and sends the latest', async () => {
    const { writer, sent, kept } = writerWith([])
    await Promise.all([writer.keep(draft(1)), writer.keep(draft(2)), writer.keep(draft(3))])
    await soon()
    expect(kept.map(({ step }) => step)).toEqual([1, 2, 3])
    expect(sent.map(({ step }) => step)).toEqual([3])
  })

  it('keeps what was only watched, and does not send it', async () => {
    const { writer, sent, kept } = writerWith([])
    await writer.keep({ ...emptyDraft('a-key'), secondsVisible: 4 })
    await soon()
    expect(kept).toHaveLength(1)
    expect(sent).toEqual([])
  })

  it('is quiet about a server that is away, and sends with the next occasion', async () => {
    const { writer, sent } = writerWith([away(), 'ok'])
    await writer.keep(draft(1))
    await soon()
    await writer.retry()
    expect(sent.map(({ step }) => step)).toEqual([1, 1])
    await writer.retry()
    expect(sent).toHaveLength(2)
  })

  it('follows a draft that went further on the server', async () => {
    const newer = new ApiError({
      type: 'newer-draft',
      title: '',
      status: 409,
      draft: onServer(7),
    })
    const { writer, heard, sent } = writerWith([newer])
    await writer.keep(draft(1))
    await soon()
    expect(heard).toEqual([fromServer(onServer(7), draft(1))])
    await writer.keep(draft(8))
    await soon()
    expect(sent.map(({ step }) => step)).toEqual([1, 8])
  })

  it('follows a draft that another tab has kept here', async () => {
    const { writer, heard } = writerWith([], draft(5))
    await writer.keep(draft(1))
    expect(heard).toEqual([draft(5)])
  })

  it('sends nothing any more once it is stopped', async () => {
    const { writer, sent, kept } = writerWith([])
    const keeping = writer.keep(draft(1))
    writer.stop()
    await keeping
    await writer.keep(draft(2))
    await soon()
    expect(sent).toEqual([])
    expect(kept).toHaveLength(1)
  })
})
