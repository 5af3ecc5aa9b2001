/** One twin by hand: pick a caption, choose what becomes wrong, and write it so. */

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useId, useState } from 'react'
import { usePlace } from '../../app/session'
import { t, word } from '../../core/messages'
import { problemOf } from '../../core/problem'
import { qualityApi } from '../../core/qualityApi'
import type { Candidate } from '../../core/qualityTypes'
import { DIMENSIONS, type Dimension } from '../../core/types'
import { Modal } from '../../ui/Modal'
import { Banner, explain } from '../../ui/Notice'
import { CaptionPicker } from './CaptionPicker'
import { Diff } from './Diff'

export function TwinDialog({ onClose }: { onClose: () => void }) {
  const [picked, setPicked] = useState<Candidate | null>(null)
  return (
    <Modal title={t('twin.new.title')} onClose={onClose} wide>
      {picked ? (
        <Editor candidate={picked} onBack={() => setPicked(null)} onClose={onClose} />
      ) : (
        <CaptionPicker purpose="twin" onPick={setPicked} />
      )}
    </Modal>
  )
}

type EditorProps = { candidate: Candidate; onBack: () => void; onClose: () => void }

function Editor({ candidate, onBack, onClose }: EditorProps) {
  const id = useId()
  const { slug } = usePlace()
  const queries = useQueryClient()
  const [dimension, setDimension] = useState<Dimension>('object')
  const [text, setText] = useState(candidate.text)
  const suggesting = useMutation({
    mutationFn: () => qualityApi.suggestTwin(slug, candidate.caption, dimension),
    onSuccess: suggestion => setText(suggestion.text),
  })
  const saving = useMutation({
    mutationFn: () =>
      qualityApi.addTwin(slug, { caption: candidate.caption, dimension, text: text.trim() }),
    onSuccess: () => {
      queries.invalidateQueries({ queryKey: ['checks', slug] })
      onClose()
    },
  })
  const unchanged = text.trim() === candidate.text.trim() || text.trim() === ''
  const error = saving.error ?? suggesting.error
  const save = (event: FormEvent) => {
    event.preventDefault()
    if (!saving.isPending && !unchanged) saving.mutate()
  }
  return (
    <form className="form check-form" onSubmit={save}>
      <div className="check-clip">
        <video
          src={candidate.video_url}
          poster={candidate.poster_url}
          controls
          loop
          muted
          playsInline
        />
        <div className="field">
          <label htmlFor={`${id}-dimension`}>{t('twin.dimension')}</label>
          <select
            id={`${id}-dimension`}
            value={dimension}
            onChange={({ target }) => setDimension(target.value as Dimension)}
          >
            {DIMENSIONS.map(one => (
              <option key={one} value={one}>
                {word('dimension', one)}
              </option>
            ))}
          </select>
          <p className="hint">{t('twin.dimension.hint')}</p>
        </div>
        <button
          type="button"
          className="button"
          aria-disabled={suggesting.isPending}
          onClick={() => !suggesting.isPending && suggesting.mutate()}
        >
          {suggesting.isPending ? t('twin.suggesting') : t('twin.suggest')}
        </button>
        <p className="hint" role="status">
          {suggesting.data && t('twin.suggestedBy', { by: word('twin.by', suggesting.data.by) })}
        </p>
      </div>
      <div className="check-levels">
        <div className="field">
          <label htmlFor={`${id}-text`}>{t('twin.text')}</label>
          <textarea
            id={`${id}-text`}
            rows={9}
            maxLength={10_000}
            value={text}
            onChange={event => setText(event.target.value)}
          />
        </div>
        <section className="field" aria-labelledby={`${id}-diff`}>
          <h3 id={`${id}-diff`}>{t('twin.diff')}</h3>
          {unchanged ? (
            <p className="muted">{t('twin.unchanged')}</p>
          ) : (
            <Diff before={candidate.text} after={text} />
          )}
        </section>
      </div>
      {error && <Banner tone="bad">{explain(problemOf(error)).title}</Banner>}
      <footer className="modal-foot">
        <button type="button" className="button quiet" onClick={onBack}>
          {t('check.another')}
        </button>
        <button type="button" className="button" onClick={onClose}>
          {t('action.cancel')}
        </button>
        <button
          type="submit"
          className="button primary"
          aria-disabled={saving.isPending || unchanged}
        >
          {saving.isPending ? t('action.saving') : t('action.save')}
        </button>
      </footer>
    </form>
  )
}
