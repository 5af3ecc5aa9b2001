/** The overview, in German. */

import type { overview as en } from '../en/overview'
import type { Translation } from '../translation'

export const overview: Translation<typeof en> = {
  'overview.rate.title': 'Beschreibungen bewerten',
  'overview.rate.text': 'Ein Video ansehen, seine Beschreibung lesen, fünf Antworten geben.',
  'overview.rate.start': 'Mit dem Bewerten beginnen',
  'overview.rate.mine': {
    one: 'Sie haben {n} Beschreibung bewertet.',
    other: 'Sie haben {n} Beschreibungen bewertet.',
  },
  'overview.rate.none': 'Sie haben noch nichts bewertet.',
  'overview.research.title': 'Den Kreis einmal drehen',
  'overview.research.text':
    'Bewertungen einfrieren, das Bewertungsmodell trainieren, Beschreibungen bewerten und auswählen, feinabstimmen, auswerten.',
  'overview.research.latest': 'Neueste Läufe',
  'overview.research.none': 'Es ist noch nichts gelaufen.',
  'overview.research.all': 'Alle Läufe',
  'overview.admin.title': 'Daten bringen',
  'overview.admin.text': 'Fügen Sie Videos hinzu, und Beschreibungen als .jsonl-Datei.',
  'overview.admin.open': 'Daten hinzufügen',
  'overview.progress': 'Fortschritt',
  'overview.finished': '{finished} von {items} Beschreibungen fertig',
  'overview.overlap': {
    one: 'Eine Beschreibung ist fertig, wenn {n} Person sie bewertet hat.',
    other: 'Eine Beschreibung ist fertig, wenn {n} Personen sie bewertet haben.',
  },
  'overview.stat.ratings': 'Bewertungen',
  'overview.stat.judgments': 'Urteile',
  'overview.stat.mine': 'Von Ihnen bewertet',
  'overview.stat.withdrawn': 'Herausgenommen',
  'overview.annotators': 'Bewertende',
  'overview.annotators.empty': 'Es hat noch niemand bewertet.',
  'overview.annotator': 'Person',
  'overview.ratings': 'Bewertungen',
  'overview.share': 'Anteil',
  'overview.histograms': 'Antworten je Dimension',
  'overview.histograms.empty': 'Die Antworten erscheinen hier mit der ersten Bewertung.',
  'overview.dimension': 'Dimension',
  'overview.level': 'Stufe {level}',
  'overview.empty': 'Noch nichts zu bewerten',
  'overview.empty.hint':
    'Beschreibungen erscheinen hier, sobald die Verwaltung welche hinzugefügt hat.',
}
