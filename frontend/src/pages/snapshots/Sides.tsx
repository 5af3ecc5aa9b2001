/** How much lies on each side of a snapshot's split. */

import { count } from '../../core/format'
import { t, word } from '../../core/messages'
import type { SnapshotWhole } from '../../core/snapshotsTypes'
import { Table } from '../../ui/Table'
import { Section } from '../runs/Section'

const SIDES = ['train', 'validation', 'test'] as const
const FIGURES = ['videos', 'captions', 'judgments'] as const

export function Sides({ snapshot: { sides, split } }: { snapshot: SnapshotWhole }) {
  if (!sides) return null
  return (
    <Section title={t('snapshot.sides')}>
      <Table caption={t('snapshot.sides')}>
        <thead>
          <tr>
            <th scope="col">{t('snapshot.side')}</th>
            {FIGURES.map(name => (
              <th key={name} scope="col" className="number">
                {t(`snapshots.column.${name}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {SIDES.map(side => (
            <tr key={side}>
              <th scope="row">{word('side', side)}</th>
              {FIGURES.map(name => (
                <td key={name} className="number">
                  {count(sides[side][name])}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </Table>
      {split && (
        <p className="muted">
          {split.salt
            ? t('snapshot.split.salted', { ...split })
            : t('snapshot.split', { validation: split.validation, test: split.test })}
        </p>
      )}
    </Section>
  )
}
