/** Where files are dropped or chosen: videos go up at once, other files are looked at first. */

import { type DragEvent, type RefObject, useId, useRef, useState } from 'react'
import { bytes, percent } from '../../core/format'
import { DATA, kindOf } from '../../core/importing'
import { t, word } from '../../core/messages'
import { Icon } from '../../ui/icons'
import { Meter } from '../../ui/Meter'
import { ImportWizard } from './ImportWizard'
import { Report } from './Report'
import { type Going, type Upload, useUploads } from './useUploads'

const EXAMPLE = '{"video": "clip-1.mp4", "source": "my-captioner", "caption": "A dog runs."}'
const ACCEPT = ['video/*', '.mkv', '.ts', ...DATA.map(one => `.${one}`)].join()

export function UploadZone() {
  const id = useId()
  const videos = useUploads()
  const [files, setFiles] = useState<{ id: number; file: File }[]>([])
  const last = useRef(0)
  const choose = useRef<HTMLButtonElement>(null)

  const add = (given: readonly File[]) => {
    const held = given.filter(file => kindOf(file.name) === 'data')
    const others = given.filter(file => kindOf(file.name) !== 'data')
    if (others.length > 0) videos.add(others)
    const numbered = held.map(file => {
      last.current += 1
      return { id: last.current, file }
    })
    setFiles(before => [...before, ...numbered])
  }
  const drop = (done: number) => {
    // Whoever is at the keyboard goes on where the next file is chosen, not at the page's top.
    if (document.activeElement?.closest('.wizard')) choose.current?.focus()
    setFiles(before => before.filter(one => one.id !== done))
  }
  return (
    <section className="panel" aria-labelledby={id}>
      <header className="panel-head">
        <h2 id={id}>{t('upload.title')}</h2>
      </header>
      <DropBox choose={choose} onFiles={add} />
      <details className="format">
        <summary>{t('upload.format')}</summary>
        <p>{t('upload.format.text')}</p>
        <pre>{EXAMPLE}</pre>
      </details>
      {videos.uploads.length > 0 && <Uploads {...videos} />}
      {files.map(({ id: number, file }) => (
        <ImportWizard key={number} file={file} waiting={videos.busy} onDone={() => drop(number)} />
      ))}
    </section>
  )
}

type DropBoxProps = {
  choose: RefObject<HTMLButtonElement | null>
  onFiles: (files: readonly File[]) => void
}

function DropBox({ choose, onFiles }: DropBoxProps) {
  const [over, setOver] = useState(false)
  const input = useRef<HTMLInputElement>(null)
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    onFiles([...event.dataTransfer.files])
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the button inside does the same
    <div
      className="drop"
      data-over={over || undefined}
      onDragOver={event => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <Icon name="upload" size={24} />
      <p>
        {t('upload.drop')}{' '}
        <button
          ref={choose}
          type="button"
          className="button"
          onClick={() => input.current?.click()}
        >
          {t('upload.choose')}
        </button>
      </p>
      <p className="muted">{t('upload.hint')}</p>
      <input
        ref={input}
        className="hidden"
        type="file"
        multiple
        accept={ACCEPT}
        tabIndex={-1}
        aria-label={t('upload.choose')}
        onChange={event => {
          onFiles([...(event.target.files ?? [])])
          event.target.value = ''
        }}
      />
    </div>
  )
}

type UploadsProps = { uploads: readonly Upload[]; busy: boolean; clear: () => void }

function Uploads({ uploads, busy, clear }: UploadsProps) {
  return (
    <>
      <ul className="uploads" aria-label={t('upload.queue')}>
        {uploads.map(upload => (
          <UploadRow key={upload.id} upload={upload} />
        ))}
      </ul>
      <p className="hidden" role="status">
        {t('upload.done', { n: uploads.filter(({ going }) => going.state === 'done').length })}
      </p>
      {!busy && (
        <button type="button" className="button quiet small" onClick={clear}>
          {t('upload.clear')}
        </button>
      )}
    </>
  )
}

function UploadRow({ upload: { file, going } }: { upload: Upload }) {
  return (
    <li className="upload">
      <div className="upload-head">
        <span className="name">{file.name}</span>
        <span className="muted">{bytes(file.size)}</span>
        <span className="spring" />
        <Fate going={going} />
      </div>
      {going.state === 'sending' && <Meter value={going.share} label={file.name} />}
      {going.state === 'failed' && <p className="wrong">{going.reason}</p>}
      {going.state === 'done' && <Report report={going.report} />}
    </li>
  )
}

function Fate({ going }: { going: Going }) {
  if (going.state === 'waiting') return <span className="muted">{t('upload.waiting')}</span>
  if (going.state === 'handed') return <span className="tag">{t('upload.handed')}</span>
  if (going.state === 'failed')
    return <span className="tag tag-refused">{t('outcome.failed')}</span>
  if (going.state === 'done') {
    const { outcome } = going.report
    return <span className={`tag tag-${outcome}`}>{word('outcome', outcome)}</span>
  }
  return (
    <span className="muted">
      {going.share < 1
        ? t('upload.sending', { share: percent(going.share) })
        : t('upload.checking')}
    </span>
  )
}
