/** Words for the admins about one caption; as often as there is something to say. */

import { useMutation } from '@tanstack/react-query'
import { type FormEvent, type KeyboardEvent, useEffect, useId, useRef, useState } from 'react'
import { t } from '../../core/messages'
import { problemOf } from '../../core/problem'
import { Modal } from '../../ui/Modal'
import { Banner, explain } from '../../ui/Notice'
import { Ago } from '../../ui/Time'
import type { Remarks } from './useRemarks'

const LONGEST = 2000

type Props = { remarks: Remarks; onClose: () => void }

export function CommentDialog({ remarks, onClose }: Props) {
  const field = useId()
  const [text, setText] = useState('')
  const [tried, setTried] = useState(false)
  const sending = useMutation({ mutationFn: remarks.comment, onSuccess: onClose })
  const input = useRef<HTMLTextAreaElement>(null)
  useEffect(() => input.current?.focus(), [])
  const empty = text.trim() === ''
  const send = (event?: FormEvent) => {
    event?.preventDefault()
    setTried(true)
    if (!empty && !sending.isPending) sending.mutate(text.trim())
  }
  const onKey = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) send()
  }
  return (
    <Modal title={t('comment.title')} onClose={onClose}>
      <form onSubmit={send}>
        <div className="field">
          <label htmlFor={field}>{t('comment.text')}</label>
          <textarea
            ref={input}
            id={field}
            className="comment-text"
            rows={4}
            maxLength={LONGEST}
            dir="auto"
            value={text}
            aria-invalid={tried && empty}
            aria-describedby={`${field}-wrong`}
            onChange={event => setText(event.target.value)}
            onKeyDown={onKey}
          />
          <p id={`${field}-wrong`} className="wrong">
            {tried && empty ? t('comment.empty') : ''}
          </p>
        </div>
        {sending.error && <Banner tone="bad">{explain(problemOf(sending.error)).title}</Banner>}
        {remarks.comments.length > 0 && (
          <section className="comments">
            <h3>{t('comment.earlier')}</h3>
            <ul>
              {remarks.comments.map(({ id, text: said, made_at }) => (
                <li key={id}>
                  <p dir="auto">{said}</p>
                  <Ago iso={made_at} />
                </li>
              ))}
            </ul>
          </section>
        )}
        <footer className="modal-foot">
          <button type="button" className="button" onClick={onClose}>
            {t('action.cancel')}
          </button>
          <button type="submit" className="button primary" aria-disabled={sending.isPending}>
            {t('comment.send')}
          </button>
        </footer>
      </form>
    </Modal>
  )
}
