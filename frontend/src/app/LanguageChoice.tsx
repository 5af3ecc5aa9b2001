/** The languages, each in its own. Changing it loads the page anew; what was answered is kept. */

import { useId } from 'react'
import { NAMES, rememberLanguage } from '../core/languages'
import { LANGUAGES, type Language, language, t } from '../core/messages'

export function LanguageChoice() {
  const id = useId()
  return (
    <div className="inline-field languages">
      <label htmlFor={id}>{t('login.language')}</label>
      <select
        id={id}
        value={language()}
        onChange={({ target }) => changeLanguage(target.value as Language)}
      >
        {LANGUAGES.map(one => (
          <option key={one} value={one} lang={one}>
            {NAMES[one]}
          </option>
        ))}
      </select>
    </div>
  )
}

export function changeLanguage(wanted: Language): void {
  rememberLanguage(localStorage, wanted)
  window.location.reload()
}
