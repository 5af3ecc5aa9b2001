/** Blind votes, in German. */

import type { votes as en } from '../en/votes'
import type { Translation } from '../translation'

export const votes: Translation<typeof en> = {
  'vote.title': 'Abstimmen',
  'vote.question': 'Welche Beschreibung trifft das Video besser?',
  'vote.caption': 'Beschreibung {side}',
  'vote.choice.first': 'A ist besser',
  'vote.choice.second': 'B ist besser',
  'vote.choice.tie': 'Gleich gut',
  'vote.choice.both-bad': 'Beide schlecht',
  'vote.choose': 'Wählen Sie eine der vier Antworten.',
  'vote.sendsItself':
    'Sie wird von selbst abgesendet; {key} nimmt sie zurück, wenn Sie gleich drücken.',
  'vote.pending': '{answer}. {key} nimmt das zurück.',
  'vote.chosen': '{answer}: senden Sie das ab, oder wählen Sie anders.',
  'vote.chosen.key': '{answer}: {key} sendet das ab.',
  'vote.refused': 'Der Server hat diese Stimme nicht angenommen',
  'vote.elsewhere': 'In einem anderen Tab abgestimmt. Hier ist das nächste Paar.',
  'vote.submit': 'Absenden',
  'vote.empty.all-done': 'Über alle Paare ist abgestimmt',
  'vote.empty.all-done.hint': 'In diesem Projekt ist nichts mehr zu vergleichen. Vielen Dank.',
  'vote.empty.yours-done': 'Sie haben über alle Paare abgestimmt, die für Sie offen waren',
  'vote.empty.yours-done.hint': 'Der Rest wartet auf andere. Vielen Dank.',
  'vote.empty.on-loan': 'Über den Rest stimmen gerade andere ab',
  'vote.empty.on-loan.hint': 'Ein Paar kommt zu Ihnen zurück, wenn jemand es nicht zu Ende bringt.',
  'vote.empty.on-loan.at':
    'Das nächste ist vielleicht um {time} frei. Diese Seite sieht von selbst nach.',
  'vote.empty.empty': 'Noch nichts zu vergleichen',
  'vote.empty.empty.hint':
    'Paare erscheinen hier, sobald die Verwaltung eine blinde Abstimmung begonnen hat.',
  'vote.empty.not-qualified': 'Zuerst kommt die Übung',
  'vote.empty.not-qualified.hint':
    'Die Verwaltung sieht Ihre Übung an und öffnet Ihnen dann den Rest.',
  'comparison.title': 'Blinde Abstimmungen',
  'comparison.one': 'Blinde Abstimmung',
  'comparison.intro':
    'Zwei Beschreibungen eines Videos nebeneinander, niemand weiß von wem: Menschen sagen, welche besser ist.',
  'comparison.new': 'Neue blinde Abstimmung',
  'comparison.start': 'Abstimmung beginnen',
  'comparison.name': 'Name',
  'comparison.captioners': 'Quellen',
  'comparison.captioners.hint':
    'Zwei oder mehr. Je zwei werden auf jedem Video verglichen, das beide beschrieben haben.',
  'comparison.captioner': 'Quelle',
  'comparison.kind': 'Art der Beschreibung',
  'comparison.overlap': 'Stimmen je Paar',
  'comparison.videos': 'Höchstens so viele Videos (leer: alle)',
  'comparison.progress': 'Stimmen',
  'comparison.votes': '{done} von {wanted}',
  'comparison.made': 'Begonnen',
  'comparison.empty': 'Noch keine blinde Abstimmung',
  'comparison.empty.hint': 'Beginnen Sie eine, um zu erfahren, welche Quelle bevorzugt wird.',
  'comparison.none': 'Noch keine Stimmen',
  'comparison.none.hint': 'Wer führt, steht hier nach den ersten Stimmen.',
  'comparison.ranking': 'Wer bevorzugt wird',
  'comparison.strength': 'Stärke',
  'comparison.winRate': 'Gewinnanteil',
  'comparison.voteCount': 'Stimmen',
  'comparison.pairs': 'Je zwei gegeneinander',
  'comparison.pair': 'Paar',
  'comparison.against': '{one} gegen {two}',
  'comparison.wins': 'Siege',
  'comparison.ties': 'Unentschieden',
  'comparison.bothBad': 'Beide schlecht',
  'comparison.winRateFirst': 'Gewinnanteil der ersten',
  'comparison.noVotes': 'keine Stimmen',
  'comparison.interval': '{value} ({low} bis {high})',
  'comparison.note':
    'Stärke ist der Logarithmus der Bradley-Terry-Stärke mit Unentschieden (Davidson), im Mittel 0. Unentschieden und „beide schlecht“ sind ein halber Sieg. Intervalle sind 95 %, durch erneutes Ziehen von Videos, und nie enger, als wären alle Stimmen unabhängig.',
  'comparison.download': 'Als CSV laden',
}
