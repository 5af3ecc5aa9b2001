/** One item on the screen: its caption and video left, the questions right, and the keys. */

import { useState } from 'react'
import { t } from '../../core/messages'
import type { Delivery } from '../../core/outbox'
import { type Claim, LEVELS, type Rubric } from '../../core/types'
import { useShortcuts } from '../../ui/useShortcuts'
import { HelpDialog } from './HelpDialog'
import { Panel } from './Panel'
import { SkipDialog } from './SkipDialog'
import { Stage } from './Stage'
import { type Item, useItem } from './useItem'
import { usePreferences } from './usePreferences'

type Props = {
  claim: Claim
  rubric: Rubric
  onDelivered: (delivery: Delivery) => void
  onSkipped: () => void
}

const LONG_CAPTION = 700

export function RateItem({ claim, rubric, onDelivered, onSkipped }: Props) {
  const preferences = usePreferences()
  const [liked, prefer] = preferences
  const [open, setOpen] = useState<'skip' | 'help' | null>(null)
  const order = rubric.questions.map(({ dimension }) => dimension)
  const item = useItem({ claim, order, preferences, onDelivered, onSkipped })
  const help = () => setOpen('help')
  const skip = () => item.saving === null && setOpen('skip')
  useShortcuts({
    ...(liked.keys
      ? {
          ...answerKeys(item, rubric),
          ...playerKeys(item),
          l: () => prefer({ loop: !liked.loop }),
          m: () => prefer({ muted: !liked.muted }),
          s: skip,
        }
      : {}),
    '?': help,
  })

  const long = claim.caption.text.length > LONG_CAPTION
  return (
    <div className="rate-grid">
      <div className="rate-left">
        <section className="caption" aria-label={t('rate.caption')}>
          <p className={long ? 'caption-text long' : 'caption-text'}>{claim.caption.text}</p>
        </section>
        <Stage
          video={claim.video}
          player={item.player}
          coverage={item.watched.coverage}
          preferences={liked}
          prefer={prefer}
        />
      </div>
      <Panel item={item} rubric={rubric} onSkip={skip} onHelp={help} />
      {open === 'skip' && <SkipDialog onSkip={item.skip} onClose={() => setOpen(null)} />}
      {open === 'help' && (
        <HelpDialog
          rubric={rubric}
          keys={liked.keys}
          onKeys={keys => prefer({ keys })}
          onClose={() => setOpen(null)}
        />
      )}
    </div>
  )
}

function answerKeys(item: Item, rubric: Rubric) {
  const { rating, dispatch, answer, submit, levels, saving } = item
  if (saving) return {}
  const digits = LEVELS.map(level => [`${level}`, () => answer(level)])
  const letters = rubric.questions.map(({ letter, dimension }) => [
    letter.toLowerCase(),
    () => dispatch({ type: 'jump', to: dimension }),
  ])
  const enter = () => {
    // "Five digits and Enter": the last digit's pause need not be waited for.
    const atTheEnd = rating.at === 'summary' || (rating.pending && levels !== null)
    if (rating.at !== 'summary') dispatch({ type: 'next' })
    if (atTheEnd) submit()
  }
  const back = () => dispatch({ type: 'back' })
  return { ...Object.fromEntries([...digits, ...letters]), Backspace: back, Enter: enter }
}

function playerKeys({ player: { toggle, seekBy, frame, slower, faster } }: Item) {
  const keys: [string, () => void][] = [
    [' ', toggle],
    ['ArrowLeft', () => seekBy(-1)],
    ['ArrowRight', () => seekBy(1)],
    [',', () => frame(-1)],
    ['.', () => frame(1)],
    ['<', slower],
    ['>', faster],
  ]
  return Object.fromEntries(keys)
}
