/** The loss on videos that teach nothing, by which an early stopping chose the weights. */

import { count, decimal, figure } from '../../../../core/format'
import { t } from '../../../../core/messages'
import type { Look, ScorerResult } from '../../../../core/results'
import { bestLook } from '../../../../core/scorerBeside'
import { Curve } from '../../../../ui/chart/Curve'
import { Table } from '../../../../ui/Table'
import { Section } from '../../Section'

export function Looks({ result: { looks = [], steps } }: { result: Partial<ScorerResult> }) {
  const best = bestLook(looks)
  if (!best) return null
  return (
    <Section title={t('looks.title')}>
      <p className="note">
        {t('looks.best', { step: count(best.step), loss: decimal(best.held_out, 3) })}
        {steps !== undefined && <> {t('looks.steps', { n: steps })}</>}
      </p>
      <Curve
        title={t('looks.held_out')}
        points={looks.map(({ step, held_out }) => [step, held_out] as const)}
        xLabel={t('run.curve.step')}
        yLabel={t('looks.held_out')}
        mark={best.step}
        table={<LooksTable looks={looks} best={best} />}
      />
    </Section>
  )
}

function LooksTable({ looks, best }: { looks: readonly Look[]; best: Look }) {
  return (
    <Table caption={t('looks.title')}>
      <thead>
        <tr>
          <th scope="col">{t('run.curve.step')}</th>
          <th scope="col" className="number">
            {t('looks.batch')}
          </th>
          <th scope="col" className="number">
            {t('looks.held_out')}
          </th>
        </tr>
      </thead>
      <tbody>
        {looks.map(look => (
          <tr key={look.step}>
            <th scope="row">
              {count(look.step)} {look === best && <span className="muted">{t('looks.kept')}</span>}
            </th>
            <td className="number">{figure(look.loss)}</td>
            <td className="number">
              {look === best ? <strong>{figure(look.held_out)}</strong> : figure(look.held_out)}
            </td>
          </tr>
        ))}
      </tbody>
    </Table>
  )
}
