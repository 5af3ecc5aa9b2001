/** The leaderboard, in German. */

import type { leaderboard as en } from '../en/leaderboard'
import type { Translation } from '../translation'

export const leaderboard: Translation<typeof en> = {
  'leaderboard.title': 'Rangliste',
  'leaderboard.captioners': 'Beschreibungsmodelle',
  'leaderboard.scorers': 'Bewertungsmodelle',
  'leaderboard.empty': 'Noch keine Auswertung',
  'leaderboard.empty.hint':
    'Eine fertige Auswertung oder ein fertiger Durchgang bringt die Modelle hierher.',
  'leaderboard.scorers.empty': 'Es wurde noch kein Bewertungsmodell trainiert.',
  'leaderboard.plot': 'Mittlere Stufe mit ihrem Intervall, je Beschreibungsmodell',
  'leaderboard.mean': 'Mittlere Stufe',
  'leaderboard.interval': '{low} bis {high}',
  'leaderboard.videos': 'Videos',
  'leaderboard.human': 'Menschen',
  'leaderboard.human.n': { one: '{n} Bewertung', other: '{n} Bewertungen' },
  'leaderboard.source': 'Herkunft',
  'leaderboard.run': 'Lauf',
  'leaderboard.readout': 'Ablesung',
  'leaderboard.finished': 'Fertig',
  'leaderboard.ratings': 'Urteile',
}
