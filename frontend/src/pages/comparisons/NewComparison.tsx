/** Set up a blind vote: which captioners, on how many videos, by how many people. */

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useId, useState } from 'react'
import { usePlace } from '../../app/session'
import { t } from '../../core/messages'
import { problemOf } from '../../core/problem'
import { votesApi } from '../../core/votesApi'
import { Modal } from '../../ui/Modal'
import { Banner, explain, Failure, Skeleton } from '../../ui/Notice'

export function NewComparison({ onClose }: { onClose: () => void }) {
  const { slug } = usePlace()
  const id = useId()
  const queries = useQueryClient()
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const [tooFew, setTooFew] = useState(false)
  const captioners = useQuery({
    queryKey: ['captioners', slug],
    queryFn: () => votesApi.captioners(slug),
  })
  const making = useMutation({
    mutationFn: (form: FormData) =>
      votesApi.compare(slug, {
        name: String(form.get('name')).trim(),
        captioners: [...chosen],
        kind: String(form.get('kind')).trim(),
        overlap: Number(form.get('overlap')),
        videos: form.get('videos') ? Number(form.get('videos')) : null,
      }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['comparisons', slug] })
      onClose()
    },
  })
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    setTooFew(chosen.size < 2)
    if (chosen.size >= 2 && !making.isPending) making.mutate(new FormData(event.currentTarget))
  }
  const toggle = (name: string) => {
    const after = new Set(chosen)
    if (!after.delete(name)) after.add(name)
    setChosen(after)
  }
  return (
    <Modal title={t('comparison.new')} onClose={onClose}>
      <form className="comparison-form" onSubmit={submit}>
        <div className="field">
          <label htmlFor={`${id}-name`}>{t('comparison.name')}</label>
          <input id={`${id}-name`} name="name" required maxLength={100} />
        </div>
        <fieldset className="choices" aria-describedby={`${id}-hint`}>
          <legend>{t('comparison.captioners')}</legend>
          {captioners.data?.map(({ name }) => (
            <label key={name} className="choice">
              <input type="checkbox" checked={chosen.has(name)} onChange={() => toggle(name)} />
              <span>{name}</span>
            </label>
          ))}
          {captioners.error && <Failure error={captioners.error} retry={captioners.refetch} />}
          {captioners.isPending && <Skeleton lines={2} />}
          <p id={`${id}-hint`} className="muted">
            {t('comparison.captioners.hint')}
          </p>
          <p className="wrong" role="alert">
            {tooFew && chosen.size < 2 && t('comparison.captioners.few')}
          </p>
        </fieldset>
        <div className="field">
          <label htmlFor={`${id}-kind`}>{t('comparison.kind')}</label>
          <input id={`${id}-kind`} name="kind" required defaultValue="detailed" maxLength={32} />
        </div>
        <div className="field">
          <label htmlFor={`${id}-overlap`}>{t('comparison.overlap')}</label>
          <input
            id={`${id}-overlap`}
            name="overlap"
            type="number"
            required
            min={1}
            max={1000}
            defaultValue={1}
          />
        </div>
        <div className="field">
          <label htmlFor={`${id}-videos`}>{t('comparison.videos')}</label>
          <input id={`${id}-videos`} name="videos" type="number" min={1} />
        </div>
        {making.error && <Banner tone="bad">{explain(problemOf(making.error)).title}</Banner>}
        <footer className="modal-foot">
          <button type="button" className="button" onClick={onClose}>
            {t('action.cancel')}
          </button>
          <button type="submit" className="button primary" aria-disabled={making.isPending}>
            {t('comparison.start')}
          </button>
        </footer>
      </form>
    </Modal>
  )
}
