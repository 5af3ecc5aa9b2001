/** Dimension by dimension, what everybody said. A column is a person; what is disputed stands out. */

import type { GivenRating, Story } from '../../core/adjudicationApi'
import type { Dispute } from '../../core/dispute'
import { t, word } from '../../core/messages'
import { DIMENSIONS, type Dimension } from '../../core/types'
import { Table } from '../../ui/Table'

type Props = {
  story: Story
  disputed: Record<Dimension, Dispute>
  onReturn: ((rating: GivenRating) => void) | undefined
}

export function RatingsTable({ story, disputed, onReturn }: Props) {
  const { ratings, decided } = story
  const settled = Object.keys(decided).length > 0
  return (
    <Table caption={t('adjudicate.ratings')}>
      <thead>
        <tr>
          <th scope="col">{t('adjudicate.column.dimension')}</th>
          {ratings.map(rating => (
            <th key={rating.slot} scope="col" className="case-rater">
              {rating.annotator}
              <Marks rating={rating} />
            </th>
          ))}
          {settled && <th scope="col">{t('adjudicate.column.decided')}</th>}
        </tr>
      </thead>
      <tbody>
        {DIMENSIONS.map(dimension => (
          <tr key={dimension} data-disputed={disputed[dimension] ?? undefined}>
            <th scope="row">
              {word('dimension', dimension)}
              {disputed[dimension] && (
                <span className="tag tag-urgent">
                  {word('adjudicate.dispute', disputed[dimension])}
                </span>
              )}
            </th>
            {ratings.map(({ slot, levels }) => (
              <td key={slot}>
                <LevelMark level={levels[dimension]} />
              </td>
            ))}
            {settled && (
              <td className="case-decided">
                <LevelMark level={decided[dimension]} />
              </td>
            )}
          </tr>
        ))}
        {onReturn && (
          <tr>
            <td />
            {ratings.map(rating => (
              <td key={rating.slot}>
                {!rating.returned && (
                  <button type="button" className="button small" onClick={() => onReturn(rating)}>
                    {t('adjudicate.sendBack')}
                    <span className="hidden"> {rating.annotator}</span>
                  </button>
                )}
              </td>
            ))}
            {settled && <td />}
          </tr>
        )}
      </tbody>
    </Table>
  )
}

function Marks({ rating: { late, revision, returned } }: { rating: GivenRating }) {
  return (
    <span className="tags">
      {late && <span className="tag">{t('adjudicate.late')}</span>}
      {revision > 1 && <span className="tag">{t('adjudicate.revised')}</span>}
      {returned && <span className="tag tag-urgent">{t('adjudicate.returned')}</span>}
    </span>
  )
}

function LevelMark({ level }: { level: number | undefined }) {
  if (level === undefined) return null
  const phrase = word('rate.rubric', `${level}.phrase`)
  return (
    <span className="levels-line" title={phrase}>
      <kbd data-level={level}>{level}</kbd>
      <span className="hidden">{phrase}</span>
    </span>
  )
}
