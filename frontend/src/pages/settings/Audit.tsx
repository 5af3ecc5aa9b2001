/** The project's audit log, for its admins. */

import { usePlace } from '../../app/session'
import { t } from '../../core/messages'
import { AuditLog } from '../audit/AuditLog'
import { OF_A_PROJECT } from '../audit/kinds'

export function Audit() {
  const { slug } = usePlace()
  return <AuditLog place={{ of: 'projects', slug }} kinds={OF_A_PROJECT} lead={t('audit.lead')} />
}
