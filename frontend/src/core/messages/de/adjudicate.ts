/** Settling disagreements, in German. */

import type { adjudicate as en } from '../en/adjudicate'
import type { Translation } from '../translation'

export const adjudicate: Translation<typeof en> = {
  'adjudicate.title': 'Schlichtung',
  'adjudicate.intro':
    'Beschreibungen, bei denen man sich uneins ist, die größten Unterschiede zuerst. Lassen Sie sie noch einmal bewerten, von jemandem, der keine andere Bewertung kennt, oder entscheiden Sie mit Begründung.',
  'adjudicate.stage.conflicts': 'Konflikte',
  'conflicts.all': 'Alle',
  'conflicts.by.captioner': 'Beschreibendes Modell',
  'conflicts.by.annotator': 'Bewertet von',
  'conflicts.find': 'Suchen',
  'conflicts.video': 'Video zu einer Beschreibung von {captioner}',
  'conflicts.empty': 'Man ist sich einig',
  'conflicts.empty.hint':
    'Bei keiner Beschreibung liegen zwei mehr als eine Stufe auseinander, und alle sind sich einig, was vorkommt.',
  'conflicts.none': 'Kein Konflikt passt',
  'conflicts.none.hint': 'Namen müssen ganz geschrieben werden.',
  'adjudicate.stage.ready': 'Zu entscheiden',
  'adjudicate.stage.waiting': 'Wird noch einmal bewertet',
  'adjudicate.stage.decided': 'Entschieden',
  'adjudicate.empty.ready': 'Nichts wartet auf eine Entscheidung',
  'adjudicate.empty.waiting': 'Keine Beschreibung wird noch einmal bewertet',
  'adjudicate.empty.decided': 'Noch wurde nichts entschieden',
  'adjudicate.empty.hint':
    'Öffnen Sie einen Konflikt, und bitten Sie um eine weitere Bewertung oder entscheiden Sie.',
  'adjudicate.opened': 'erbeten von {name}',
  'adjudicate.decided': 'entschieden',
  'adjudicate.progress': '{done} von {overlap} Bewertungen',
  'adjudicate.one': 'Bewertungen einer Beschreibung',
  'adjudicate.neighbours': 'Uneinigkeiten davor und danach',
  'adjudicate.previous': 'Vorige',
  'adjudicate.next': 'Nächste',
  'adjudicate.back': 'Alle Fälle',
  'adjudicate.by': 'von {name}',
  'adjudicate.video': 'Das Video zur Beschreibung',
  'adjudicate.ratings': 'Bewertungen',
  'adjudicate.column.dimension': 'Dimension',
  'adjudicate.column.decided': 'Entschieden',
  'adjudicate.dispute.involved': 'Kommt es vor?',
  'adjudicate.dispute.level': 'Weit auseinander',
  'adjudicate.agreed':
    'Niemand liegt mehr als eine Stufe daneben, und alle sind sich einig, was vorkommt.',
  'adjudicate.late': 'zu spät',
  'adjudicate.revised': 'noch einmal bewertet',
  'adjudicate.returned': 'zurückgegeben',
  'adjudicate.sendBack': 'Zurückgeben',
  'adjudicate.sendBack.title': 'Die Bewertung von {name} zurückgeben?',
  'adjudicate.sendBack.text':
    'Die Person wird gebeten, noch einmal hinzusehen, und liest, was Sie schreiben. Bis dahin zählt die Bewertung, wie sie ist.',
  'adjudicate.third': 'Um weitere Bewertung bitten',
  'adjudicate.third.title': 'Um eine weitere Bewertung bitten?',
  'adjudicate.third.text':
    'Die Beschreibung geht vor allem anderen an die nächste Person, die sie noch nicht bewertet hat. Sie sieht keine andere Bewertung, und nicht, dass dies ein Fall ist.',
  'adjudicate.third.waiting':
    'Um eine weitere Bewertung wurde gebeten: {done} von {overlap} sind da.',
  'adjudicate.reason': 'Warum?',
  'adjudicate.reason.missing': 'Schreiben Sie, warum.',
  'adjudicate.reason.optional': 'Warum? (für die übrige Verwaltung)',
  'adjudicate.decide': 'Entscheiden',
  'adjudicate.decide.hint':
    'Entscheiden Sie, wo es nötig ist. Die Bewertungen bleiben, wie sie sind; die Entscheidung steht daneben.',
  'adjudicate.decide.none': 'Wählen Sie für mindestens eine Dimension eine Stufe.',
  'adjudicate.decide.button': {
    one: '{n} Dimension entscheiden',
    other: '{n} Dimensionen entscheiden',
  },
  'adjudicate.decide.leave': 'offen lassen',
  'adjudicate.done': 'Entschieden.',
  'adjudicate.history': 'Was geschah',
  'adjudicate.event.rated': '{name} hat bewertet',
  'adjudicate.event.revised': '{name} hat noch einmal bewertet',
  'adjudicate.event.returned': '{name} hat die Bewertung von {to} zurückgegeben',
  'adjudicate.event.opened': '{name} hat um eine weitere Bewertung gebeten',
  'adjudicate.event.decided': '{name} hat entschieden',
  'returned.title': {
    one: 'Eine Bewertung kam zu Ihnen zurück',
    other: '{n} Bewertungen kamen zu Ihnen zurück',
  },
  'returned.hint':
    'Die Verwaltung bittet Sie, noch einmal hinzusehen. Ändern Sie, was Sie anders sehen, oder senden Sie alles so ab.',
  'returned.open': 'Noch einmal ansehen',
}
