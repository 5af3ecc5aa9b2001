/** What was changed in a text: struck out what is gone, marked what is new. */

import { useMemo } from 'react'
import { t } from '../../core/messages'
import { type Piece, wordDiff } from '../../core/wordDiff'

export function Diff({ before, after }: { before: string; after: string }) {
  const pieces = useMemo(() => numbered(wordDiff(before, after)), [before, after])
  return (
    <p className="diff">
      {pieces.map(({ at, kind, text }) =>
        kind === 'same' ? (
          <span key={at}>{text}</span>
        ) : kind === 'gone' ? (
          <del key={at}>
            <span className="hidden">{t('twin.gone')} </span>
            {text}
          </del>
        ) : (
          <ins key={at}>
            <span className="hidden">{t('twin.new.word')} </span>
            {text}
          </ins>
        ),
      )}
    </p>
  )
}

const numbered = (pieces: readonly Piece[]) => pieces.map((piece, at) => ({ ...piece, at }))
