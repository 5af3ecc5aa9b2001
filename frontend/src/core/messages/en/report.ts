/** Agreement, and what annotators are like, in English. */

export const report = {
  'report.of': { one: 'Of {n} rating, computed', other: 'Of {n} ratings, computed' },
  'report.stale': 'there are other ratings since',
  'report.renew': 'Compute anew',
  'report.making': 'Computing…',
  'report.making.at': 'Computing: {dimension}…',
  'report.failed': 'The last computation failed. The server has logged why.',
  'report.none': 'No report yet',
  'report.none.hint': 'It is computed in the background, and appears here by itself.',
  'report.download': 'Download as CSV',
  'agreement.title': 'Agreement',
  'agreement.part.level': 'Levels, where the dimension is involved',
  'agreement.part.applicability': 'Involved or not',
  'agreement.hint.level':
    'Among those who found the dimension involved: how near are their levels? 1 is perfect, 0 is chance. Below each figure stands its 95 % interval, over videos.',
  'agreement.hint.applicability':
    'Does the caption speak of the dimension at all, so that it can be right or wrong? Everything but 0 is “involved” here.',
  'agreement.statistic.alpha': 'Alpha',
  'agreement.ordinal.alpha': 'Alpha, ordinal',
  'agreement.statistic.icc_mean': 'ICC(2,k)',
  'agreement.statistic.icc_single': 'ICC(2,1)',
  'agreement.statistic.ac1': 'AC1',
  'agreement.statistic.ac2': 'AC2',
  'agreement.statistic.kappa': 'Kappa',
  'agreement.ordinal.kappa': 'Kappa, quadratic',
  'agreement.statistic.exact': 'The same',
  'agreement.statistic.within_one': 'Within one',
  'agreement.means.alpha':
    'Krippendorff: agreement beyond chance, also where not everybody rated everything. Above 0.8 is good, below 0.67 says little.',
  'agreement.means.icc_mean':
    'How reliable the mean level of a caption is, with as many ratings as it has. This is what training and exports rest on.',
  'agreement.means.icc_single': 'How reliable the level of one annotator is.',
  'agreement.means.ac1':
    'Gwet: as alpha, but steady where nearly all say the same. Trust it where “not involved” is rare.',
  'agreement.means.ac2':
    'Gwet, with quadratic weights: as alpha, but steady where nearly all give one level.',
  'agreement.means.kappa':
    'Cohen, the mean over pairs of annotators. Two who share fewer than twenty captions are no pair.',
  'agreement.means.exact': 'Of pairs of ratings of a caption, the share that agree.',
  'agreement.means.within_one': 'Of pairs of ratings, the share at most one level apart.',
  'agreement.reason.no-ratings': 'Nobody has given a rating yet.',
  'agreement.reason.one-annotator': 'Only one annotator has rated.',
  'agreement.reason.no-overlap': 'No caption was rated by two annotators.',
  'agreement.reason.one-item': 'Only one caption has been rated.',
  'agreement.reason.few-shared': 'No two annotators have rated twenty captions both.',
  'agreement.reason.no-variation':
    'All ratings are the same: agreement beyond chance is undefined.',
  'agreement.reason.one-video': 'All ratings are of one video: there is no interval.',
  'agreement.reason.all-alike':
    'All videos say the same: their spread, and so the interval, is unknown.',
  'agreement.reason.too-sparse':
    'Too few videos have what the statistic needs: there is no interval.',
  'raters.title': 'What annotators are like',
  'raters.hint':
    'A model of all ratings at once. It knows nobody’s name and no gold; it compares everybody with everybody, and is unsure of who has rated little.',
  'raters.empty': 'Nobody has rated yet.',
  'raters.plot': 'Bias, in levels: right of 0 is generous, left is strict',
  'raters.ratings': 'Ratings',
  'raters.plain': 'Mean level',
  'raters.column.bias': 'Bias',
  'raters.column.noise': 'Noise',
  'raters.column.guessing': 'Guessing',
  'raters.column.sensitivity': 'Finds involved',
  'raters.column.specificity': 'Finds not involved',
  'raters.means.bias': 'so many levels more generous than the others, on the same captions',
  'raters.means.noise': 'by how many levels what they see scatters around the truth and their bias',
  'raters.means.guessing': 'the share of levels given whatever the caption says',
  'raters.means.sensitivity': 'how likely they find a dimension involved that is',
  'raters.means.specificity': 'how likely they find one not involved that is not',
} as const
