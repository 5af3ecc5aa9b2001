/** The language and the theme. Both hold at once; the language loads the page anew. */

import { useMutation } from '@tanstack/react-query'
import { useId } from 'react'
import { useTheme } from '../../app/useTheme'
import { forgetLanguage, NAMES, rememberLanguage } from '../../core/languages'
import { LANGUAGES, type Language, t, word } from '../../core/messages'
import { peopleApi } from '../../core/peopleApi'
import type { Profile } from '../../core/peopleTypes'
import { problemOf } from '../../core/problem'
import { THEMES } from '../../core/theme'
import { Banner, explain } from '../../ui/Notice'

export function Appearance({ profile }: { profile: Profile }) {
  const id = useId()
  const [theme, setTheme] = useTheme()
  const speaking = useMutation({
    mutationFn: (language: Language | '') => peopleApi.changeProfile({ language }),
    onSuccess: (_, language) => {
      if (language) rememberLanguage(localStorage, language)
      else forgetLanguage(localStorage)
      window.location.reload()
    },
  })
  return (
    <section className="panel" aria-labelledby={id}>
      <header className="panel-head">
        <h2 id={id}>{t('profile.page')}</h2>
      </header>
      <div className="form">
        <div className="field">
          <label htmlFor={`${id}-language`}>{t('login.language')}</label>
          <select
            id={`${id}-language`}
            value={speaking.isPending ? speaking.variables : profile.language}
            disabled={speaking.isPending}
            onChange={({ target }) => speaking.mutate(target.value as Language | '')}
          >
            <option value="">{t('profile.language.browser')}</option>
            {LANGUAGES.map(one => (
              <option key={one} value={one} lang={one}>
                {NAMES[one]}
              </option>
            ))}
          </select>
          {speaking.error && <Banner tone="bad">{explain(problemOf(speaking.error)).title}</Banner>}
        </div>
        <fieldset className="field">
          <legend>{t('profile.theme')}</legend>
          <div className="segments">
            {THEMES.map(one => (
              <button
                key={one}
                type="button"
                className="segment"
                aria-pressed={one === theme}
                onClick={() => setTheme(one)}
              >
                {word('profile.theme', one)}
              </button>
            ))}
          </div>
        </fieldset>
      </div>
    </section>
  )
}
