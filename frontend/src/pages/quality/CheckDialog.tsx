/** Make a check of a caption, or correct one: its levels, and why they are right. */

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useId, useState } from 'react'
import { usePlace } from '../../app/session'
import { decimal } from '../../core/format'
import { t, word } from '../../core/messages'
import { problemOf } from '../../core/problem'
import { qualityApi } from '../../core/qualityApi'
import type { Candidate, Check, Notes, Reference } from '../../core/qualityTypes'
import { DIMENSIONS, type Dimension, type Level, type Levels } from '../../core/types'
import { LevelChoice } from '../../ui/LevelChoice'
import { Modal } from '../../ui/Modal'
import { Banner, explain } from '../../ui/Notice'
import { CaptionPicker } from './CaptionPicker'

type Props = { purpose: Reference; check: Check | null; onClose: () => void }

export function CheckDialog({ purpose, check, onClose }: Props) {
  const [picked, setPicked] = useState<Candidate | null>(null)
  const title = check
    ? t('check.edit.title', { purpose: word('quality.purpose', purpose) })
    : t('check.new.title', { purpose: word('quality.purpose', purpose) })
  return (
    <Modal title={title} onClose={onClose} wide>
      {check ? (
        <LevelsForm purpose={purpose} check={check} onClose={onClose} />
      ) : picked ? (
        <LevelsForm
          purpose={purpose}
          candidate={picked}
          onBack={() => setPicked(null)}
          onClose={onClose}
        />
      ) : (
        <CaptionPicker purpose={purpose} onPick={setPicked} />
      )}
    </Modal>
  )
}

type FormProps = {
  purpose: Reference
  check?: Check
  candidate?: Candidate
  onBack?: () => void
  onClose: () => void
}

function LevelsForm({ purpose, check, candidate, onBack, onClose }: FormProps) {
  const [levels, setLevels] = useState<Partial<Levels>>(check?.levels ?? {})
  const saving = useSaving({ purpose, check, candidate, onClose })
  const missing = DIMENSIONS.filter(dimension => levels[dimension] === undefined).length
  const clip = check ?? candidate
  if (!clip) return null

  const save = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (saving.isPending || !isWhole(levels)) return
    saving.mutate({ levels, notes: notesOf(new FormData(event.currentTarget)) })
  }
  return (
    <form className="form check-form" onSubmit={save}>
      <div className="check-clip">
        <video src={clip.video_url} poster={clip.poster_url} controls loop muted playsInline />
        <p className="check-caption">{'text' in clip ? clip.text : clip.caption_text}</p>
      </div>
      <div className="check-levels">
        {DIMENSIONS.map(dimension => (
          <Reference5
            key={dimension}
            dimension={dimension}
            level={levels[dimension]}
            mean={candidate?.means?.[dimension] ?? null}
            note={check?.notes[dimension] ?? ''}
            onLevel={level => setLevels(before => ({ ...before, [dimension]: level }))}
          />
        ))}
      </div>
      {saving.error && <Banner tone="bad">{explain(problemOf(saving.error)).title}</Banner>}
      <footer className="modal-foot">
        {missing > 0 && (
          <span className="muted foot-note">{t('check.missing', { n: missing })}</span>
        )}
        {onBack && (
          <button type="button" className="button quiet" onClick={onBack}>
            {t('check.another')}
          </button>
        )}
        <button type="button" className="button" onClick={onClose}>
          {t('action.cancel')}
        </button>
        <button
          type="submit"
          className="button primary"
          aria-disabled={saving.isPending || missing > 0}
        >
          {saving.isPending ? t('action.saving') : t('action.save')}
        </button>
      </footer>
    </form>
  )
}

const isWhole = (levels: Partial<Levels>): levels is Levels =>
  DIMENSIONS.every(dimension => levels[dimension] !== undefined)

function notesOf(form: FormData): Notes {
  const said = DIMENSIONS.map(
    dimension => [dimension, String(form.get(`note-${dimension}`) ?? '').trim()] as const,
  )
  return Object.fromEntries(said.filter(([, note]) => note !== ''))
}

type Making = Pick<FormProps, 'purpose' | 'onClose'> & {
  check: Check | undefined
  candidate: Candidate | undefined
}

function useSaving({ purpose, check, candidate, onClose }: Making) {
  const { slug } = usePlace()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (body: { levels: Levels; notes: Notes }) =>
      check
        ? qualityApi.changeCheck(slug, check.item, body)
        : qualityApi.addCheck(slug, { caption: candidate?.caption ?? 0, purpose, ...body }),
    onSuccess: () => {
      queries.invalidateQueries({ queryKey: ['checks', slug] })
      queries.invalidateQueries({ queryKey: ['candidates', slug] })
      onClose()
    },
  })
}

type LevelProps = {
  dimension: Dimension
  level: Level | undefined
  mean: number | null
  note: string
  onLevel: (level: Level) => void
}

function Reference5({ dimension, level, mean, note, onLevel }: LevelProps) {
  const id = useId()
  return (
    <fieldset className="reference">
      <legend>
        {word('dimension', dimension)}
        {mean !== null && (
          <span className="muted"> {t('check.mean', { mean: decimal(mean, 1) })}</span>
        )}
      </legend>
      <LevelChoice level={level} onLevel={onLevel} />
      <label className="hidden" htmlFor={id}>
        {t('check.note', { dimension: word('dimension', dimension) })}
      </label>
      <input
        id={id}
        name={`note-${dimension}`}
        defaultValue={note}
        maxLength={500}
        placeholder={t('check.note.hint')}
        autoComplete="off"
      />
    </fieldset>
  )
}
