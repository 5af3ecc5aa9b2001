/** A version of the rubric to be read, in each language that it has. */

import { useState } from 'react'
import { NAMES } from '../../core/languages'
import { language, t } from '../../core/messages'
import type { Language, Texts } from '../../core/settingsTypes'
import { DIMENSIONS, LEVELS } from '../../core/types'
import { translated } from './library'

export function RubricWords({ texts, version }: { texts: Texts; version: number }) {
  const all = translated(texts, version)
  const languages = Object.keys(all) as Language[]
  const [chosen, setChosen] = useState<Language>(all.de && language() === 'de' ? 'de' : 'en')
  const wording = all[chosen] ?? all.en
  return (
    <div className="rubric-words" lang={chosen}>
      {languages.length > 1 && (
        <fieldset className="segments">
          <legend className="hidden">{t('rubric.language')}</legend>
          {languages.map(one => (
            <button
              key={one}
              type="button"
              className="segment"
              lang={one}
              aria-pressed={one === chosen}
              onClick={() => setChosen(one)}
            >
              {NAMES[one]}
            </button>
          ))}
        </fieldset>
      )}
      {wording.guideline && <p className="guideline-text">{wording.guideline}</p>}
      <dl className="rubric-list">
        {DIMENSIONS.map(dimension => {
          const { title, text, examples } = wording.questions[dimension]
          return (
            <div key={dimension}>
              <dt>{title}</dt>
              <dd>
                {text}
                {examples.length > 0 && (
                  <ul className="rubric-examples">
                    {examples.map(example => (
                      <li key={example}>{example}</li>
                    ))}
                  </ul>
                )}
              </dd>
            </div>
          )
        })}
        {LEVELS.map(level => (
          <div key={level}>
            <dt>
              <kbd data-level={level}>{level}</kbd> {wording.levels[level].phrase}
            </dt>
            <dd>{wording.levels[level].sentence}</dd>
          </div>
        ))}
      </dl>
    </div>
  )
}
