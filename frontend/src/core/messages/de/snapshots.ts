/** Snapshots, in German. */

import type { snapshots as en } from '../en/snapshots'
import type { Translation } from '../translation'

export const snapshots: Translation<typeof en> = {
  'snapshots.title': 'Snapshots',
  'snapshots.intro':
    'Ein Snapshot ist alles, was bisher bewertet wurde, eingefroren unter einer Prüfsumme. Läufe bauen auf einem auf.',
  'snapshots.freeze': 'Snapshot einfrieren',
  'snapshots.freezing': 'Wird eingefroren …',
  'snapshots.frozen': 'Der Snapshot {digest} ist eingefroren.',
  'snapshots.same': 'Seit dem Snapshot {digest} hat sich nichts geändert.',
  'snapshots.empty': 'Noch kein Snapshot',
  'snapshots.empty.hint':
    'Frieren Sie einen ein, um die Bewertungen mitzunehmen oder um sie zitieren zu können.',
  'snapshots.column.digest': 'Snapshot',
  'snapshots.column.asOf': 'Stand',
  'snapshots.column.by': 'Von',
  'snapshots.column.videos': 'Videos',
  'snapshots.column.captions': 'Beschreibungen',
  'snapshots.column.judgments': 'Urteile',
  'snapshots.column.export': 'Export',
  'snapshots.jsonl': 'JSONL exportieren',
  'snapshots.csv': 'CSV exportieren',
  'snapshots.manifest': 'Verzeichnis',
  'snapshots.system': 'ein Lauf',
  'snapshots.unrated': 'noch keine Bewertung',
}
