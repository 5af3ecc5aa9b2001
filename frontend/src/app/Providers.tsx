/** The other ways to sign in, where there are any. */

import { t } from '../core/messages'
import { providerUrl } from '../core/peopleApi'
import { useSession } from './session'

export function Providers({ next }: { next: string }) {
  const providers = useSession().data?.providers ?? []
  if (providers.length === 0) return null
  return (
    <div className="providers">
      <p className="providers-or">{t('login.or')}</p>
      {providers.map(({ name }) => (
        <a key={name} className="button large wide" href={providerUrl(name, next)}>
          {t('login.with', { name })}
        </a>
      ))}
    </div>
  )
}
