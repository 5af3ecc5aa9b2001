/** Whether the scorer sees what is wrong with a spoiled caption, and only that. */

import { count, DASH, decimal } from '../../../../core/format'
import { t, word } from '../../../../core/messages'
import type { Twins } from '../../../../core/results'
import { ofOneVideo, TWIN_FIGURES, type TwinFigures, twinRows } from '../../../../core/scorerBeside'
import { Empty } from '../../../../ui/Notice'
import { Table } from '../../../../ui/Table'
import { Section } from '../../Section'
import { ValueCell } from './FiguresTable'

export function DegradedTwins({ twins }: { twins: Twins | undefined }) {
  if (!twins) return null
  return (
    <Section title={t('twins.title')}>
      {twins.twins === 0 ? (
        <Empty title={t('twins.empty')} hint={t('twins.empty.hint')} />
      ) : (
        <>
          <p className="note">
            {t('twins.note')} {ofOneVideo(twins) && t('evaluation.oneVideo')}
          </p>
          <div className="stacked-figures">
            <TwinsTable twins={twins} />
          </div>
          <dl className="legend">
            {TWIN_FIGURES.map(figure => (
              <div key={figure}>
                <dt>{word('twins.name', figure)}</dt>
                <dd>{t(`twins.means.${figure}`, { fall: decimal(twins.fall, 1) })}</dd>
              </div>
            ))}
          </dl>
        </>
      )}
    </Section>
  )
}

function TwinsTable({ twins }: { twins: Twins }) {
  return (
    <Table caption={t('twins.title')}>
      <thead>
        <tr>
          <th scope="col">{t('twins.wrong')}</th>
          <th scope="col" className="number">
            {t('twins.count')}
          </th>
          {TWIN_FIGURES.map(figure => (
            <th key={figure} scope="col" className="number">
              {word('twins.name', figure)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {twinRows(twins).map(({ dimension, twins: made, figures }) => (
          <Row key={dimension} name={word('dimension', dimension)} made={made} figures={figures} />
        ))}
        <Row name={t('result.all')} made={twins.twins} figures={twins.overall} />
      </tbody>
    </Table>
  )
}

function Row(props: { name: string; made: number | null; figures: TwinFigures }) {
  const { name, made, figures } = props
  return (
    <tr className="figure-row">
      <th scope="row">{name}</th>
      <td className="number">{made === null ? DASH : count(made)}</td>
      {TWIN_FIGURES.map(figure => (
        <ValueCell key={figure} value={figures[figure] ?? null} strong />
      ))}
    </tr>
  )
}
