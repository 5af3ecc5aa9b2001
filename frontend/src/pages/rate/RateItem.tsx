/** A caption that is answered for the first time. */

import type { Ready } from '../../core/ahead'
import type { Draft } from '../../core/draft'
import { t } from '../../core/messages'
import type { Rubric } from '../../core/types'
import { useDesk } from './desk'
import { Screen } from './Screen'
import { useItem } from './useItem'

type Props = {
  ready: Ready
  rubric: Rubric
  onDone: () => void
  /** The lease is longer now, and so is that of whatever else is held. */
  onRenewed?: () => void
  onDraft?: (draft: Draft) => void
}

export function RateItem({ ready, rubric, onDone, onRenewed, onDraft }: Props) {
  const { preferences, did, say } = useDesk()
  const { claim } = ready
  const { skip, feedback, ...item } = useItem({
    ready,
    dimensions: rubric.questions.map(({ dimension }) => dimension),
    preferences,
    onDone: how => {
      did(how, claim)
      onDone()
    },
    onRenewed: onRenewed ?? nothing,
    onDraft: onDraft ?? nothing,
    onOvertaken: () => say(t('rate.overtaken')),
  })
  return <Screen item={item} claim={claim} rubric={rubric} onSkip={skip} feedback={feedback} />
}

const nothing = () => undefined
