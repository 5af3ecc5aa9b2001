/** Whose captions and whose judgments are wanted: a closed list each, open where one chooses. */

import { t, word } from '../../core/messages'
import type { FreezeForm, SetName } from '../../core/snapshotForm'
import type { Choices } from '../../core/snapshotsTypes'

type Option = { value: string; label: string }
type Props = {
  choices: Choices
  form: FreezeForm
  onToggle: (name: SetName, value: string) => void
}

export function FilterChoices({ choices, form, onToggle }: Props) {
  const options: Record<SetName, Option[]> = {
    captioners: choices.captioners.map(({ name, captions }) => ({
      value: name,
      label: t('snapshots.choice.captioner', { name, n: captions }),
    })),
    kinds: choices.kinds.map(kind => ({ value: kind, label: kind })),
    annotators: choices.annotators.map(({ name, shown_name }) => ({
      value: name,
      label: t('snapshots.choice.annotator', { name, shown: shown_name }),
    })),
    dimensions: choices.dimensions.map(value => ({ value, label: word('dimension', value) })),
    rubrics: choices.rubrics.map(version => ({ value: String(version), label: String(version) })),
  }
  // With one value there is nothing to choose.
  const shown = (Object.keys(options) as SetName[]).filter(name => options[name].length > 1)
  return (
    <div className="freeze-sets">
      {shown.map(name => (
        <fieldset key={name} className="freeze-set">
          <legend className="hidden">{t(`snapshots.filter.${name}`)}</legend>
          <details className="nested">
            <summary>
              {t(`snapshots.filter.${name}`)}
              <span className="muted">
                {form[name].size === 0
                  ? t('snapshots.choice.all')
                  : t('snapshots.choice.some', { n: form[name].size })}
              </span>
            </summary>
            <div className="choices freeze-options">
              {options[name].map(({ value, label }) => (
                <label key={value} className="choice">
                  <input
                    type="checkbox"
                    checked={form[name].has(value)}
                    onChange={() => onToggle(name, value)}
                  />
                  <span>{label}</span>
                </label>
              ))}
            </div>
          </details>
        </fieldset>
      ))}
    </div>
  )
}
