/** The captioners with all their figures. */

import { useState } from 'react'
import { Link } from 'wouter'
import { usePlace } from '../../app/session'
import { count, DASH, decimal } from '../../core/format'
import { t, word } from '../../core/messages'
import { type CaptionerRow, DIMENSIONS, type Dimension } from '../../core/types'
import { Table } from '../../ui/Table'

type Row = Pick<CaptionerRow, 'name' | 'source' | 'videos' | 'mean_involved'> &
  Partial<Pick<CaptionerRow, 'run' | 'human'>> & {
    dimensions: Partial<Record<Dimension, number | null>>
  }
type By = 'mean' | 'human' | Dimension

export function CaptionerTable({ captioners }: { captioners: readonly Row[] }) {
  const [by, setBy] = useState<By>('mean')
  const human = captioners.some(row => row.human)
  const rows = [...captioners].sort((one, other) => figureOf(other, by) - figureOf(one, by))
  const sortable = (name: By, label: string) => (
    <th key={name} scope="col" className="number" aria-sort={by === name ? 'descending' : 'none'}>
      <button type="button" className="sort" onClick={() => setBy(name)}>
        {label}
      </button>
    </th>
  )
  return (
    <Table caption={t('leaderboard.captioners')}>
      <thead>
        <tr>
          <th scope="col">{t('result.captioner')}</th>
          <th scope="col">{t('leaderboard.source')}</th>
          {sortable('mean', t('leaderboard.mean'))}
          {DIMENSIONS.map(dimension => sortable(dimension, word('dimension', dimension)))}
          {human && sortable('human', t('leaderboard.human'))}
          <th scope="col" className="number">
            {t('leaderboard.videos')}
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map(row => (
          <CaptionerLine key={`${row.name} ${row.source}`} row={row} human={human} />
        ))}
      </tbody>
    </Table>
  )
}

function CaptionerLine({ row, human }: { row: Row; human: boolean }) {
  const { slug } = usePlace()
  return (
    <tr>
      <th scope="row">
        {row.run ? <Link href={`/p/${slug}/runs/${row.run}`}>{row.name}</Link> : row.name}
      </th>
      <td>
        <span className={`tag tag-${row.source.replace(' ', '-')}`}>
          {word('source', row.source)}
        </span>
      </td>
      <td className="number">
        <strong>{decimal(row.mean_involved?.value)}</strong>
        {row.mean_involved && (
          <span className="muted interval-text">
            {t('leaderboard.interval', {
              low: decimal(row.mean_involved.low),
              high: decimal(row.mean_involved.high),
            })}
          </span>
        )}
      </td>
      {DIMENSIONS.map(dimension => (
        <td key={dimension} className="number">
          {decimal(row.dimensions[dimension])}
        </td>
      ))}
      {human && (
        <td className="number">
          {row.human ? decimal(row.human.mean) : DASH}
          {row.human && (
            <span className="muted interval-text">
              {t('leaderboard.human.n', { n: row.human.ratings })}
            </span>
          )}
        </td>
      )}
      <td className="number">{count(row.videos)}</td>
    </tr>
  )
}

function figureOf(row: Row, by: By): number {
  const value =
    by === 'mean' ? row.mean_involved?.value : by === 'human' ? row.human?.mean : row.dimensions[by]
  return value ?? Number.NEGATIVE_INFINITY
}
