/** A caption that was done with, open once more: to be revised, or because a skip was none. */

import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useState } from 'react'
import { usePlace, useSignedIn } from '../../app/session'
import { answersApi } from '../../core/answersApi'
import type { Past } from '../../core/answersTypes'
import type { Entry, Outbox } from '../../core/outbox'
import { problemOf } from '../../core/problem'
import { ratingApi } from '../../core/ratingApi'
import type { Claim } from '../../core/ratingTypes'
import type { Done } from '../../core/undo'
import { explain } from '../../ui/Notice'

type Options = { say: (message: string) => void; onOpen: (claim: Claim) => void }

export function useReopening({ say, onOpen }: Options) {
  const { slug } = usePlace()
  const { outbox } = useSignedIn()
  const queries = useQueryClient()
  const [reopened, setReopened] = useState<Claim | null>(null)
  const close = useCallback(() => setReopened(null), [])

  const show = (claim: Claim) => {
    setReopened(claim.submitted ? claim : null)
    if (!claim.submitted) onOpen(claim)
  }
  const open = async (slot: number, skipped: boolean) => {
    try {
      if (skipped) await answersApi.takeBackSkip(slug, slot)
      show(await ratingApi.slot(slug, slot))
      queries.invalidateQueries({ queryKey: ['history', slug] })
    } catch (error) {
      say(explain(problemOf(error)).title)
    }
  }
  const takeBack = async ({ kind, claim }: Done) => {
    const unsent = await withdrawn(outbox, claim.slot)
    if (unsent) show(withAnswers(claim, unsent))
    else await open(claim.slot, kind === 'skipped')
  }
  const reopen = (past: Past) => open(past.slot, past.state === 'skipped')
  return { reopened, close, takeBack, reopen, open }
}

/** What the server cannot have got yet is simply not sent. What is on its way is waited for. */
async function withdrawn(outbox: Outbox, slot: number): Promise<Entry | null> {
  const entry = outbox.entries.find(one => one.slot === slot)
  if (!entry) return null
  if (outbox.status.state === 'waiting' && (await outbox.withdraw(entry.key))) return entry
  await outbox.deliver()
  return null
}

/** The caption as it was before it was submitted, with the answers given then. */
function withAnswers(claim: Claim, entry: Entry): Claim {
  if (entry.kind !== 'submission') return claim
  const { levels, evidence } = entry.body
  const draft = {
    step: 0,
    client_key: crypto.randomUUID(),
    answers: levels,
    changes: evidence.changes ?? 0,
    watched: evidence.watched.map(([from = 0, to = 0]): [number, number] => [from, to]),
    seconds_visible: evidence.seconds_visible ?? 0,
    saved_at: '',
  }
  return { ...claim, draft }
}
