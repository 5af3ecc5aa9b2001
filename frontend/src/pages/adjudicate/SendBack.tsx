/** A rating goes back to its author, with a word about why. */

import { useState } from 'react'
import { adjudicationApi, type GivenRating } from '../../core/adjudicationApi'
import { t } from '../../core/messages'
import { ReasonDialog } from './ReasonDialog'
import { useSettling } from './useSettling'

type Props = { item: number; rating: GivenRating; onClose: () => void }

export function SendBack({ item, rating, onClose }: Props) {
  const { slot, annotator } = rating
  const [reason, setReason] = useState('')
  const sending = useSettling(
    (slug, why: string) => adjudicationApi.sendBack(slug, item, slot, why),
    onClose,
  )
  return (
    <ReasonDialog
      title={t('adjudicate.sendBack.title', { name: annotator })}
      text={t('adjudicate.sendBack.text')}
      label={t('adjudicate.reason')}
      button={t('adjudicate.sendBack')}
      needed
      reason={reason}
      onReason={setReason}
      act={sending}
      onClose={onClose}
    />
  )
}
