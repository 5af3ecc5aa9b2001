/** Around the captions as they come and go: the drawers, the history, undo, and the sitting. */

import { type ReactNode, useCallback, useMemo, useState } from 'react'
import { inOurWords } from '../../core/asking'
import { bind, keymapOf } from '../../core/keymap'
import { t } from '../../core/messages'
import type { Claim } from '../../core/ratingTypes'
import { needsBreak } from '../../core/sitting'
import type { Dimension, Rubric } from '../../core/types'
import type { Done } from '../../core/undo'
import { useShortcuts } from '../../ui/useShortcuts'
import { type Desk, DeskContext, type DrawerName } from './desk'
import { HelpDrawer } from './HelpDrawer'
import { HistoryDrawer } from './HistoryDrawer'
import { ReturnedNotice } from './ReturnedNotice'
import { RevisionItem } from './RevisionItem'
import { UndoToast } from './UndoToast'
import { useKeys } from './useKeys'
import { usePreferences } from './usePreferences'
import { useReopening } from './useReopening'
import { useReturned } from './useReturned'
import { useRubric } from './useRubric'
import { useSitting } from './useSitting'
import { useUndo } from './useUndo'

type Props = {
  rubric: Rubric | undefined
  /** A caption that is to be answered after all: to be shown next. */
  onOpen: (claim: Claim) => void
  children: ReactNode
}

export function RateDesk({ rubric, onOpen, children }: Props) {
  const preferences = usePreferences()
  const { choice } = useKeys()
  const { sitting, countOne, notNow } = useSitting()
  const [offer, undo] = useUndo()
  const [drawer, setDrawer] = useState<DrawerName | null>(null)
  const [asked, asks] = useState<Dimension | null>(null)
  const [said, say] = useSaid()
  const returned = useReturned()
  const reopening = useReopening({ say, onOpen })
  const keymap = useMemo(() => (choice.on ? keymapOf(choice.changes) : null), [choice])

  const turn = useCallback(
    (name: DrawerName) => setDrawer(before => (before === name ? null : name)),
    [],
  )
  const did = useCallback(
    (kind: Done['kind'], claim: Claim) => {
      if (kind === 'submitted') countOne()
      // Practice and qualification are over once they are answered.
      if (claim.purpose === 'rate' || kind === 'skipped')
        undo({ type: 'offer', done: { kind, claim } })
    },
    [countOne, undo],
  )
  const takeBack = async () => {
    if (!offer) return say(t('undo.nothing'))
    if (offer.taking) return
    undo({ type: 'take' })
    await reopening.takeBack(offer.done)
    undo({ type: 'over' })
  }
  const look = (slot: number) => {
    if (coversTheScreen()) setDrawer(null)
    reopening.open(slot, false)
  }
  const { shortcuts, repeating } = bind(choice, {
    undo: takeBack,
    history: () => turn('history'),
    help: () => turn('help'),
  })
  useShortcuts(shortcuts, repeating)

  const desk: Desk = {
    preferences,
    keymap,
    drawer,
    turn,
    sitting,
    breakDue: minutes => needsBreak(sitting, minutes),
    notNow,
    asks,
    say,
    did,
    returned: returned.length,
  }
  const { reopened, close } = reopening
  const itsRubric = useRubric(reopened)
  const over = (message: string) => {
    if (message) say(message)
    close()
  }
  return (
    <DeskContext value={desk}>
      <div className="desk" data-drawer={drawer ?? undefined}>
        <div className="desk-main">
          {reopened?.submitted && itsRubric.data ? (
            <RevisionItem
              key={`${reopened.slot} ${reopened.submitted.revision}`}
              claim={reopened}
              submitted={reopened.submitted}
              rubric={itsRubric.data}
              onOver={over}
            />
          ) : (
            <>
              <ReturnedNotice returned={returned} onOpen={look} />
              {children}
            </>
          )}
        </div>
        {drawer === 'help' && (
          <HelpDrawer
            rubric={rubric && inOurWords(rubric)}
            asked={asked}
            onClose={() => setDrawer(null)}
          />
        )}
        {drawer === 'history' && (
          <HistoryDrawer
            rubric={rubric && inOurWords(rubric)}
            open={reopened?.slot ?? null}
            returned={<ReturnedNotice returned={returned} onOpen={look} />}
            onOpen={past => {
              if (coversTheScreen()) setDrawer(null)
              reopening.reopen(past)
            }}
            onClose={() => setDrawer(null)}
          />
        )}
      </div>
      <div className="toasts">
        <div role="status">
          {said.text && (
            <p key={said.number} className="snack">
              {said.text}
            </p>
          )}
        </div>
        {offer && (
          <UndoToast
            offer={offer}
            chord={keymap?.undo ?? null}
            onHold={held => undo({ type: 'hold', held })}
            onTake={takeBack}
            onClose={() => undo({ type: 'over' })}
          />
        )}
      </div>
    </DeskContext>
  )
}

/** Without room beside the question, a drawer lies over what it opens. */
const coversTheScreen = () => matchMedia('(max-width: 80rem)').matches

/** Each saying is new, also when the words are the same: then it is shown and read again. */
function useSaid() {
  const [said, setSaid] = useState({ text: '', number: 0 })
  const say = useCallback(
    (text: string) => setSaid(before => ({ text, number: before.number + 1 })),
    [],
  )
  return [said, say] as const
}
