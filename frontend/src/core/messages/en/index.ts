/** Every sentence of the page, in English. The other languages have the same keys. */

import { adjudicate } from './adjudicate'
import { app } from './app'
import { audit } from './audit'
import { beside } from './beside'
import { data } from './data'
import { evaluation } from './evaluation'
import { leaderboard } from './leaderboard'
import { loop } from './loop'
import { overview } from './overview'
import { people } from './people'
import { quality } from './quality'
import { rate } from './rate'
import { report } from './report'
import { runs } from './runs'
import { settings } from './settings'
import { snapshots } from './snapshots'
import { votes } from './votes'
import { webhooks } from './webhooks'

export const en = {
  ...adjudicate,
  ...app,
  ...audit,
  ...data,
  ...beside,
  ...evaluation,
  ...leaderboard,
  ...loop,
  ...overview,
  ...people,
  ...quality,
  ...rate,
  ...report,
  ...runs,
  ...settings,
  ...snapshots,
  ...votes,
  ...webhooks,
}
