/** Snapshots, in English. */

export const snapshots = {
  // Snapshots
  'snapshots.title': 'Snapshots',
  'snapshots.intro':
    'A snapshot is everything rated so far, frozen under a checksum. Runs are built on one.',
  'snapshots.freeze': 'Freeze snapshot',
  'snapshots.freezing': 'Freezing…',
  'snapshots.frozen': 'Snapshot {digest} is frozen.',
  'snapshots.same': 'Nothing has changed since snapshot {digest}.',
  'snapshots.empty': 'No snapshot yet',
  'snapshots.empty.hint': 'Freeze one to export the ratings, or to have something to cite.',
  'snapshots.column.digest': 'Snapshot',
  'snapshots.column.asOf': 'As of',
  'snapshots.column.by': 'By',
  'snapshots.column.videos': 'Videos',
  'snapshots.column.captions': 'Captions',
  'snapshots.column.judgments': 'Judgments',
  'snapshots.column.export': 'Export',
  'snapshots.jsonl': 'Export JSONL',
  'snapshots.csv': 'Export CSV',
  'snapshots.manifest': 'Manifest',
  'snapshots.system': 'a run',
  'snapshots.unrated': 'no rating yet',
} as const
