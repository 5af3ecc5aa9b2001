/** Words for the admins about one caption: why it is flagged, or a comment, of which it may have several. */

import { useMutation } from '@tanstack/react-query'
import { type FormEvent, type KeyboardEvent, useEffect, useId, useRef, useState } from 'react'
import { t } from '../../core/messages'
import { problemOf } from '../../core/problem'
import { Modal } from '../../ui/Modal'
import { Banner, explain } from '../../ui/Notice'
import { Ago } from '../../ui/Time'
import type { Remarks } from './useRemarks'

const LONGEST = 2000

type Props = { about: 'flag' | 'comment'; remarks: Remarks; onClose: () => void }

export function CommentDialog({ about, remarks, onClose }: Props) {
  const field = useId()
  const flagging = about === 'flag'
  const [text, setText] = useState(flagging ? (remarks.flag?.text ?? '') : '')
  const [tried, setTried] = useState(false)
  const sending = useMutation({
    mutationFn: flagging ? remarks.flagWords : remarks.comment,
    onSuccess: onClose,
  })
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
    <Modal title={flagging ? t('flag.words.title') : t('comment.title')} onClose={onClose}>
      <form onSubmit={send}>
        <div className="field">
          <label htmlFor={field}>{flagging ? t('flag.words.text') : t('comment.text')}</label>
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
        {!flagging && remarks.comments.length > 0 && (
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
