/** What stands beside a scorer's report, in English. */

export const beside = {
  'beside.title': 'Beside it',
  'beside.note': 'What a scorer must beat on the same captions to be worth its training.',
  'beside.scorer': 'This scorer',
  'beside.ahead': 'better than the scorer',
  'beside.figure.srcc': 'SRCC',
  'beside.figure.mae': 'MAE',
  'beside.figure.pairs': 'Pairs',
  'beside.figure.regret': 'Regret',
  'beside.name.constant': 'Always the same',
  'beside.name.length': 'Caption length',
  'beside.name.blind': 'Blind',
  'beside.name.zero_shot': 'Untrained',
  'beside.name.one_hot': 'One-hot targets',
  'beside.means.constant': "People's mean level of each dimension, whatever the caption.",
  'beside.means.length': 'The longer a caption, the better.',
  'beside.means.blind': 'The scorer itself before a grey video: what the text alone gives away.',
  'beside.means.zero_shot': 'The same model before it learnt from ratings.',
  'beside.means.one_hot':
    'The same ratings, taught as one right level each instead of the shares of people.',
  'more.title': 'What more ratings would bring',
  'more.note':
    'The same training on the first eighth, quarter and half of the videos, and on all. Where the curve still climbs at its end, more ratings are worth collecting; each step to the right doubles them.',
  'more.curve': 'SRCC by the number of judgments',
  'more.judgments': 'Judgments',
  'looks.title': 'Looks at held-out videos',
  'looks.best':
    'The weights of step {step} were kept: there the loss on videos that teach nothing was lowest, {loss}.',
  'looks.steps': {
    one: 'The training took {n} step.',
    other: 'The training took {n} steps.',
  },
  'looks.batch': 'Loss of its batch',
  'looks.held_out': 'Loss on held-out videos',
  'looks.kept': '(kept)',
  'twins.title': 'Degraded twins',
  'twins.note':
    'A twin is a good caption of which one dimension was made wrong: that one should fall, and the others should stay.',
  'twins.empty': 'No twin could be tested',
  'twins.empty.hint':
    'Only captions that the rules understand, or twins given by hand, can be tested. The rules know the language of the miniature world; twins of your own go to “scorer evaluate --twins”.',
  'twins.wrong': 'Made wrong',
  'twins.count': 'Twins',
  'twins.name.sensitivity': 'Sensitivity',
  'twins.name.specificity': 'Specificity',
  'twins.name.located': 'Located',
  'twins.means.sensitivity': 'How often the dimension fell by {fall} levels; 1 is best.',
  'twins.means.specificity':
    'How often another dimension did not move by {fall} levels; 1 is best.',
  'twins.means.located': 'How often no other dimension fell as far; 1 is best.',
} as const
