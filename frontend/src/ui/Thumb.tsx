/** A video's poster, small, that opens the video. */

import { useState } from 'react'
import { t } from '../core/messages'
import { Icon } from './icons'
import { Modal } from './Modal'

type Props = { src: string; href: string; name: string }

export function Thumb({ src, href, name }: Props) {
  const [open, setOpen] = useState(false)
  const [broken, setBroken] = useState(false)
  return (
    <>
      <button
        type="button"
        className="thumb"
        aria-label={t('result.play', { name })}
        onClick={() => setOpen(true)}
      >
        {broken ? (
          <Icon name="film" />
        ) : (
          <img
            src={src}
            alt=""
            loading="lazy"
            width={96}
            height={54}
            onError={() => setBroken(true)}
          />
        )}
      </button>
      {open && (
        <Modal title={name} onClose={() => setOpen(false)} wide>
          <video
            className="modal-video"
            src={href}
            poster={src}
            controls
            autoPlay
            loop
            muted
            playsInline
          />
        </Modal>
      )}
    </>
  )
}
