/** The leaderboard, in English. */

export const leaderboard = {
  // Leaderboard
  'leaderboard.title': 'Leaderboard',
  'leaderboard.captioners': 'Captioners',
  'leaderboard.scorers': 'Scorers',
  'leaderboard.empty': 'No evaluation yet',
  'leaderboard.empty.hint': 'A finished evaluation or turn puts its captioners here.',
  'leaderboard.scorers.empty': 'No scorer was trained yet.',
  'leaderboard.plot': 'Mean level with its interval, by captioner',
  'leaderboard.mean': 'Mean level',
  'leaderboard.interval': '{low} to {high}',
  'leaderboard.videos': 'Videos',
  'leaderboard.human': 'People',
  'leaderboard.human.n': { one: '{n} rating', other: '{n} ratings' },
  'leaderboard.source': 'Source',
  'leaderboard.run': 'Run',
  'leaderboard.readout': 'Read-out',
  'leaderboard.finished': 'Finished',
  'leaderboard.ratings': 'Judgments',
} as const
