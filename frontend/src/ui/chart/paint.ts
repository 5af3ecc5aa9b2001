/** A curve as ECharts wants it, in the page's colours. */

import { count, figure } from '../../core/format'
import { t } from '../../core/messages'
import type { Engine } from './engine'

export type Drawn = {
  points: readonly (readonly [number, number])[]
  xLabel: string
  yLabel: string
  step: boolean
  /** The points' first figures are moments, in milliseconds. */
  dated?: boolean
  /** Whether x grows by factors; its marks are then those of the points. */
  log?: boolean
  /** The x of the one point that stands out. */
  mark?: number
  /** How it may go on, dashed. */
  ahead?: readonly (readonly [number, number])[]
}

export function paint(engine: Engine, element: HTMLElement, drawn: Drawn): void {
  const color = colorsOf(element)
  const axis = {
    axisLine: { lineStyle: { color: color.line } },
    axisTick: { show: false },
    axisLabel: { color: color.text, fontSize: 11, hideOverlap: true },
    nameTextStyle: { color: color.text, fontSize: 11 },
    splitLine: { lineStyle: { color: color.line } },
  }
  engine.setOption({
    animation: false,
    aria: {
      enabled: true,
      label: { description: describe(drawn) },
      decal: { show: true },
    },
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
      type: drawn.dated ? 'time' : drawn.log ? 'log' : 'value',
      name: drawn.xLabel,
      nameLocation: 'middle',
      nameGap: 24,
      min: 'dataMin',
      max: 'dataMax',
      ...axis,
      ...(drawn.log ? { axisLabel: { ...axis.axisLabel, ...marksOf(drawn.points) } } : {}),
      splitLine: { show: false },
    },
    yAxis: {
      type: 'value',
      name: drawn.yLabel,
      scale: true,
      ...axis,
      nameTextStyle: { ...axis.nameTextStyle, align: 'left' },
    },
    series: [
      {
        name: drawn.yLabel,
        type: 'line',
        data: drawn.points.map(point =>
          point[0] === drawn.mark
            ? { value: [...point], symbol: 'circle', symbolSize: 10 }
            : [...point],
        ),
        showSymbol: drawn.points.length < 20 || drawn.mark !== undefined,
        symbolSize: 5,
        step: drawn.step ? 'end' : false,
        lineStyle: { color: color.accent, width: 1.8 },
        itemStyle: { color: color.accent },
        areaStyle: { color: color.accent, opacity: 0.07, origin: 'start' },
      },
      ...(drawn.ahead ? [aheadOf(drawn.ahead, color.text)] : []),
    ],
  })
}

const marksOf = (points: Drawn['points']) => ({
  customValues: points.map(([x]) => x),
  formatter: (x: number) => count(Math.round(x)),
})

/** The curve in one sentence, for those who do not see it. The table beside it has all of it. */
export function describe({ points, yLabel }: Drawn): string {
  const values = points.map(([, value]) => value)
  return t('chart.description', {
    name: yLabel,
    n: points.length,
    first: figure(values[0] ?? 0),
    last: figure(values.at(-1) ?? 0),
  })
}

const aheadOf = (points: NonNullable<Drawn['ahead']>, color: string) => ({
  type: 'line' as const,
  data: points.map(point => [...point]),
  showSymbol: false,
  tooltip: { show: false },
  lineStyle: { color, width: 1.4, type: 'dashed' as const },
  itemStyle: { color },
})

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
