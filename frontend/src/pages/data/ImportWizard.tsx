/** A file before its import: how it begins, what its columns are, a try, and the import itself. */

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { usePlace } from '../../app/session'
import { bytes, list, percent } from '../../core/format'
import { formFor, type ImportForm, missing, options } from '../../core/importForm'
import { importsApi, type Preview } from '../../core/importsApi'
import { t, word } from '../../core/messages'
import { problemOf } from '../../core/problem'
import { Meter } from '../../ui/Meter'
import { Banner, explain, Failure, Skeleton } from '../../ui/Notice'
import { FirstRows } from './FirstRows'
import { MappedColumns } from './MappedColumns'

type Props = { file: File; waiting: boolean; onDone: () => void }

export function ImportWizard({ file, waiting, onDone }: Props) {
  const id = useId()
  const { slug } = usePlace()
  const look = useQuery({
    queryKey: ['preview', slug, id],
    queryFn: () => importsApi.preview(slug, file),
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  })
  return (
    <section className="wizard" aria-labelledby={id}>
      <div className="upload-head">
        <h3 id={id} className="name">
          {file.name}
        </h3>
        <span className="muted">{bytes(file.size)}</span>
        <span className="spring" />
        <button
          type="button"
          className="button quiet small"
          aria-label={t('wizard.remove.of', { name: file.name })}
          onClick={onDone}
        >
          {t('wizard.remove')}
        </button>
      </div>
      {look.data ? (
        <Steps file={file} preview={look.data} waiting={waiting} onDone={onDone} />
      ) : look.error ? (
        <Failure error={look.error} retry={() => look.refetch()} />
      ) : (
        <Skeleton lines={4} />
      )}
    </section>
  )
}

function Steps({ file, preview, waiting, onDone }: Props & { preview: Preview }) {
  const { slug } = usePlace()
  const queries = useQueryClient()
  const [form, setForm] = useState<ImportForm>(() => formFor(preview))
  const [sent, setSent] = useState(0)
  const lacking = missing(form, preview.format)
  const start = useMutation({
    mutationFn: (dry: boolean) => {
      setSent(0)
      const wish = { ...options(form, preview), dry_run: String(dry) }
      return importsApi.start(slug, file, wish, setSent)
    },
    onSuccess: (_, dry) => {
      queries.invalidateQueries({ queryKey: ['import-jobs', slug] })
      if (!dry) onDone()
    },
  })
  const stopped = lacking.length > 0 || start.isPending
  return (
    <>
      <FirstRows preview={preview} />
      <MappedColumns preview={preview} form={form} onChange={setForm} />
      {lacking.length > 0 && (
        <p className="wrong">{t('wizard.missing', { fields: list(lacking.map(eitherOf)) })}</p>
      )}
      {waiting && <p className="muted">{t('wizard.waiting')}</p>}
      {start.error && <Banner tone="bad">{explain(problemOf(start.error)).title}</Banner>}
      {start.isPending && <Meter value={sent} label={file.name} />}
      <div className="actions">
        <button
          type="button"
          className="button"
          aria-disabled={stopped}
          onClick={() => !stopped && start.mutate(true)}
        >
          {t('wizard.try')}
        </button>
        <button
          type="button"
          className="button primary"
          aria-disabled={stopped || waiting}
          onClick={() => !stopped && !waiting && start.mutate(false)}
        >
          {t('wizard.import')}
        </button>
        <span className="muted" role="status">
          {start.isPending && t('upload.sending', { share: percent(sent) })}
          {start.isSuccess && t('wizard.tried')}
        </span>
      </div>
    </>
  )
}

const eitherOf = (fields: readonly string[]) =>
  fields.map(field => word('field', field)).join(' / ')
