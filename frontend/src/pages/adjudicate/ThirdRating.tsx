/** Another rating, by somebody who knows of none. */

import { useState } from 'react'
import { adjudicationApi } from '../../core/adjudicationApi'
import { t } from '../../core/messages'
import { ReasonDialog } from './ReasonDialog'
import { useSettling } from './useSettling'

type Props = { item: number; onClose: () => void }

export function ThirdRating({ item, onClose }: Props) {
  const [reason, setReason] = useState('')
  const asking = useSettling((slug, why: string) => adjudicationApi.open(slug, item, why), onClose)
  return (
    <ReasonDialog
      title={t('adjudicate.third.title')}
      text={t('adjudicate.third.text')}
      label={t('adjudicate.reason.optional')}
      button={t('adjudicate.third')}
      reason={reason}
      onReason={setReason}
      act={asking}
      onClose={onClose}
    />
  )
}
