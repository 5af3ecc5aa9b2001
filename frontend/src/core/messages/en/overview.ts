/** The overview, in English. */

export const overview = {
  // Overview
  'overview.rate.title': 'Rate captions',
  'overview.rate.text': 'Watch a clip, read its caption, give five answers.',
  'overview.rate.start': 'Start rating',
  'overview.rate.mine': {
    one: 'You have rated {n} caption.',
    other: 'You have rated {n} captions.',
  },
  'overview.rate.none': 'You have not rated anything yet.',
  'overview.research.title': 'Turn the loop',
  'overview.research.text':
    'Freeze the ratings, train the scorer, score and select captions, fine-tune, evaluate.',
  'overview.research.latest': 'Latest runs',
  'overview.research.none': 'Nothing has run yet.',
  'overview.research.all': 'All runs',
  'overview.admin.title': 'Bring data',
  'overview.admin.text': 'Add videos, and captions as a .jsonl file.',
  'overview.admin.open': 'Add videos and captions',
  'overview.progress': 'Progress',
  'overview.finished': '{finished} of {items} captions finished',
  'overview.overlap': {
    one: 'A caption is finished when {n} annotator has rated it.',
    other: 'A caption is finished when {n} annotators have rated it.',
  },
  'overview.stat.ratings': 'Ratings',
  'overview.stat.judgments': 'Judgments',
  'overview.stat.mine': 'Rated by you',
  'overview.stat.withdrawn': 'Withdrawn',
  'overview.annotators': 'Annotators',
  'overview.annotators.empty': 'Nobody has rated yet.',
  'overview.annotator': 'Annotator',
  'overview.ratings': 'Ratings',
  'overview.share': 'Share',
  'overview.histograms': 'Answers per dimension',
  'overview.histograms.empty': 'The answers appear here with the first rating.',
  'overview.dimension': 'Dimension',
  'overview.level': 'Level {level}',
  'overview.empty': 'Nothing to rate yet',
  'overview.empty.hint': 'Captions appear here once an admin has added them.',
} as const
