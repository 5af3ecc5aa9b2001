/** The parts of ECharts that we use. Loaded only by pages with a curve. */

import { LineChart } from 'echarts/charts'
import { AriaComponent, GridComponent, TooltipComponent } from 'echarts/components'
import { init, use } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'

use([LineChart, AriaComponent, GridComponent, TooltipComponent, SVGRenderer])

export type Engine = ReturnType<typeof init>

export const draw = (element: HTMLElement): Engine => init(element, null, { renderer: 'svg' })
