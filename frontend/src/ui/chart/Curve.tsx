/** One curve, drawn, or written out as a table for those who would rather read it. */

import { useEffect, useRef } from 'react'
import { decimal, figure } from '../../core/format'
import { Table } from '../Table'
import { ChartOrTable } from './ChartOrTable'
import type { Engine } from './engine'

type Props = {
  title: string
  points: readonly (readonly [number, number])[]
  xLabel: string
  yLabel: string
  xDigits?: number
  step?: boolean
  /** Whether the newest figure is worth saying beside the title. */
  latest?: boolean
}

const MOST_ROWS = 200

export function Curve({
  title,
  points,
  xLabel,
  yLabel,
  xDigits = 0,
  step = false,
  latest = false,
}: Props) {
  const every = Math.ceil(points.length / MOST_ROWS)
  const rows = points.filter((_, index) => index % every === 0 || index === points.length - 1)
  const last = points.at(-1)
  return (
    <ChartOrTable
      title={title}
      note={latest && last && <span className="figure-now">{figure(last[1])}</span>}
      chart={<Drawing points={points} xLabel={xLabel} yLabel={yLabel} step={step} />}
      table={
        <Table caption={title}>
          <thead>
            <tr>
              <th scope="col">{xLabel}</th>
              <th scope="col" className="number">
                {yLabel}
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map(([x, y]) => (
              <tr key={x}>
                <th scope="row">{xDigits > 0 ? decimal(x, xDigits) : x}</th>
                <td className="number">{figure(y)}</td>
              </tr>
            ))}
          </tbody>
        </Table>
      }
    />
  )
}

type DrawingProps = Required<Pick<Props, 'points' | 'xLabel' | 'yLabel' | 'step'>>

function Drawing({ points, xLabel, yLabel, step }: DrawingProps) {
  const box = useRef<HTMLDivElement>(null)
  const engine = useRef<Engine | null>(null)
  const latest = useRef<DrawingProps>({ points, xLabel, yLabel, step })

  useEffect(() => {
    latest.current = { points, xLabel, yLabel, step }
    paint(engine.current, box.current, latest.current)
  }, [points, xLabel, yLabel, step])

  useEffect(() => {
    const element = box.current
    if (!element) return
    let left = false
    const repaint = () => paint(engine.current, element, latest.current)
    import('./engine').then(({ draw }) => {
      if (left) return
      engine.current = draw(element)
      repaint()
    })
    const resized = new ResizeObserver(() => engine.current?.resize())
    resized.observe(element)
    const dark = matchMedia('(prefers-color-scheme: dark)')
    dark.addEventListener('change', repaint)
    const themed = new MutationObserver(repaint)
    themed.observe(document.documentElement, { attributeFilter: ['data-theme'] })
    return () => {
      left = true
      resized.disconnect()
      themed.disconnect()
      dark.removeEventListener('change', repaint)
      engine.current?.dispose()
      engine.current = null
    }
  }, [])

  return <div ref={box} className="curve" aria-hidden="true" />
}

function paint(engine: Engine | null, element: HTMLElement | null, props: DrawingProps): void {
  if (!engine || !element) return
  const color = colorsOf(element)
  const axis = {
    axisLine: { lineStyle: { color: color.line } },
    axisTick: { show: false },
    axisLabel: { color: color.text, fontSize: 11 },
    nameTextStyle: { color: color.text, fontSize: 11 },
    splitLine: { lineStyle: { color: color.line } },
  }
  engine.setOption({
    animation: false,
    grid: {
      left: 8,
      right: 16,
      top: 30,
      bottom: 26,
      outerBoundsMode: 'same',
      outerBoundsContain: 'axisLabel',
    },
    // Drawn, not HTML: a tooltip of HTML needs inline styles, which the page does not allow.
    tooltip: {
      trigger: 'axis',
      renderMode: 'richText',
      valueFormatter: (value: unknown) => figure(Number(value)),
      backgroundColor: color.surface,
      borderColor: color.line,
      textStyle: { color: color.ink, fontSize: 12 },
      axisPointer: { lineStyle: { color: color.text } },
    },
    xAxis: {
      type: 'value',
      name: props.xLabel,
      nameLocation: 'middle',
      nameGap: 24,
      min: 'dataMin',
      max: 'dataMax',
      ...axis,
      splitLine: { show: false },
    },
    yAxis: {
      type: 'value',
      name: props.yLabel,
      scale: true,
      ...axis,
      nameTextStyle: { ...axis.nameTextStyle, align: 'left' },
    },
    series: [
      {
        name: props.yLabel,
        type: 'line',
        data: props.points.map(point => [...point]),
        showSymbol: props.points.length < 20,
        symbolSize: 5,
        step: props.step ? 'end' : false,
        lineStyle: { color: color.accent, width: 1.8 },
        itemStyle: { color: color.accent },
        areaStyle: { color: color.accent, opacity: 0.07, origin: 'start' },
      },
    ],
  })
}

/** A drawing needs colours it can compute with; the page's tokens know light and dark. */
function colorsOf(element: HTMLElement) {
  const { body } = element.ownerDocument
  // A new element for each: on an old one the colour before would still be fading out.
  const resolve = (token: string) => {
    const probe = element.ownerDocument.createElement('span')
    probe.style.color = `var(${token})`
    body.append(probe)
    const { color } = getComputedStyle(probe)
    probe.remove()
    return color
  }
  return {
    accent: resolve('--accent'),
    ink: resolve('--ink'),
    text: resolve('--ink-3'),
    line: resolve('--line'),
    surface: resolve('--raised'),
  }
}
